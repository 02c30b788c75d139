"""Windows and recordings for the tests of the window."""

from tests.app.opened import clip
from tests.app.windows import open_studio, studio

__all__ = ["clip", "open_studio", "studio"]
