"""What the user does with files: recordings come in, studies are opened, made and copied."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from app.ask import RECORDING_FILES, STUDY_FILES, Ask, Question
from app.notices import Notices
from app.preferences import Preferences
from app.session.session import Session
from core.errors import BadInput, ShiftError, StudyInUse
from core.paths import resources_folder
from core.study.recordings import Recording
from core.study.study import Study
from core.video.recording_kinds import RecordingKind, kind_of, recordings_in

STUDY_ENDING = ".shift"
_PLACE = "last_place"  # name of a setting in the study: recording id, frame


class Files:
    """Each method is one menu entry, or one drop on the window."""

    def __init__(
        self, session: Session, ask: Ask, *, notices: Notices, preferences: Preferences
    ) -> None:
        """Work on this session."""
        self._session = session
        self._ask = ask
        self._notices = notices
        self._preferences = preferences
        session.recordings_added.connect(self._tell_refused)

    def open_recordings(self) -> None:
        """Choose recordings and add them."""
        folder = self._preferences.folder
        files = self._ask.open_files("Open recordings", folder, RECORDING_FILES)
        if files:
            self._preferences.folder = files[0].parent
            self.take(files)

    def open_folder(self) -> None:
        """Choose a folder and add every recording in it."""
        folder = self._ask.open_folder("Open a folder of recordings", self._preferences.folder)
        if folder is not None:
            self._preferences.folder = folder
            self.take([folder])

    def open_demo(self) -> None:
        """Add the recording that comes with the program."""
        self.take([resources_folder() / "demo" / "infant_demo.mp4"])

    def take(self, paths: Sequence[Path]) -> None:
        """Open whatever was chosen, dropped or named at start: a study, recordings, folders."""
        studies = [path for path in paths if is_study(path)]
        if studies:
            self.use_study(studies[0])
        others = [path for path in paths if path not in studies]
        if others:
            self._session.background.run(
                lambda: _found(others), self._add, lambda error: self._notices.problem(str(error))
            )

    def use_default_study(self, home: Path) -> None:
        """Open the study that is used when none is named; made in `home` at the first start."""
        path = home / f"My study{STUDY_ENDING}"
        if path.exists():
            self._enter(path)
            return
        try:
            self._session.create_study(path)
        except ShiftError as error:
            self._notices.problem(str(error))

    def use_study(self, path: Path) -> None:
        """Open a study; a refused one leaves the open one as it is."""
        if self.may_leave() and self._enter(path):
            self._preferences.remember_study(path.resolve())

    def _enter(self, path: Path, *, take_over: bool = False) -> bool:
        """Open a study and go where one was in it; whether that could be done."""
        self.remember_place()
        try:
            self._session.open_study(path, take_over=take_over)
        except StudyInUse as error:
            self._notices.offer(str(error), "Take it over…", lambda: self._take_over(path))
            return False
        except ShiftError as error:
            self._notices.problem(str(error))
            return False
        self._go_where_one_was()
        return True

    def _take_over(self, path: Path) -> None:
        question = Question(
            "Take the study over",
            f"Is {path.name} really not open in another window?",
            "A window that still has it open, here or on another computer, cannot save to it any "
            "more once you take it over.",
            "Take it over",
        )
        if self._ask.confirm(question) and self.may_leave():
            self._enter(path, take_over=True)

    def new_study(self) -> None:
        """Choose a name and begin an empty study."""
        path = self._study_name("New study", "New study")
        if path is None:
            return
        if not self.may_leave():
            return
        self.remember_place()
        try:
            self._session.create_study(path, replace=True)  # the system's dialog has asked
        except ShiftError as error:
            self._notices.problem(str(error))
        else:
            self._preferences.remember_study(path.resolve())

    def open_study(self) -> None:
        """Choose a study and open it."""
        path = self._ask.open_file("Open a study", self._preferences.folder, STUDY_FILES)
        if path is not None:
            self._preferences.folder = path.parent
            self.use_study(path)

    def copy_study(self) -> None:
        """Write a copy under another name and go on in the copy."""
        study = self._session.study
        path = self._study_name("Save the study as", study.path.stem if study else "Study")
        if study is None or path is None or path.resolve() == study.path:
            return
        self.remember_place()
        self._session.background.run(
            lambda: study.copy_to(path),
            lambda _: self._go_on_in(path),
            lambda error: self._notices.problem(str(error)),
        )

    def _go_on_in(self, path: Path) -> None:
        """Enter a copy where one was, with what the old disk refused to keep."""
        try:
            if self._session.pending_writes:
                with Study.open(path) as copy:
                    self._session.hand_over_writes(copy)
                    self._note_place(copy)
        except ShiftError as error:
            self._notices.problem(str(error))
        else:
            self.use_study(path)

    def save(self) -> None:
        """Everything is saved at once anyway; say so, or try again what the disk refused."""
        study = self._session.study
        if study is not None and self._session.retry_writes():
            self._notices.done(f"Every change is saved in {study.path.name} as you make it.")

    def remove_recording(self) -> None:
        """Take the recording on the stage off the list, after a question that says what stays."""
        recording = self._session.recording
        if recording is None:
            return
        question = Question(
            "Remove recording",
            f"Remove “{recording.name}” from the study?",
            "The video file is not touched. Its points stay in the study file and come back "
            "when you open the recording again.",
            "Remove",
        )
        if self._ask.confirm(question):
            self._session.remove_recording(recording.id)

    def find_missing(self) -> None:
        """Ask where the recording on the stage lies now; others come with it from the folder."""
        recording = self._session.recording
        if recording is None:
            return
        title = f"Where is {recording.path.name}?"
        if self._is_folder(recording):
            path = self._ask.open_folder(title, self._preferences.folder)
        else:
            path = self._ask.open_file(title, self._preferences.folder, RECORDING_FILES)
        if path is None:
            return
        self._preferences.folder = path.parent
        try:
            self._session.relink(recording.id, path)
        except ShiftError as error:
            self._notices.problem(str(error))
            return
        if any(other.is_missing for other in self._session.recordings()):
            self._find_others(path.parent)

    def _is_folder(self, recording: Recording) -> bool:
        """Whether a recording that is not there was a folder of images."""
        study = self._session.study
        has_files = study is not None and study.file_names(recording.id) is not None
        return has_files and kind_of(recording.path) is not RecordingKind.IMAGE

    def may_leave(self) -> bool:
        """Whether the study can be left without losing a correction, or the user wants to."""
        if not self._session.pending_writes or self._session.retry_writes():
            return True
        count = self._session.pending_writes
        corrections = "1 correction is" if count == 1 else f"{count} corrections are"
        question = Question(
            "Not saved",
            f"{corrections} not saved yet, because the disk refuses them.",
            "Make room or put the disk back, and they are saved by themselves. "
            "If you leave the study now, they are lost.",
            "Leave and lose them",
        )
        return self._ask.confirm(question)

    def remember_place(self) -> None:
        """Note in the study which recording is on the stage, and at which frame."""
        if self._session.study is not None:
            with suppress(ShiftError):  # a place that is not remembered is no loss worth a word
                self._note_place(self._session.study)

    def _note_place(self, study: Study) -> None:
        recording = self._session.recording
        if recording is not None:
            study.settings.set(_PLACE, [recording.id, self._session.frame])

    def _go_where_one_was(self) -> None:
        study = self._session.study
        there = [r.id for r in self._session.recordings() if not r.is_missing]
        if study is None or not there or self._session.recording is not None:
            return
        match study.settings.get(_PLACE):
            case [int(recording), int(frame)] if recording in there:
                self._session.select_recording(recording)
                self._session.go_to(frame)
            case _:
                self._session.select_recording(there[0])

    def _find_others(self, folder: Path) -> None:
        study = self._session.study
        if study is not None:
            self._session.background.run(
                lambda: study.relink_folder(folder),
                lambda _found: self._session.recordings_changed.emit(),
                lambda error: self._notices.problem(str(error)),
            )

    def _study_name(self, title: str, name: str) -> Path | None:
        suggestion = self._preferences.folder / f"{name}{STUDY_ENDING}"
        path = self._ask.save_file(title, suggestion, STUDY_FILES)
        if path is None:
            return None
        self._preferences.folder = path.parent
        if path.suffix.lower() == STUDY_ENDING:
            return path
        whole = path.with_name(path.name + STUDY_ENDING)
        # The system's dialog has asked about the name as it was typed.
        return whole if not whole.exists() or self._ask.confirm(_replacing(whole)) else None

    def _add(self, found: list[Path]) -> None:
        if not found:
            self._notices.problem("There is no recording in that folder.")
        elif self._session.study is None:
            self._notices.problem("No study is open: open or make one first (Ctrl+N).")
        else:
            self._session.add_recordings(found)

    def _tell_refused(self, _added: list[Recording], sentences: list[str]) -> None:
        self._notices.problems(sentences)


def is_study(path: Path) -> bool:
    """Whether a file is a study, by its name."""
    return path.suffix.lower() == STUDY_ENDING


def _found(paths: Iterable[Path]) -> list[Path]:
    """The recordings among files and folders; raises BadInput for a folder that cannot be read."""
    try:
        return recordings_in(paths)
    except OSError as error:
        raise BadInput(f"{error.filename}: cannot be read ({error.strerror}).") from error


def _replacing(path: Path) -> Question:
    return Question(
        "Replace the study",
        f"{path.name} exists already. Replace it?",
        "All its corrections are lost.",
        "Replace",
    )
