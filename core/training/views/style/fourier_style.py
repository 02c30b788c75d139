"""Give pictures the low frequencies of others: amplitudes change, phases stay."""

import torch
from torch import Tensor

from core.training.full_precision import full_precision

_SILENT = 1e-12  # an amplitude without a phase


def swap_amplitudes(pictures: Tensor, styles: Tensor, strength: Tensor, window: float) -> Tensor:
    """Pictures whose lowest frequencies have the amplitudes of others.

    Fourier domain adaptation (Yang & Soatto, CVPR 2020). Shapes stay where they are, for they lie
    in the phases; what changes is light, tint and slow shading.

    Args:
        pictures: (B, 3, H, W) float32 in [0, 1].
        styles: (B, 3, H, W) of the same kind and size.
        strength: (B,), the share of the new amplitude: 0 leaves a picture as it is.
        window: the highest frequency that changes, in cycles for each pixel; with 0 none does,
            and from the first above it on the mean does too.

    Returns:
        (B, 3, H, W) float32, clamped to [0, 1].
    """
    if window == 0:
        return pictures
    height, width = pictures.shape[-2:]
    highest = int(window * min(height, width))
    with full_precision(pictures):
        spectrum = torch.fft.rfft2(pictures.contiguous())
        low = spectrum[..., : highest + 1]  # a view: a real picture's other half follows
        other = torch.fft.rfft2(styles.contiguous())[..., : highest + 1]
        amplitude = low.abs()
        gain = other.abs() / amplitude.clamp_min(_SILENT)
        rows = torch.fft.fftfreq(height, 1 / height, device=pictures.device).abs() <= highest
        share = strength.view(-1, 1, 1, 1) * rows.unsqueeze(1)
        low.mul_(1 + share * (gain - 1))
        return torch.fft.irfft2(spectrum, s=(height, width)).clamp_(0, 1)
