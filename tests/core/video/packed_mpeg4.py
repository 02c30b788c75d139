"""Pack an MPEG-4 stream as DivX 5 did: two pictures in one chunk, then an empty one."""

from av.packet import Packet

_PICTURE = b"\x00\x00\x01\xb6"
_USER_DATA = b"\x00\x00\x01\xb2"
# A P picture of which nothing is coded: type 01, no second passed, marker, 5 bits of time,
# marker, not coded, stuffing.
_NOT_CODED = _PICTURE + bytes([0b01010000, 0b01001111])


def packed(packets: list[Packet]) -> list[Packet]:
    """The same pictures: each B picture rides in the chunk of the picture stored before it."""
    contents = [bytes(packet) for packet in packets]
    contents[0] = _as_divx(contents[0])
    for number in range(1, len(contents)):
        if _is_b(contents[number]):
            contents[number - 1] += contents[number]
            contents[number] = _NOT_CODED
    return [_like(packet, content) for packet, content in zip(packets, contents, strict=True)]


def _as_divx(first: bytes) -> bytes:
    """Only for streams that name DivX as their maker do decoders expect packing."""
    picture = first.index(_PICTURE)
    header = first[:picture].split(_USER_DATA)[0]
    return header + _USER_DATA + b"DivX503b1393p" + first[picture:]


def _is_b(content: bytes) -> bool:
    return content.startswith(_PICTURE) and content[len(_PICTURE)] >> 6 == 2


def _like(packet: Packet, content: bytes) -> Packet:
    copy = Packet(content)
    copy.pts, copy.dts, copy.time_base = packet.pts, packet.dts, packet.time_base
    copy.is_keyframe = packet.is_keyframe
    return copy
