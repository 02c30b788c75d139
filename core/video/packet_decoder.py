"""Decode a video stream from any entry, knowing of each picture which packet it came from."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, cast

from av.container.input import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from core.video.container import open_container
from core.video.packet_table import UNKNOWN, OnProgress, PacketTable, is_end, scan
from core.video.time_index import Entries, Entry


class Decoded(NamedTuple):
    """A picture and the number of the packet that held it."""

    packet: int
    picture: VideoFrame


class PacketDecoder:
    """One open file with its decoder; not for use from two threads at a time.

    Packets are numbered from the beginning of the file. Each is stamped with its number in place of
    its presentation time before it is decoded, and the decoder hands the stamp on to the picture:
    so a picture is known for what it is even where the file's own times are missing or wrong.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._container, self._stream = open_container(path)
        self._at_beginning = True

    @property
    def stream(self) -> VideoStream:
        """The stream that is decoded."""
        return self._stream

    @property
    def container(self) -> InputContainer:
        """The open file."""
        return self._container

    def scan(self, on_progress: OnProgress | None = None) -> PacketTable:
        """List all packets without decoding them."""
        self._rewind()
        return scan(self._container, self._stream, on_progress)

    def decode(self) -> Iterator[Decoded]:
        """All pictures of the file in the order shown; a new call ends the one before.

        Packets that cannot be decoded give no picture.
        """
        self._rewind()
        return self._decoded(_packets(self._container, self._stream), 0)

    def decode_from(self, entries: Entries, number: int) -> Iterator[Decoded]:
        """The pictures from an entry to the end of the file; else as `decode`.

        The entries before it serve to seek further back if the container lands behind it.
        """
        return self._decoded(self._packets_from(entries, number), entries[number].packet)

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def _decoded(self, packets: "Iterator[Packet[VideoStream]]", first: int) -> Iterator[Decoded]:
        for number, packet in enumerate(packets, first):
            yield from _pictures(packet, number)

    def _packets_from(self, entries: Entries, number: int) -> "Iterator[Packet[VideoStream]]":
        """The packets from an entry on, then an end packet."""
        goal = entries[number]
        for earlier in _ever_further_back(number):
            entry = entries[earlier]
            if entry.stamp == UNKNOWN:
                break
            self._at_beginning = False
            self._container.seek(entry.stamp, stream=self._stream)
            packets = _packets(self._container, self._stream)
            for packet in packets:
                if _is_at(packet, goal):
                    yield packet
                    yield from packets
                    return
                if _is_behind(packet, goal):
                    break
        self._rewind()
        packets = _packets(self._container, self._stream)
        yield from itertools.islice(packets, goal.packet, None)

    def _rewind(self) -> None:
        """Opening anew is the one way to the beginning that works for every container."""
        if not self._at_beginning:
            container, stream = open_container(self.path)
            self._container.close()
            self._container, self._stream = container, stream
        self._at_beginning = False


def _packets(container: InputContainer, stream: VideoStream) -> "Iterator[Packet[VideoStream]]":
    """All packets and an end packet, also where the file breaks off."""
    try:
        yield from container.demux(stream)
    except FFmpegError:
        yield _end_packet(stream)


def _end_packet(stream: VideoStream) -> "Packet[VideoStream]":
    end = cast("Packet[VideoStream]", Packet())
    end.stream = stream
    return end


def _pictures(packet: "Packet[VideoStream]", number: int) -> list[Decoded]:
    if packet.size == 0 and not is_end(packet):
        return []  # an empty packet would tell the decoder that the stream has ended
    if not is_end(packet):
        packet.pts = number
    try:
        pictures = packet.decode()
    except FFmpegError:
        return []
    return [Decoded(p.pts, p) for p in pictures if p.pts is not None]


def _ever_further_back(number: int) -> Iterator[int]:
    """The number, then 1, 2, 4, ... before it; the first entry, number 0, comes last."""
    yield number
    steps = itertools.takewhile(lambda step: step < number, (1 << k for k in itertools.count()))
    yield from (number - step for step in steps)
    yield 0


def _is_at(packet: "Packet[VideoStream]", goal: Entry) -> bool:
    if goal.position != UNKNOWN:
        return packet.pos == goal.position and packet.is_keyframe
    return packet.dts == goal.dts and packet.is_keyframe


def _is_behind(packet: "Packet[VideoStream]", goal: Entry) -> bool:
    if packet.dts is not None and goal.dts != UNKNOWN:
        return packet.dts > goal.dts
    return packet.pos is not None and packet.pos > goal.position
