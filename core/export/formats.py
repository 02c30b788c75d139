"""What a recording of a study can be exported as."""

from typing import Literal

ExportFormat = Literal["csv-wide", "csv-long", "overlay"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = ("csv-wide", "csv-long", "overlay")
