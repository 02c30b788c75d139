"""Which recordings of a study were predicted with which model."""

from collections.abc import Mapping

from core.study.study_reader import StudyReader


def predicted_with(study: StudyReader) -> Mapping[str, tuple[str, ...]]:
    """Names of the recordings by the hash of the weights that predicted what is shown of them."""
    found: dict[str, list[str]] = {}
    shown = study.current_predictions()
    for recording in study.recordings():
        if recording.id in shown:
            found.setdefault(shown[recording.id].model_hash, []).append(recording.name)
    return {model: tuple(names) for model, names in found.items()}
