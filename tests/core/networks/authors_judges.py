"""The authors' prior and Kp2Seg, written down again from METHOD.md, with torch's own weight norm.

Used only to see that weights mean the same in their modules and in ours.
"""

import warnings
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

PARENTS = [-1, 0, 0, 0, 0, 1, 5, 2, 7, 3, 9, 4, 11]


class Bone(nn.Module):
    def __init__(self, inputs: int):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(inputs, 8), nn.ReLU(), nn.Linear(8, 6), nn.ReLU())

    def forward(self, x: Tensor) -> Tensor:
        return self.net(x)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.ModuleList([Bone(2 if parent == -1 else 8) for parent in PARENTS])

    def forward(self, pose: Tensor) -> Tensor:
        features = []
        for i, parent in enumerate(PARENTS):
            x = pose[:, i]
            features.append(self.net[i](x if parent == -1 else torch.cat((x, features[parent]), 1)))
        return torch.cat(features, dim=1)


class Distance(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [78, 512, 512, 512, 512, 512, 1]
        for i in range(6):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # deprecated, and what their files were made with
                setattr(self, f"lin{i}", nn.utils.weight_norm(nn.Linear(widths[i], widths[i + 1])))

    def forward(self, x: Tensor) -> Tensor:
        for i in range(6):
            x = getattr(self, f"lin{i}")(x)
            if i < 5:
                x = functional.relu(x)
        return functional.relu(x)


class AuthorsPrior(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = Encoder()
        self.dfnet = Distance()

    def forward(self, pose: Tensor) -> Tensor:
        return self.dfnet(self.enc(pose))


class AuthorsGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(32, 100)
        layers: list[nn.Module] = []
        widths = [100, 512, 256, 128, 64]
        for i in range(4):
            step = (1, 0) if i == 0 else (2, 1)
            up = nn.ConvTranspose2d(widths[i], widths[i + 1], 4, *step, bias=False)
            layers += [up, nn.BatchNorm2d(widths[i + 1]), nn.ReLU()]
        layers += [nn.ConvTranspose2d(64, 21, 4, 2, 1, bias=False), nn.Tanh()]
        self.main = nn.Sequential(*layers)
        self.upsample = nn.Upsample(size=(256, 256), mode="bilinear", align_corners=False)

    def forward(self, keypoints: Tensor) -> Tensor:
        x = self.fc(keypoints.reshape(len(keypoints), -1))
        return self.upsample(self.main(x.view(len(x), 100, 1, 1)))


def trained_looking(module: nn.Module, seed: int) -> nn.Module:
    """Random weights and batch statistics, as of a network that has seen data."""
    generator = torch.Generator().manual_seed(seed)
    for name, tensor in module.state_dict().items():
        if name.endswith(("weight_g", "running_var")):
            tensor.uniform_(0.5, 2.0, generator=generator)
        elif tensor.is_floating_point():
            tensor.normal_(0, 0.3 if tensor.dim() > 1 else 0.1, generator=generator)
    return module.eval()


def save_authors(path: Path, module: nn.Module, prefix: str = "") -> Path:
    state = {prefix + name: tensor for name, tensor in module.state_dict().items()}
    torch.save({"model": state, "optimizer": {"param_groups": []}, "epoch": 199}, path)
    return path
