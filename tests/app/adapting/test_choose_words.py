import pytest

from app.adapting.choose_words import (
    clock,
    cost_words,
    label_words,
    read_clock,
    room,
    seen_tip,
    seen_words,
    setting_fault,
    survey_fault,
    tally_words,
)
from tests.app.adapting.offered import offer, survey, surveyed


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00"), (7.25, "0:07.2"), (750, "12:30"), (3729, "1:02:09")]
)
def test_moments_are_said_as_people_write_them(seconds, said):
    assert clock(seconds) == said
    assert read_clock(said) == pytest.approx(seconds, abs=0.06)


@pytest.mark.parametrize("text", ["", "soon", "1:", "-3", "1:2:3:4", "1,5"])
def test_what_is_no_moment_is_none(text):
    assert read_clock(text) is None


def test_seconds_alone_are_a_moment():
    assert read_clock(" 90 ") == 90


@pytest.mark.parametrize(
    ("count", "said"),
    [(3, "1 MB"), (570_400_000, "570 MB"), (1_200_000_000, "1.2 GB"), (81e9, "81 GB")],
)
def test_room_on_a_disk(count, said):
    assert room(int(count)) == said


def test_costs_are_told_with_what_they_belong_to():
    quick, recommended, thorough = survey().costs
    assert cost_words(quick) == "About 5 min on this computer, 520 MB of disk"
    assert cost_words(thorough).startswith("About 4 h 30 min on this computer, 1.2 GB")
    assert cost_words(recommended, is_stale=True).endswith("(before your change)")
    assert cost_words(None) == "Time: not measured yet"


def test_corrections_are_counted():
    chosen = [offer(1), offer(2, corrected=11), offer(3, corrected=1)]
    assert label_words(chosen).startswith("12 corrected frames will be used as labels")
    assert label_words(chosen[2:]).startswith("1 corrected frame will be used as a label,")
    assert label_words(chosen[:1]).startswith("No frame of these is corrected")


def test_what_a_survey_saw():
    refused = surveyed(3, looked_at=0, usable=0, refused="/x.mp4: cannot be read.")
    empty = surveyed(4, usable=0, refused="No infant was found in the 6 frames.")
    assert [seen_words(one) for one in (surveyed(1), refused, empty)] == [
        *("4 of 6", "no use", "no infant")
    ]
    assert seen_tip(refused) == "/x.mp4: cannot be read."
    assert tally_words([surveyed(1), surveyed(2, near_duplicates=0, without_infant=0)]) == (
        "A sample of 12 frames: 8 can be learnt from; left out: 1 near-duplicate and 1 without an "
        "infant."
    )
    assert tally_words([surveyed(1), refused]).endswith(
        "1 recording cannot be used; the list says why."
    )
    assert tally_words([refused]).startswith("None of these recordings can be used")


def test_a_survey_without_any_infant_is_a_reason_only_for_what_it_saw():
    report = survey(surveyed(1, usable=0), surveyed(2))
    assert "In none" in survey_fault(report, [1], are_all=True)
    assert survey_fault(report, [1, 2], are_all=True) == ""
    assert survey_fault(report, [1], are_all=False) == ""


def test_a_recording_that_cannot_be_read_is_to_be_left_out():
    report = survey(surveyed(1, looked_at=0, usable=0, refused="a.mp4: broken."), surveyed(2))
    said = survey_fault(report, [1, 2], are_all=True)
    assert said == "a.mp4: broken. Leave baby 1 out, or look again."
    assert survey_fault(report, [2], are_all=True) == ""


@pytest.mark.parametrize("line", ["steps=20", "weights.source = 0.5", 'mode="all"', "seed=3"])
def test_settings(line):
    assert setting_fault(line) == ""


@pytest.mark.parametrize("line", ["steps", "=3", "steps=", "2x=3", "a b=3"])
def test_what_is_no_setting_is_told(line):
    assert "write KEY=VALUE" in setting_fault(line)
