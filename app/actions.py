"""The one table of what the window can do: words, keys, icon, what it calls, when it can be had.

Menus, buttons, tips and the sheet of keys are all made from it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from app.desk.desk import Desk
from app.dialogs.shortcut_sheet import KeyGroup, KeyLine
from app.session.session import Session
from core.pose.pose_track import Visibility

Rule = Callable[[Session], bool]


def always(_: Session) -> bool:
    """Whatever is open."""
    return True


def with_study(session: Session) -> bool:
    """A study is open."""
    return session.study is not None


def with_recordings(session: Session) -> bool:
    """The study has recordings."""
    # The list is read from the file, so it is only asked for when the stage is empty.
    return session.recording is not None or bool(session.recordings())


def with_recording(session: Session) -> bool:
    """A recording is on the stage."""
    return session.recording is not None


def with_missing(session: Session) -> bool:
    """The recording on the stage is not where it was."""
    return session.recording is not None and session.recording.is_missing


def with_region(session: Session) -> bool:
    """The recording on the stage has a region drawn."""
    return session.recording is not None and session.recording.roi is not None


def with_frames(session: Session) -> bool:
    """The recording on the stage can be looked at."""
    return session.info is not None


def with_point(session: Session) -> bool:
    """A point is selected that can be changed."""
    return session.keypoint is not None and session.can_edit


def with_undo(session: Session) -> bool:
    """There is a step to take back."""
    return session.undo_name is not None


def with_redo(session: Session) -> bool:
    """There is a step to do again."""
    return session.redo_name is not None


@dataclass(frozen=True)
class Action:
    """One row; `gap` puts a line above it in its menu, `checked` makes it a switch."""

    id: str
    menu: str
    text: str
    keys: tuple[str, ...]
    icon: str
    run: Callable[[Desk], object]
    when: Rule = always
    checked: Callable[[Desk], bool] | None = None
    gap: bool = False


def _step(frames: int) -> Callable[[Desk], object]:
    return lambda d: d.session.step(frames)


def _nudge(dx: float, dy: float) -> Callable[[Desk], object]:
    return lambda d: d.session.points.nudge(dx, dy)


# fmt: off
_FILE = (
    Action("open", "File", "Open recordings…", ("Ctrl+O",), "open",
           lambda d: d.files.open_recordings(), with_study),
    Action("open_folder", "File", "Open a folder of recordings…", ("Ctrl+Shift+O",), "folder",
           lambda d: d.files.open_folder(), with_study),
    Action("demo", "File", "Open the demo recording", (), "film",
           lambda d: d.files.open_demo(), with_study),
    Action("find_missing", "File", "Find the missing file…", (), "link",
           lambda d: d.files.find_missing(), with_missing),
    Action("remove_recording", "File", "Remove recording from the study…", (), "trash",
           lambda d: d.files.remove_recording(), with_recording),
    Action("new_study", "File", "New study…", ("Ctrl+N",), "study",
           lambda d: d.files.new_study(), gap=True),
    Action("open_study", "File", "Open study…", ("Ctrl+Shift+N",), "folder_open",
           lambda d: d.files.open_study()),
    Action("save", "File", "Save (happens by itself)", ("Ctrl+S",), "check",
           lambda d: d.files.save(), with_study),
    Action("copy_study", "File", "Save study as…", ("Ctrl+Shift+S",), "",
           lambda d: d.files.copy_study(), with_study),
    Action("export", "File", "Export…", ("Ctrl+E",), "export",
           lambda d: d.exporting.choose(), with_recordings, gap=True),
    Action("quit", "File", "Quit", ("Ctrl+Q",), "quit",
           lambda d: d.areas.close(), gap=True),
)
_EDIT = (
    Action("undo", "Edit", "Undo", ("Ctrl+Z",), "undo",
           lambda d: d.view.give_up_drag() or d.session.undo(), with_undo),
    Action("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo",
           lambda d: d.session.redo(), with_redo),
)
_VIEW = (
    Action("fit", "View", "Fit the picture", ("F",), "fit",
           lambda d: d.view.fit(), with_recording),
    Action("zoom_in", "View", "Zoom in", ("Ctrl++", "Ctrl+="), "zoom_in",
           lambda d: d.view.zoom_by(1.25), with_recording),
    Action("zoom_out", "View", "Zoom out", ("Ctrl+-",), "zoom_out",
           lambda d: d.view.zoom_by(0.8), with_recording),
    Action("overlay", "View", "Show points and bones", ("H",), "skeleton",
           lambda d: d.looks.toggle_overlay(), checked=lambda d: d.looks.overlay, gap=True),
    Action("segmentation", "View", "Show segmentation", ("G",), "segmentation",
           lambda d: d.looks.toggle_segmentation(), checked=lambda d: d.looks.segmentation),
    Action("names", "View", "Show names of points", ("L",), "names",
           lambda d: d.looks.toggle_names(), checked=lambda d: d.looks.names),
    Action("recordings_panel", "View", "Show recordings", ("F9",), "",
           lambda d: d.areas.toggle(0), checked=lambda d: d.areas.is_shown(0), gap=True),
    Action("points_panel", "View", "Show points and background", ("F10",), "",
           lambda d: d.areas.toggle(-1), checked=lambda d: d.areas.is_shown(-1)),
    Action("next_area", "View", "Go to the next area of the window", ("F6",), "",
           lambda d: d.areas.focus_next(1)),
    Action("previous_area", "View", "Go to the previous area", ("Shift+F6",), "",
           lambda d: d.areas.focus_next(-1)),
    Action("full_screen", "View", "Full screen", ("F11",), "",
           lambda d: d.areas.toggle_full_screen(), checked=lambda d: d.areas.is_full_screen),
)
_GO = (
    Action("play", "Go", "Play or pause", ("Space",), "play",
           lambda d: d.playback.toggle(), with_frames),
    Action("slower", "Go", "Play slower", ("-",), "",
           lambda d: d.playback.step_speed(-1), with_frames),
    Action("faster", "Go", "Play faster", ("+", "="), "",
           lambda d: d.playback.step_speed(1), with_frames),
    Action("next", "Go", "Next frame", ("Right", "D"), "step_forward",
           _step(1), with_frames, gap=True),
    Action("previous", "Go", "Previous frame", ("Left", "A"), "step_back",
           _step(-1), with_frames),
    Action("next_10", "Go", "10 frames forward", ("Shift+Right",), "jump_forward",
           _step(10), with_frames),
    Action("previous_10", "Go", "10 frames back", ("Shift+Left",), "jump_back",
           _step(-10), with_frames),
    Action("next_100", "Go", "100 frames forward", ("PgDown",), "",
           _step(100), with_frames),
    Action("previous_100", "Go", "100 frames back", ("PgUp",), "",
           _step(-100), with_frames),
    Action("first", "Go", "First frame", ("Home",), "skip_start",
           lambda d: d.session.go_to(0), with_frames),
    Action("last", "Go", "Last frame", ("End",), "skip_end",
           lambda d: d.session.go_to(d.session.frame_count - 1), with_frames),
    Action("go_to", "Go", "Go to frame or time…", ("Ctrl+J",), "go_to",
           lambda d: d.going.ask(), with_frames),
    Action("next_low", "Go", "Next frame to check", ("Q",), "next_check",
           lambda d: d.going.to_low(1), with_frames, gap=True),
    Action("previous_low", "Go", "Previous frame to check", ("Shift+Q",), "previous_check",
           lambda d: d.going.to_low(-1), with_frames),
    Action("next_corrected", "Go", "Next corrected frame", ("Ctrl+Right",), "next_fixed",
           lambda d: d.going.to_corrected(1), with_frames),
    Action("previous_corrected", "Go", "Previous corrected frame", ("Ctrl+Left",), "previous_fixed",
           lambda d: d.going.to_corrected(-1), with_frames),
    Action("next_recording", "Go", "Next recording", ("Ctrl+PgDown",), "",
           lambda d: d.going.to_recording(1), with_recordings, gap=True),
    Action("previous_recording", "Go", "Previous recording", ("Ctrl+PgUp",), "",
           lambda d: d.going.to_recording(-1), with_recordings),
)
_POSE = (
    Action("next_point", "Pose", "Next point", ("Tab",), "",
           lambda d: d.session.select_next_keypoint(1), with_recording),
    Action("previous_point", "Pose", "Previous point", ("Shift+Tab",), "",
           lambda d: d.session.select_next_keypoint(-1), with_recording),
    Action("visibility", "Pose", "Switch between seen and hidden", ("V",), "eye",
           lambda d: d.session.points.cycle_visibility(), with_point, gap=True),
    Action("mark_seen", "Pose", "Seen", (), "seen",
           lambda d: d.session.points.set_visibility(Visibility.SEEN), with_point),
    Action("mark_hidden", "Pose", "Hidden", (), "hidden",
           lambda d: d.session.points.set_visibility(Visibility.HIDDEN), with_point),
    Action("remove_point", "Pose", "Remove", ("Delete", "Backspace"), "remove_point",
           lambda d: d.session.points.remove(), with_point),
    Action("restore_point", "Pose", "Restore", ("Shift+Delete",), "restore",
           lambda d: d.session.points.restore(), with_point),
    Action("nudge_left", "Pose", "Nudge left", ("Alt+Left",), "",
           _nudge(-1, 0), with_point, gap=True),
    Action("nudge_right", "Pose", "Nudge right", ("Alt+Right",), "",
           _nudge(1, 0), with_point),
    Action("nudge_up", "Pose", "Nudge up", ("Alt+Up",), "",
           _nudge(0, -1), with_point),
    Action("nudge_down", "Pose", "Nudge down", ("Alt+Down",), "",
           _nudge(0, 1), with_point),
)
_MODEL = (
    Action("predict", "Model", "Predict this recording", ("R",), "predict",
           lambda d: d.predicting.predict_current(), with_recording),
    Action("predict_missing", "Model", "Predict all that are not predicted", ("Ctrl+R",), "",
           lambda d: d.predicting.predict_missing(), with_recordings),
    Action("auto", "Model", "Predict as soon as a recording is opened", (), "",
           lambda d: d.preferences.toggle_predict_on_open(),
           checked=lambda d: d.preferences.predict_on_open),
    Action("adapt", "Model", "Adapt to recordings…", ("Ctrl+Shift+A",), "model",
           lambda d: d.adapting.choose(), with_recordings, gap=True),
    Action("show_adaptation", "Model", "Show the newest adaptation", (), "",
           lambda d: d.adapting.show_newest(), with_recordings),
    Action("models", "Model", "Models…", ("Ctrl+M",), "details",
           lambda d: d.modelling.show(), with_study),
    Action("stop_jobs", "Model", "Stop what runs in the background", ("Ctrl+.",), "stop",
           lambda d: d.watcher.stop_all(), with_study, gap=True),
    Action("resume_jobs", "Model", "Go on with what was stopped", (), "restore",
           lambda d: d.watcher.resume_all(), with_study),
    Action("roi", "Model", "Draw the region of the infant…", (), "roi",
           lambda d: d.view.begin_roi(), with_frames, gap=True),
    Action("clear_roi", "Model", "Clear the region", (), "",
           lambda d: d.predicting.clear_region(), with_region),
)
_HELP = (
    Action("keys", "Help", "Keys", ("F1",), "keyboard",
           lambda d: d.helping.show_keys(key_groups())),
    Action("about", "Help", "About SHIFT Studio", (), "info",
           lambda d: d.helping.show_about()),
    Action("logs", "Help", "Show the log files", (), "details",
           lambda d: d.helping.show_logs()),
)
# fmt: on

ACTIONS = (*_FILE, *_EDIT, *_VIEW, *_GO, *_POSE, *_MODEL, *_HELP)
assert len({action.id for action in ACTIONS}) == len(ACTIONS)


def key_groups() -> list[KeyGroup]:
    """The table as the sheet of keys shows it: what has keys, by menu."""
    menus = dict.fromkeys(action.menu for action in ACTIONS)
    groups = [
        KeyGroup(menu, tuple(_line(a) for a in ACTIONS if a.menu == menu and a.keys))
        for menu in menus
    ]
    return [group for group in groups if group.lines]


def _line(action: Action) -> KeyLine:
    native = QKeySequence.SequenceFormat.NativeText
    keys = tuple(_printed(QKeySequence(key).toString(native)) for key in action.keys)
    return KeyLine(action.text.rstrip("…"), keys)


def _printed(key: str) -> str:
    """A key as it is printed on keyboards."""
    for name, sign in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        if key.endswith(name) and not key.endswith(("PgUp", "PgDown")):
            return key.removesuffix(name) + sign
    return key
