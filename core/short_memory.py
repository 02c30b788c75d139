"""Tell by an error's text that memory ran out; libraries raise plain RuntimeErrors for it."""

# torch's allocators: on graphics cards, on Windows and macOS, on Linux.
_TEXTS = ("out of memory", "not enough memory", "can't allocate memory", "cannot allocate memory")


def says_memory_is_short(text: str) -> bool:
    """Whether an error with this text means that there is no memory left."""
    return any(one in text.lower() for one in _TEXTS)
