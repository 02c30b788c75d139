"""A damaged study either tells the truth or says that it is damaged, never anything else."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.errors import BadStudy
from core.study.lock import StudyLock
from core.study.study import Study, StudyReader
from tests.core.study.samples import add_clip, add_prediction, move, placed

Question = Callable[[StudyReader], object]


def fill(path: Path) -> None:
    with Study.create(path) as study:
        for number in range(3):
            recording = add_clip(study, f"{number}.mp4", 200).id
            prediction = add_prediction(study, recording, 150, outlines=True)
            study.finish_prediction(prediction, ["A warning."])
            study.set_thumbnail(recording, bytes(range(256)) * 20)
            edits = [move(frame, to=placed(frame, number)) for frame in range(40)]
            for edit in edits:
                study.append_edit(recording, edit, who="miriam")
            study.append_edit(recording, edits[-1], action="undo", who="miriam")
        study.settings.set("notes", "some words " * 300)


def questions(recordings: int) -> dict[str, Question]:
    """Everything that can be asked of a study, each with an answer that can be compared."""
    asked: dict[str, Question] = {
        "recordings": lambda s: s.recordings(),
        "summaries": lambda s: s.summaries(),
        "notes": lambda s: s.settings.get("notes"),
    }
    for i in range(1, recordings + 1):
        asked |= {
            f"edits {i}": lambda s, i=i: s.edits(i),
            f"corrections {i}": lambda s, i=i: s.edit_log(i).corrections.frames.tolist(),
            f"predictions {i}": lambda s, i=i: s.predictions(i),
            f"track {i}": lambda s, i=i: s.load_track(i, 200).xy.tobytes(),
            f"outlines {i}": lambda s, i=i: outlines(s, i),
            f"thumbnail {i}": lambda s, i=i: s.thumbnail(i),
            f"times {i}": lambda s, i=i: s.times(i).tobytes(),
        }
    return asked


def outlines(study: StudyReader, prediction: int) -> list[bytes | None]:
    found = [study.silhouette(prediction, frame) for frame in range(0, 150, 10)]
    return [None if s is None else s.rings[0].tobytes() for s in found]


def flip_bits(content: bytearray, rng: np.random.Generator) -> None:
    for at in rng.integers(0, len(content), rng.integers(1, 20)):
        content[at] ^= 1 << int(rng.integers(8))


def overwrite(content: bytearray, rng: np.random.Generator) -> None:
    start = int(rng.integers(len(content)))
    length = int(rng.integers(1, 9000))
    content[start : start + length] = rng.bytes(len(content[start : start + length]))


def blank_a_page(content: bytearray, rng: np.random.Generator) -> None:
    start = int(rng.integers(len(content) // 4096)) * 4096
    content[start : start + 4096] = bytes(4096)


def swap_pages(content: bytearray, rng: np.random.Generator) -> None:
    a, b = (slice(4096 * k, 4096 * (k + 1)) for k in rng.integers(len(content) // 4096, size=2))
    content[a], content[b] = content[b], content[a]


def cut_off(content: bytearray, rng: np.random.Generator) -> None:
    del content[int(rng.integers(len(content))) :]


DAMAGES = (flip_bits, overwrite, blank_a_page, swap_pages, cut_off)


class Damager:
    """Damages copies of one study in ever new ways."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "study.shift"
        fill(self.path)
        self.sound = self.path.read_bytes()
        self.asked = questions(3)
        with Study.open(self.path) as study:
            self.truth = {name: ask(study) for name, ask in self.asked.items()}
        assert self.path.read_bytes() == self.sound

    def check(self, seed: int) -> int:
        """How many questions a damaged copy still answers; each answer is the true one."""
        rng = np.random.default_rng(seed)
        content = bytearray(self.sound)
        DAMAGES[seed % len(DAMAGES)](content, rng)
        self.path.write_bytes(content)
        try:
            study = Study.open(self.path)
        except BadStudy:
            assert self.path.read_bytes() == content
            assert not StudyLock(self.path).path.exists()
            return 0
        with study:
            answered = sum(self._answers_truly(study, name) for name in self.asked)
        assert self.path.read_bytes() == content
        return answered

    def _answers_truly(self, study: Study, name: str) -> bool:
        try:
            answer = self.asked[name](study)
        except BadStudy:
            return False
        if name.startswith("thumbnail") and answer is None:
            return False  # a picture that is gone is made again
        assert answer == self.truth[name], name
        return True


def test_damaged_studies_never_lie(tmp_path: Path) -> None:
    damager = Damager(tmp_path)
    answers = [damager.check(seed) for seed in range(100)]
    assert any(0 < n < len(damager.asked) for n in answers), "what is sound can still be read"


@pytest.mark.soak
def test_thousands_of_damaged_studies_never_lie(tmp_path: Path) -> None:
    damager = Damager(tmp_path)
    for seed in range(5000):
        damager.check(seed)
