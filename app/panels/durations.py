"""Times and shares as people read them."""


def clock(seconds: float) -> str:
    """A length or position: 0:07, 12:30, 1:02:09."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def exact_clock(seconds: float) -> str:
    """A position to the millisecond: 0:07.040."""
    milliseconds = round(seconds * 1000)
    return f"{clock(milliseconds // 1000)}.{milliseconds % 1000:03}"


def time_left(seconds: float) -> str:
    """A rough duration: "a few seconds", "40 s", "3 min", "1 h 20 min"."""
    if seconds < 5:
        return "a few seconds"
    if seconds < 90:
        return f"{round(seconds / 5) * 5} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


def percent(share: float) -> str:
    """A share of 1: 43 %."""
    return f"{round(share * 100)} %"
