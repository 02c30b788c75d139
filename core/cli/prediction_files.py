"""Predict one recording straight into its result files."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from core.atomic_file import replacing
from core.export.data_dictionary import (
    SMOOTHED,
    DataDictionary,
    Provenance,
    RecordingFacts,
    UsedModel,
)
from core.export.masks_zip import MasksZip
from core.export.overlay_video import write_overlay
from core.export.pose_csv import CsvLayout, PoseCsv, TableShape
from core.export.result_names import ResultNames
from core.geometry import Box
from core.jobs.chunk_folder import ChunkFolder
from core.jobs.events import Warned
from core.jobs.recording_predictor import RecordingPredictor, predicted_chunks, roi_within
from core.pose.pose_track import PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.pose.smoothing import smoothed
from core.progress import Progress
from core.video.fingerprint import fingerprint
from core.video.source import VideoSource

Sink = Callable[[PredictionChunk], object]


@dataclass(frozen=True)
class PredictOptions:
    """What the command line asks for, the same for each of its inputs."""

    layout: CsvLayout = "wide"
    roi: Box | None = None
    smooth: bool = False  # over time, the points of recordings; single images are no movement
    overlay: bool = False
    segmentation: bool = False
    overwrite: bool = False

    def files(self, names: ResultNames) -> list[Path]:
        """Everything that is written for an input of these names."""
        overlay = [names.overlay] if self.overlay else []
        masks = [names.masks] if self.segmentation else []
        return [names.csv, names.dictionary, *overlay, *masks]


def predict_to_files(
    source: VideoSource,
    predictor: RecordingPredictor,
    *,
    names: ResultNames,
    options: PredictOptions,
) -> Generator[Progress | Warned]:
    """Write all results of a recording; they appear together, when the last one is complete.

    Pictures and silhouettes do not gather in memory: the overlay is drawn in a second pass over
    the frames, while the predictions wait on disk. Only the points do while they are smoothed, 25
    MB for each hour. To cancel, do not ask for more: nothing is left.

    Raises:
        BadInput: the ROI lies outside the picture, or no frame can be read.
        NoSpace: a file cannot be written.
    """
    roi = roi_within(source.info, options.roi)
    run = _Run(source, predictor, options)
    with ExitStack() as stack:
        parts = {file: stack.enter_context(replacing(file)) for file in options.files(names)}
        room = stack.enter_context(TemporaryDirectory(prefix=".waiting-", dir=names.folder))
        waiting = ChunkFolder(Path(room), predictor.skeleton)
        with parts[names.csv].open("wb") as table:
            yield from run.predict(table, parts.get(names.masks), waiting, roi=roi)
            if run.is_smooth:
                run.smooth(table, waiting)
        if options.overlay:
            yield from run.draw(parts[names.overlay], waiting)
        parts[names.dictionary].write_text(run.dictionary(roi).to_json(), encoding="utf-8")


@dataclass
class _Run:
    """One recording on its way into files: `frames` of it so far."""

    source: VideoSource
    predictor: RecordingPredictor
    options: PredictOptions
    frames: int = 0
    warnings: list[str] = field(default_factory=list[str])

    @property
    def shape(self) -> TableShape:
        names = self.source.info.file_names
        return TableShape(self.predictor.skeleton, self.options.layout, names)

    @property
    def is_smooth(self) -> bool:
        return self.options.smooth and self.source.info.file_names is None

    def predict(
        self, table: BinaryIO, masks: Path | None, waiting: ChunkFolder, *, roi: Box | None
    ) -> Iterator[Progress | Warned]:
        """First pass: masks, table, and the predictions that are needed once more."""
        with ExitStack() as stack:
            sinks = [] if self.is_smooth else [self._table_sink(table)]
            if masks is not None:
                sinks.append(self._masks_sink(stack.enter_context(MasksZip(masks))))
            if self.options.overlay or self.is_smooth:
                sinks.append(waiting.write)
            yield from self._warn(self.source.info.warnings)
            for item in predicted_chunks(self.source, self.predictor, roi=roi):
                if isinstance(item, Warned):
                    yield from self._warn([item.text])
                    continue
                for sink in sinks:
                    sink(item)
                self.frames = item.stop
                yield Progress(item.stop, self.source.info.frame_count, "predicting")

    def smooth(self, table: BinaryIO, waiting: ChunkFolder) -> None:
        """Write the table of smoothed points; they take the place of those that wait."""
        chunks = waiting.chunks(silhouettes=False)
        found = PoseTrack.joined(self.predictor.skeleton, (chunk.track for chunk in chunks))
        even = smoothed(found, self.source.info.times[: self.frames])
        write = self._table_sink(table)
        for chunk in waiting.chunks():
            changed = replace(chunk, track=even.part(chunk.start, chunk.stop))
            write(changed)
            waiting.write(changed)

    def draw(self, overlay: Path, waiting: ChunkFolder) -> Iterator[Progress]:
        """Second pass: the overlay."""
        yield from write_overlay(
            self.source,
            waiting.frames(),
            overlay,
            skeleton=self.predictor.skeleton,
            count=self.frames,
        )

    def dictionary(self, roi: Box | None) -> DataDictionary:
        """What belongs beside the table."""
        info, mask_card = self.source.info, self.predictor.segmentation_card
        return DataDictionary.of(
            self.shape,
            RecordingFacts.of(
                info.path,
                fingerprint=fingerprint(info.path),
                size=(info.width, info.height),
                times=info.times[: self.frames],
            ),
            provenance=Provenance(
                model=UsedModel.of(self.predictor.card),
                segmentation=UsedModel.of(mask_card) if mask_card else None,
                roi=astuple(roi) if roi else None,
                smoothing=SMOOTHED if self.is_smooth else "",
            ),
            warnings=self.warnings,
        )

    def _warn(self, texts: Sequence[str]) -> Iterator[Warned]:
        self.warnings += texts
        return (Warned(text=text) for text in texts)

    def _table_sink(self, file: BinaryIO) -> Sink:
        table = PoseCsv(file, self.shape)

        def write(chunk: PredictionChunk) -> None:
            times = self.source.info.times[chunk.start : chunk.stop]
            table.write(chunk.start, times, chunk.track)

        return write

    def _masks_sink(self, masks: MasksZip) -> Sink:
        def write(chunk: PredictionChunk) -> None:
            outlines = chunk.silhouettes or (None,) * len(chunk.track)
            for frame, outline in enumerate(outlines, chunk.start):
                masks.write(frame, outline, self._size(frame))

        return write

    def _size(self, frame: int) -> tuple[int, int]:
        """Width and height of a frame; the images of a folder may differ."""
        if self.source.info.file_names is None:
            return self.source.info.width, self.source.info.height
        height, width = self.source.read(frame).image.shape[:2]
        return width, height
