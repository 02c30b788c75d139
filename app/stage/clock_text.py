"""Times of a recording as people read them; no Qt."""


def clock(seconds: float, *, digits: int = 2) -> str:
    """Seconds as mm:ss.ss, with hours before them where there are some."""
    step = 10**digits
    whole, part = divmod(round(max(seconds, 0.0) * step), step)
    minutes, rest = divmod(whole, 60)
    fraction = f".{part:0{digits}d}" if digits else ""
    hours = f"{minutes // 60}:" if minutes >= 60 else ""
    return f"{hours}{minutes % 60:02d}:{rest:02d}{fraction}"
