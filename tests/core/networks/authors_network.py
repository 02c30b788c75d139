"""The authors' pose network and checkpoint, written down again from METHOD.md without torchvision.

`backbone` is a plain ResNet under torchvision's names with its classifier left in place,
`upsampling` three transposed convolutions with batch norm, `head` a 1x1 convolution.
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

BLOCKS = {18: (2, 2, 2, 2), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3)}


class Residual(nn.Module):
    """Two 3x3 convolutions, or 1x1 - 3x3 - 1x1 where the network is deep."""

    def __init__(self, inputs: int, width: int, stride: int, deep: bool):
        super().__init__()
        outputs = width * 4 if deep else width
        shapes = (
            [(inputs, width, 1, 1), (width, width, 3, stride), (width, outputs, 1, 1)]
            if deep
            else [(inputs, width, 3, stride), (width, width, 3, 1)]
        )
        for number, (a, b, kernel, step) in enumerate(shapes, start=1):
            conv = nn.Conv2d(a, b, kernel, step, padding=kernel // 2, bias=False)
            setattr(self, f"conv{number}", conv)
            setattr(self, f"bn{number}", nn.BatchNorm2d(b))
        self.count = len(shapes)
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x: Tensor) -> Tensor:
        y = x
        for number in range(1, self.count + 1):
            y = getattr(self, f"bn{number}")(getattr(self, f"conv{number}")(y))
            y = functional.relu(y) if number < self.count else y
        return functional.relu(y + (self.downsample(x) if hasattr(self, "downsample") else x))


class Backbone(nn.Module):
    def __init__(self, depth: int):
        super().__init__()
        deep = depth >= 50
        self.conv1 = nn.Conv2d(3, 64, 7, 2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        inputs = 64
        for stage, count in enumerate(BLOCKS[depth]):
            blocks = nn.Sequential()
            for number in range(count):
                stride = 2 if stage and not number else 1
                blocks.append(Residual(inputs, 64 << stage, stride, deep))
                inputs = (64 << stage) * (4 if deep else 1)
            setattr(self, f"layer{stage + 1}", blocks)
        self.fc = nn.Linear(inputs, 1000)

    def forward(self, x: Tensor) -> Tensor:
        x = functional.max_pool2d(functional.relu(self.bn1(self.conv1(x))), 3, 2, padding=1)
        return self.layer4(self.layer3(self.layer2(self.layer1(x))))


class AuthorsNetwork(nn.Module):
    def __init__(self, depth: int):
        super().__init__()
        self.backbone = Backbone(depth)
        layers: list[nn.Module] = []
        for inputs in (self.backbone.fc.in_features, 256, 256):
            deconvolution = nn.ConvTranspose2d(inputs, 256, 4, 2, 1, output_padding=0, bias=False)
            layers += [deconvolution, nn.BatchNorm2d(256), nn.ReLU()]
        self.upsampling = nn.Sequential(*layers)
        self.head = nn.Conv2d(256, 16, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.upsampling(self.backbone(x)))


def trained_looking(depth: int, seed: int) -> AuthorsNetwork:
    """Random, but with the batch statistics of a network that has seen images."""
    torch.manual_seed(seed)
    network = AuthorsNetwork(depth)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
            module.num_batches_tracked.fill_(70_000)
    return network.eval()


def save_checkpoint(
    path: Path, student: nn.Module, teacher: nn.Module, *, epoch: int = 69, **args: object
) -> Path:
    """As the authors' training script stores it, after one step of the optimiser."""
    optimiser = torch.optim.Adam(student.parameters(), lr=1e-4)
    *_, last = student.parameters()
    last.grad = torch.ones_like(last)
    before = last.detach().clone()
    optimiser.step()
    last.data.copy_(before)
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimiser, [45, 60], 0.1)
    content = {
        "student": nn.DataParallel(student).state_dict(),
        "teacher": nn.DataParallel(teacher).state_dict(),
        "stu_optimizer": optimiser.state_dict(),
        "lr_scheduler": schedule.state_dict(),
        "epoch": epoch,
        "args": argparse.Namespace(**{"pretrain_epoch": 40, "mode": "all", **args}),
    }
    torch.save(content, path)
    return path
