"""How wide the numbers of the trained networks are; losses and geometry stay float32."""

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from core.errors import BadInput
from core.networks.load import PoseNetwork
from core.prediction.processor import fastest_dtype

Precision = Literal["auto", "full", "bf16", "fp16"]


@dataclass(frozen=True)
class AutocastNetwork(PoseNetwork):
    """A pose network whose products are rounded to `dtype`, its weights and maps float32.

    With None nothing is rounded.
    """

    dtype: torch.dtype | None = None

    def heatmaps(self, images: Tensor) -> Tensor:
        """As the plain network, (B, K, h, h) float32."""
        device = next(self.module.parameters()).device.type
        with torch.autocast(device, self.dtype, enabled=self.dtype is not None):
            return super().heatmaps(images)


def autocast_dtype(precision: Precision, device: torch.device) -> torch.dtype | None:
    """What `precision` means on this device, None for full; measured in docs/scale-out.md.

    `auto` is bf16 wherever the hardware multiplies it.

    Raises:
        BadInput: the device does not multiply such numbers, or would only emulate it.
    """
    if precision == "full":
        return None
    on_card = device.type == "cuda"
    has_bf16 = _card_has_bf16() if on_card else fastest_dtype(device.type) == torch.bfloat16
    if precision == "auto":
        return torch.bfloat16 if has_bf16 else None
    if precision == "fp16":
        if not on_card:
            raise _unfit(precision, device, "full")
        return torch.float16
    if not has_bf16:
        raise _unfit(precision, device, "fp16" if on_card else "full")
    return torch.bfloat16


def _card_has_bf16() -> bool:
    return torch.cuda.is_bf16_supported(including_emulation=False)


def _unfit(precision: Precision, device: torch.device, better: str) -> BadInput:
    return BadInput(
        f"precision = {precision}: this machine's {device.type} does not compute so; "
        f"take {better} or auto."
    )
