"""Tell whether a recording breaks off before its proper end."""

from pathlib import Path
from typing import Final

from core.video.packet_decoder import PacketDecoder
from core.video.packet_table import PacketTable

_TOLERATED_S: Final = 1.0
_TS_PACKET: Final = 188
_EBML_ID: Final = b"\x1a\x45\xdf\xa3"
_SEGMENT_ID: Final = b"\x18\x53\x80\x67"
_BOX_HEAD: Final = 16
_LONG_BOX: Final = 1  # the true length follows in 64 bits
_EBML_HEAD: Final = 4096


def breaks_off(decoder: PacketDecoder, table: PacketTable) -> bool:
    """Whether the file ends in the middle of a packet, or before what its header promises."""
    return table.broke_off or bool(table.damaged[-1:].any()) or _is_short(decoder, table)


def _is_short(decoder: PacketDecoder, table: PacketTable) -> bool:
    container, stream = decoder.container, decoder.stream
    names = container.format.name
    if "mov" in names:
        return _has_cut_box(decoder.path)
    if names == "avi":  # counts ticks; one without a picture comes as no packet
        lost = stream.frames - 1 - int(table.dts.max(initial=-1))
        return lost * float(stream.time_base or 0) > _TOLERATED_S
    if names == "mpegts":  # promises nothing, but comes in packets of one size
        return container.size % _TS_PACKET != 0 and container.size % (_TS_PACKET + 4) != 0
    return "matroska" in names and _is_cut_segment(decoder.path)


def _has_cut_box(path: Path) -> bool:
    """Whether the last box of an MP4 or MOV file is longer than what is left of the file."""
    size, at = path.stat().st_size, 0
    with path.open("rb") as file:
        while at < size:
            file.seek(at)
            head = file.read(_BOX_HEAD)
            length = int.from_bytes(head[:4], "big")
            if length == _LONG_BOX:
                length = int.from_bytes(head[8:16], "big")
            is_box = head[4:8].isalnum() and length >= len(head[:8])
            if not is_box:  # an open end, or something else that a camera has added
                return False
            at += length
    return at > size


def _is_cut_segment(path: Path) -> bool:
    """Whether a Matroska file is shorter than its one segment; a size never filled in says no."""
    with path.open("rb") as file:
        head = file.read(_EBML_HEAD)
    header_size, after = _ebml_size(head, len(_EBML_ID))
    segment = after + header_size
    if not head.startswith(_SEGMENT_ID, segment):
        return False
    size, body = _ebml_size(head, segment + len(_SEGMENT_ID))
    is_unknown = size == (1 << 7 * (body - segment - len(_SEGMENT_ID))) - 1
    return not is_unknown and body + size > path.stat().st_size


def _ebml_size(data: bytes, at: int) -> tuple[int, int]:
    """A length in EBML's variable coding at `at`, and where it ends."""
    if at >= len(data):
        return 0, at
    length = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + length], "big")
    return value & ((1 << 7 * length) - 1), at + length
