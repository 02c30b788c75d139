"""The sessions that these tests look at."""

from tests.app.opened import clip, opened, predicted, session

__all__ = ["clip", "opened", "predicted", "session"]
