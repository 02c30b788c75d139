from core.pose.skeleton import shipped_skeleton
from core.training.survey.contact_sheet import PANEL, draw_sheet
from core.training.survey.looking import Looked, look_at
from tests.core.prediction.conftest import COCO
from tests.core.training.survey.seen import drained, kicking, ticking


def sheet(recordings, predictor):
    found, _ = drained(look_at(recordings, predictor, "found", ticking(0)))
    return draw_sheet(found, predictor.skeleton), found


def test_all_recordings_are_shown_in_rows_of_six(tmp_path, predictor):
    picture, _ = sheet([kicking(tmp_path / name, 4) for name in "ab"], predictor)
    assert picture is not None
    assert picture.shape == (2 * PANEL + 4, 6 * PANEL + 5 * 4, 3)
    assert not picture[-PANEL:, -PANEL:].any()  # eight pictures leave four places empty


def test_points_are_drawn_where_they_were_found(tmp_path, predictor):
    picture, (found,) = sheet([kicking(tmp_path / "a", 1)], predictor)
    (kept,) = found.sampled.kept
    assert not kept.canvas.image[..., 2].any()  # painted infants have no blue of their own
    assert picture is not None
    assert picture[..., 2].any()
    wrist = predictor.skeleton.index("left_wrist")
    x, y = kept.pose.xy[wrist].round().astype(int)
    assert kept.canvas.image[y, x, 0] == 14 * (COCO.index("left_wrist") + 1)


def test_nothing_is_drawn_of_nothing():
    assert draw_sheet([Looked(refused="gone")], shipped_skeleton()) is None
