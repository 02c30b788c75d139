"""Tell whether a recording breaks off before its proper end."""

from typing import Final

from core.video.packet_decoder import PacketDecoder
from core.video.packet_table import PacketTable
from core.video.time_index import TimeIndex

_TOLERATED_S: Final = 1.0
_TS_PACKET: Final = 188


def break_off_warning(
    decoder: PacketDecoder, table: PacketTable, index: TimeIndex
) -> tuple[str, ...]:
    """One sentence if the file ends early, else nothing."""
    if not (_ends_torn(table) or _is_short_of_header(decoder, table, index)):
        return ()
    count, seconds = len(index.packets), float(index.times[-1])
    return (
        f"the recording breaks off after {seconds:.1f} seconds; "
        f"its {count} whole frames are there, what followed is lost",
    )


def _ends_torn(table: PacketTable) -> bool:
    return table.broke_off or bool(len(table) and table.damaged[-1])


def _is_short_of_header(decoder: PacketDecoder, table: PacketTable, index: TimeIndex) -> bool:
    """Whether the container promised more than came; a transport stream promises nothing."""
    container, stream = decoder.container, decoder.stream
    names = container.format.name
    if "mov" in names:
        return len(table) < stream.frames
    if names == "avi":  # counts a tick for each repeated picture, which comes as no packet
        return int(table.dts.max(initial=-1)) + 1 < stream.frames
    if names == "mpegts":
        return container.size % _TS_PACKET != 0 and container.size % (_TS_PACKET + 4) != 0
    sound_may_be_longer = bool(container.streams.audio) and "DURATION" not in stream.metadata
    if container.duration is None or sound_may_be_longer:
        return False
    return container.duration / 1e6 > float(index.times[-1]) + _TOLERATED_S
