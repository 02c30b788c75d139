from core.training.log.pace import Pace


def test_pictures_a_second_since_the_last_call():
    clock = iter([100.0, 102.0, 102.5, 102.5])
    pace = Pace(lambda: next(clock))
    assert pace.after(16) == 8.0
    assert pace.after(16) == 32.0
    assert pace.after(16) is None
