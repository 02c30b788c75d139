"""The work of a predict job: chunks into its folder, resumed behind the last good one."""

import os
import time
from collections.abc import Generator, Iterator
from dataclasses import astuple

from pydantic import JsonValue

from core.atomic_file import write_text
from core.errors import BadInput
from core.geometry import Box
from core.jobs.chunk_folder import ChunkFolder
from core.jobs.events import AnyEvent, ChunkWritten, Progressed, Started, Warned
from core.jobs.folder import JobFolder
from core.jobs.recording_predictor import (
    BuildPredictor,
    RecordingPredictor,
    predicted_chunks,
    roi_within,
)
from core.jobs.requests import PredictRequest
from core.jobs.results import PredictionInputs, PredictResult
from core.jobs.time_left import TimeLeft
from core.pose.pose_track import Pose
from core.version import software_version
from core.video.fingerprint import fingerprint
from core.video.source import VideoSource, open_video


def predict(
    folder: JobFolder, request: PredictRequest, build: BuildPredictor
) -> Generator[AnyEvent]:
    """Do the job, telling what happens; it stops where nobody asks for the next event.

    Raises:
        BadInput: the recording or the model cannot be used, or is not what the job began with.
        NoSpace: a chunk cannot be kept; what was written before stays good.
    """
    with open_video(request.recording) as source:
        mask_model = request.segmentation_model if request.segmentation else None
        predictor = build(request.model, mask_model, request.device)
        inputs = _inputs(request, predictor)
        _require_same(request, inputs)
        _keep_or_compare(folder, inputs)
        chunks = ChunkFolder(folder.chunks_path, predictor.skeleton)
        start, previous = chunks.end()
        roi = roi_within(source.info, Box(*request.roi) if request.roi else None)
        yield Started(
            pid=os.getpid(),
            first=start,
            total=source.info.frame_count,
            model=inputs.model,
            model_hash=inputs.model_hash,
            settings=_settings(inputs, predictor, roi),
        )
        yield from _untold(folder, chunks)
        frames = start
        warnings: list[str] = []
        for event in _work(source, predictor, chunks, roi=roi, resumed=(start, previous)):
            match event:
                case ChunkWritten():
                    frames = event.stop
                case Warned():
                    warnings.append(event.text)
                case _:
                    pass
            yield event
    result = PredictResult(inputs=inputs, frames=frames, warnings=tuple(warnings))
    write_text(folder.result_path, result.model_dump_json(indent=2))


def _work(
    source: VideoSource,
    predictor: RecordingPredictor,
    chunks: ChunkFolder,
    *,
    roi: Box | None,
    resumed: tuple[int, Pose | None],
) -> Generator[AnyEvent]:
    """Predict the frames that are missing and keep them."""
    start, previous = resumed
    total = source.info.frame_count
    left = TimeLeft(time.monotonic)
    left.after(start, total)
    yield from (Warned(text=text) for text in source.info.warnings)
    for item in predicted_chunks(source, predictor, roi=roi, start=start, previous=previous):
        if isinstance(item, Warned):
            yield item
            continue
        chunks.write(item)
        yield ChunkWritten(file=chunks.file_name(item), start=item.start, stop=item.stop)
        yield Progressed(done=item.stop, total=total, seconds_left=left.after(item.stop, total))


def _settings(
    inputs: PredictionInputs, predictor: RecordingPredictor, roi: Box | None
) -> dict[str, JsonValue]:
    mask = predictor.segmentation_card
    return {
        "roi": list(astuple(roi)) if roi else None,
        "segmentation": mask and {"name": mask.name, "weights_sha256": mask.weights_sha256},
        "software": inputs.software,
    }


def _untold(folder: JobFolder, chunks: ChunkFolder) -> Iterator[ChunkWritten]:
    """Chunks of an earlier run that died before it could tell of them."""
    told = {event.file for event in folder.events().events if isinstance(event, ChunkWritten)}
    for chunk in chunks.chunks(silhouettes=False):
        if (name := chunks.file_name(chunk)) not in told:
            yield ChunkWritten(file=name, start=chunk.start, stop=chunk.stop)


def _inputs(request: PredictRequest, predictor: RecordingPredictor) -> PredictionInputs:
    mask = predictor.segmentation_card
    return PredictionInputs(
        fingerprint=fingerprint(request.recording),
        model=predictor.card.name,
        model_hash=predictor.card.weights_sha256,
        segmentation_hash=mask.weights_sha256 if mask else "",
        software=software_version(),
    )


def _require_same(request: PredictRequest, inputs: PredictionInputs) -> None:
    if request.fingerprint not in ("", inputs.fingerprint):
        raise BadInput(
            f"{request.recording}: is not the file that was added to the study; put that one back, "
            "or add this one as a new recording."
        )


def _keep_or_compare(folder: JobFolder, inputs: PredictionInputs) -> None:
    """Frames of two recordings or two models must never meet in one result."""
    path = folder.path / "inputs.json"
    if not path.exists():
        write_text(path, inputs.model_dump_json(indent=2))
    elif PredictionInputs.model_validate_json(path.read_bytes()) != inputs:
        raise BadInput(
            f"{folder.path.name}: the recording, the model or the program changed since this "
            "job began; start the prediction anew."
        )
