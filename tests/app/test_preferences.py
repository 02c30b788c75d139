"""What is remembered, and what a damaged store gives."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from app.preferences import Preferences, ThemeChoice
from core.pose.palette import SILHOUETTE_OPACITY


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences.of_user(tmp_path)


def test_everything_comes_back_after_a_restart(preferences: Preferences, tmp_path: Path) -> None:
    preferences.theme = ThemeChoice.DARK
    preferences.predict_on_open = False
    preferences.show_names = True
    preferences.segmentation_opacity = 0.6
    preferences.point_size = 1.5
    preferences.model = "ward_7"
    preferences.folder = tmp_path
    preferences.export_folder = tmp_path / "out"
    preferences.set_state("geometry", QByteArray(b"\x01\x02"))
    preferences.sync()
    again = Preferences.of_user(tmp_path)
    assert again.theme is ThemeChoice.DARK
    assert not again.predict_on_open
    assert again.show_names
    assert (again.segmentation_opacity, again.point_size) == (0.6, 1.5)
    assert again.model == "ward_7"
    assert (again.folder, again.export_folder) == (tmp_path, tmp_path / "out")
    assert again.state("geometry") == QByteArray(b"\x01\x02")


def test_a_damaged_file_gives_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "preferences.ini").write_text(
        "[General]\ntheme=purple\nsegmentation_opacity=nan\npoint_size=900\n"
        "predict_on_open=perhaps\nfolder=/no/such/folder\nrecent_studies=@Invalid()\n"
        "geometry=words\n",
        encoding="utf-8",
    )
    preferences = Preferences.of_user(tmp_path)
    assert preferences.theme is ThemeChoice.SYSTEM
    assert preferences.segmentation_opacity == SILHOUETTE_OPACITY
    assert preferences.point_size == 1.0
    assert preferences.predict_on_open
    assert preferences.folder == Path.home()
    assert preferences.recent_studies == []
    assert preferences.state("geometry").isEmpty()


def test_recent_studies_newest_first_without_those_that_are_gone(
    preferences: Preferences, tmp_path: Path
) -> None:
    studies = [tmp_path / f"{n}.shift" for n in range(10)]
    for study in studies:
        study.touch()
        preferences.remember_study(study)
    preferences.remember_study(studies[7])
    assert preferences.recent_studies[:3] == [studies[7], studies[9], studies[8]]
    assert len(preferences.recent_studies) == 8
    studies[9].unlink()
    assert studies[9] not in preferences.recent_studies
