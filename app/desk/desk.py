"""Everything that a menu entry or a key can reach."""

from dataclasses import dataclass

from app.adapting.station import Station
from app.desk.adapting import Adapting
from app.desk.areas import Areas
from app.desk.exporting import Exporting
from app.desk.files import Files
from app.desk.going import Going
from app.desk.helping import Helping
from app.desk.looks import Looks
from app.desk.modelling import Modelling
from app.desk.predicting import Predicting
from app.jobs.job_watcher import JobWatcher
from app.preferences import Preferences
from app.session.session import Session
from app.stage.playback import Playback
from app.stage.video_view import VideoView


@dataclass(frozen=True)
class Desk:
    """The parts of one window, joined."""

    session: Session
    view: VideoView
    playback: Playback
    watcher: JobWatcher
    files: Files
    going: Going
    predicting: Predicting
    station: Station
    adapting: Adapting
    modelling: Modelling
    exporting: Exporting
    looks: Looks
    helping: Helping
    areas: Areas
    preferences: Preferences
