"""What a recipe says of style: which, how often, how strongly."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.networks.style_network import StyleFeeding

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class StyleRule(BaseModel):
    """Which pictures take over the style of the other batch (METHOD 1.3, 1.4)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["none", "colour", "fourier", "adain"] = "none"
    source: Share = 0.5  # of the source's pictures take over the target's style
    teacher: Share = 0.5  # of the teacher's pictures take over the source's style
    strength: tuple[Share, Share] = (0.0, 1.0)  # drawn anew for each picture
    window: Annotated[float, Field(gt=0.0, le=0.25)] = 0.01  # of the picture's side, for fourier
    encoder: str = ""  # files of weights for adain, see docs/style-transfer.md
    decoder: str = ""
    feeding: StyleFeeding = "rgb"  # what the decoder was trained on

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        low, high = self.strength
        if low > high:
            raise ValueError(f"strength goes from {low} down to {high}; give the lower one first")
        if self.kind == "adain":
            for key in ("encoder", "decoder"):
                if not getattr(self, key):
                    raise ValueError(
                        f'kind "adain" needs weights from your disk; add --set style.{key}=FILE'
                    )
        return self

    @property
    def files(self) -> tuple[Path, Path]:
        """Of the encoder and the decoder."""
        return Path(self.encoder), Path(self.decoder)
