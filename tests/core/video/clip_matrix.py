"""The clips that every reader of recordings must get right, by name."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from av.packet import Packet

from tests.core.video.clips import UNSTEADY, Clip, encode, write_clip, write_packets
from tests.core.video.packed_mpeg4 import packed

GROUPS = {"bf": "2", "g": "12"}
TICK = Fraction(1, 25)
OPEN_X264 = {"x264-params": "open-gop=1:keyint=12:bframes=3:b-adapt=0"}
OPEN_X265 = {"x265-params": "keyint=12:bframes=3:open-gop=1"}
FIELDS = {"x264-params": "interlaced=1:keyint=12:bframes=2"}
REFRESH = {"x264-params": "intra-refresh=1:keyint=12:bframes=0"}
HIDDEN_VP9 = {"g": "12", "lag-in-frames": "16", "auto-alt-ref": "1", "cpu-used": "8"}
VP9 = {"g": "12", "cpu-used": "8"}
FULL = "yuvj420p"

CLIPS = {
    "h264 mp4": Clip("a.mp4", options=GROUPS),
    "h264 mkv": Clip("a.mkv", options=GROUPS),
    "h264 mts": Clip("a.mts", options=GROUPS, format="mpegts"),
    "h264 m2ts": Clip("a.m2ts", options=GROUPS, container_options={"mpegts_m2ts_mode": "1"}),
    "h264 avi reordered": Clip("a.avi", options=GROUPS, clock=TICK),
    "h264 open groups": Clip("open.mkv", options=OPEN_X264),
    "h264 open groups mts": Clip("open.mts", options=OPEN_X264, format="mpegts"),
    "h264 variable rate": Clip("uneven.mp4", options=GROUPS, times_ms=UNSTEADY),
    "h264 variable rate mkv": Clip("uneven.mkv", options=GROUPS, times_ms=UNSTEADY),
    "h264 10 bit": Clip("deep.mp4", options=GROUPS, pixels="yuv420p10le"),
    "h264 two fields": Clip("fields.mts", options=FIELDS, format="mpegts"),
    "h264 intra refresh": Clip("refresh.mkv", options=REFRESH),
    "h264 all intra": Clip("intra.mp4", options={"g": "1"}),
    "h264 one group": Clip("long.mp4", options={"bf": "2", "g": "1000"}),
    "h264 odd size": Clip("odd.mp4", options=GROUPS, pixels="yuv444p", size=(95, 63)),
    "h264 one frame": Clip("one.mp4", times_ms=(0,)),
    "h264 two frames": Clip("two.mov", times_ms=(0, 40)),
    "h264 fragments": Clip(
        "fragments.mp4", options=GROUPS, container_options={"movflags": "frag_keyframe+empty_moov"}
    ),
    "h264 with sound": Clip("sound.mp4", options=GROUPS, with_sound=True),
    "h264 other letters": Clip("Säugling 3 – ночь 夜 %d.mp4", options=GROUPS),
    "turned 90": Clip("turned90.mov", options=GROUPS, turned=90),
    "turned 180": Clip("turned180.mp4", options=GROUPS, turned=180),
    "turned 270": Clip("turned270.mp4", options=GROUPS, turned=270),
    "turned 90 mkv": Clip("turned90.mkv", options=GROUPS, turned=90),
    "turned 90 uneven": Clip("uneven90.mp4", options=GROUPS, turned=90, times_ms=UNSTEADY),
    "mirrored": Clip("mirrored.mov", options=GROUPS, mirrored=True),
    "hevc mp4": Clip("hevc.mp4", "libx265"),
    "hevc open groups": Clip("hevc_open.mkv", "libx265", options=OPEN_X265),
    "hevc open groups ts": Clip("hevc_open.ts", "libx265", options=OPEN_X265),
    "hevc 10 bit": Clip("hevc_deep.mov", "libx265", pixels="yuv420p10le", turned=270),
    "mpeg4 avi": Clip("mpeg4.avi", "mpeg4", options=GROUPS, clock=TICK),
    "mpeg4 mp4": Clip("mpeg4.mp4", "mpeg4", options=GROUPS),
    "mpeg4 repeated pictures": Clip("repeated.avi", "mpeg4", options={"g": "12"}),
    "mjpeg avi": Clip("mjpeg.avi", "mjpeg", pixels=FULL, clock=TICK),
    "mjpeg mov": Clip("mjpeg.mov", "mjpeg", pixels="yuvj422p", size=(97, 65)),
    "mjpeg one frame": Clip("one.avi", "mjpeg", pixels=FULL, clock=TICK, times_ms=(0,)),
    "vp9 hidden frames": Clip("vp9.mkv", "libvpx-vp9", options=HIDDEN_VP9),
    "vp9 webm variable rate": Clip("vp9.webm", "libvpx-vp9", options=VP9, times_ms=UNSTEADY),
    "vp9 mp4 odd": Clip("vp9.mp4", "libvpx-vp9", options=VP9, size=(95, 63)),
    "mpeg2 program": Clip("mpeg2.mpg", "mpeg2video", options=GROUPS, format="vob", clock=TICK),
    "mpeg2 ts": Clip("mpeg2.ts", "mpeg2video", options=GROUPS, format="mpegts", clock=TICK),
}
"""All frames of these are there, in order, and every one can be decoded."""


def _without_beginning(packets: list[Packet]) -> list[Packet]:
    return packets[3:]


def _with_a_hole(packets: list[Packet]) -> list[Packet]:
    return packets[:20] + packets[22:]


def _before_zero(packets: list[Packet]) -> list[Packet]:
    for packet in packets:
        packet.pts, packet.dts = (packet.pts or 0) - 405, (packet.dts or 0) - 405
    return packets


def _from_second_key(packets: list[Packet]) -> list[Packet]:
    keys = [number for number, packet in enumerate(packets) if packet.is_keyframe]
    return packets[keys[1] :]


Change = Callable[[list[Packet]], list[Packet]]

BROKEN: dict[str, tuple[Clip, Change]] = {
    "begins in a group mts": (
        Clip("begin.mts", options=GROUPS, format="mpegts"),
        _without_beginning,
    ),
    "begins in a group mp4": (Clip("begin.mp4", options=GROUPS), _without_beginning),
    "begins with open group": (Clip("cut.mkv", options=OPEN_X264), _from_second_key),
    "begins with hevc open group": (
        Clip("cut_hevc.mkv", "libx265", options=OPEN_X265),
        _from_second_key,
    ),
    "lost packets": (Clip("hole.mp4", options=GROUPS), _with_a_hole),
    "lost packets mts": (Clip("hole.mts", options=GROUPS, format="mpegts"), _with_a_hole),
    "edited beginning": (Clip("edited.mp4", options=GROUPS), _before_zero),
    "packed mpeg4": (
        Clip("packed.avi", "mpeg4", options={"bf": "1", "g": "12"}, clock=TICK),
        packed,
    ),
}
"""Not all frames of these can be decoded; those that can must be the same whatever the order."""


def write(name: str, folder: Path) -> Path:
    """Write the named clip."""
    if name in CLIPS:
        return write_clip(folder, CLIPS[name])
    clip, change = BROKEN[name]
    return write_packets(folder / clip.file, clip, change(encode(clip)))
