"""torchvision's DeepLabV3-ResNet50, the authors' segmentation network, reduced to "person"."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.networks.torchvision_shim import torchvision_models

_CLASSES, _PERSON = 21, 15  # COCO images with the classes of Pascal VOC


class DeepLabPerson(nn.Module):
    """Normalised RGB (B, 3, H, W) -> logits (B, 1, H, W) of pixels that show a person.

    The state dict's keys are torchvision's, without its auxiliary classifier.
    """

    def __init__(self) -> None:
        """Random weights; the published ones come from the user's disk."""
        super().__init__()
        network = torchvision_models().segmentation.deeplabv3_resnet50(
            weights=None, weights_backbone=None, num_classes=_CLASSES, aux_loss=None
        )
        self.backbone = network.backbone
        self.classifier = network.classifier

    def forward(self, images: Tensor) -> Tensor:
        """Logits whose sigmoid is the softmax's probability of "person"."""
        classes = self.classifier(self.backbone(images)["out"])
        classes = functional.interpolate(
            classes, images.shape[2:], mode="bilinear", align_corners=False
        )
        others = torch.cat([classes[:, :_PERSON], classes[:, _PERSON + 1 :]], dim=1)
        return classes[:, _PERSON : _PERSON + 1] - others.logsumexp(dim=1, keepdim=True)
