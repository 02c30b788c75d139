"""What a style decoder is to be learnt from, and where it goes."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from core.errors import BadInput
from core.models.library import DEFAULT_POSE_MODEL
from core.prediction.predictor import Predictor, build_predictor
from core.progress import Progress
from core.training.adapt_data import named
from core.training.data.canvas_writer import CanvasWriter
from core.training.data.footage import gather_footage, spread
from core.training.data.hidden_canvases import add_hidden, cut_found, cut_whole
from core.training.data.labelled_canvases import add_labelled
from core.training.data.pictures import PictureSet, open_pictures
from core.training.data.target_footage import Footage
from core.training.data_source import DataSource
from core.training.loop.events import FramesChosen
from core.training.priors.judge_task import JudgeTask
from core.training.style.style_recipe import StyleRecipe
from core.video.fingerprint import fingerprint

DECODER_FILE: Final = "decoder.safetensors"
_RECORDING = "recording="


@dataclass(frozen=True)
class StyleTask(JudgeTask):
    """`sources` begins with the labelled source; its others and the recordings are the target."""

    recordings: tuple[Path, ...] = ()

    @staticmethod
    def parse(data: Sequence[str], folder: Path, device: str = "cpu") -> "StyleTask":
        """From NAME=ROOT texts, the source first, recording=FILE among them; raises BadInput."""
        recordings = tuple(
            Path(text.removeprefix(_RECORDING)) for text in data if text.startswith(_RECORDING)
        )
        sources = [DataSource.parse(text) for text in data if not text.startswith(_RECORDING)]
        if not sources or data[0].startswith(_RECORDING) or len(data) < 2:
            raise BadInput(
                "--data: name the labelled source first, then what is to be adapted to: "
                "--data synthetic=DIR recording=FILE ..., or sets of pictures."
            )
        return StyleTask(sources, folder, device, recordings)

    @property
    def decoder_file(self) -> Path:
        """Where the decoder will lie."""
        return self.folder / DECODER_FILE

    def check(self, *, resume: bool) -> None:
        """Refuse a folder that does not fit, before any work is done; raises BadInput."""
        if self.decoder_file.exists():
            raise BadInput(f"{self.folder}: holds a finished decoder; choose another folder.")
        JudgeTask.check(self, resume=resume)


@dataclass(frozen=True, eq=False)
class StylePictures:
    """The pictures of both sides; labels say where a source's person is, and nothing else."""

    sets: Sequence[PictureSet]
    task: StyleTask
    recipe: StyleRecipe

    @staticmethod
    def open(task: StyleTask, recipe: StyleRecipe) -> "StylePictures":
        """Read the labels; raises BadInput."""
        return StylePictures([open_pictures(source) for source in task.sources], task, recipe)

    @property
    def about(self) -> Mapping[str, Any]:
        """What must be the same for a training to go on."""
        return {
            "data": named(self.sets),
            "recordings": {str(path): fingerprint(path) for path in self.task.recordings},
            "recipe": self.recipe.model_dump(mode="json"),
        }

    def add_source(self, writer: CanvasWriter) -> Generator[Progress]:
        """All pictures of the first set."""
        yield from add_labelled(writer, self.sets[:1], self.recipe.framing)

    def add_target(self, writer: CanvasWriter) -> Generator[Progress | FramesChosen]:
        """Frames of the recordings and pictures of the other sets, found without their labels."""
        predictor, recipe = self._predictor(), self.recipe
        if self.task.recordings:
            recordings = [Footage(path) for path in self.task.recordings]
            gathered = yield from gather_footage(
                recordings, predictor, recipe.frames, recipe.framing
            )
            writer.add_set(gathered.canvases)
        cut = cut_found(predictor) if recipe.framing == "found" else cut_whole()
        sets = [one.part(spread(len(one), min(len(one), recipe.frames))) for one in self.sets[1:]]
        yield from add_hidden(writer, sets, cut)

    def _predictor(self) -> Predictor:
        return build_predictor(DEFAULT_POSE_MODEL, device=self.task.device)
