"""Arrays of numbers come out of MATLAB's files, and damage ends in a sentence."""

import base64
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.datasets.matlab_arrays import read_matlab_array
from core.errors import BadInput
from tests.core.datasets.published import write_matlab_array

# Written by scipy.io.savemat, compressed: note = "ab", joints = 1 x 2 x 3 numbers from 0.5 to 5.5,
# small = two uint8; the text before the version is left out.
BY_SCIPY = base64.b64decode(
    "AAFJTQ8AAAArAAAAeJzjY2BgMABiNiDmAGIWBghghfIZgZgJTLMw5OWXpAoAeYlJDAwAJ2gC8Q8AAABFAAAAeJzj"
    "Y2BgKABiNiDmgNIgwArEPEDMCMRMQMwMFWeEqsnKz8wrKWZg4ASyDRhg4IE9hOZxgNA/oHwhKJ8FSos5AABXgwcP"
    "DwAAACwAAAB4nONjYGCwAGI2IOYAYk4GCGCF8hmBmAlKg8SKcxNzcsBiTAzsQAUANfkCoA=="
)
DOUBLES = np.random.default_rng(4).random((3, 14, 2))


@pytest.fixture
def by_scipy(tmp_path: Path) -> Path:
    path = tmp_path / "scipy.mat"
    path.write_bytes(b"MATLAB 5.0 MAT-file".ljust(124) + BY_SCIPY)
    return path


def test_a_compressed_file_of_several_arrays_is_read(by_scipy: Path) -> None:
    assert read_matlab_array(by_scipy, "joints").tolist() == [[[0.5, 1.5, 2.5], [3.5, 4.5, 5.5]]]
    assert read_matlab_array(by_scipy, "small").tolist() == [[7, 8]]


def test_axes_keep_matlabs_order(tmp_path: Path) -> None:
    write_matlab_array(tmp_path / "a.mat", "joints", DOUBLES)
    assert np.array_equal(read_matlab_array(tmp_path / "a.mat", "joints"), DOUBLES)


def test_the_other_byte_order_is_read(tmp_path: Path) -> None:
    words = np.array([14, 64, 6, 8, 6, 0, 5, 8, 1, 2, (1 << 16) | 1, 0x61000000, 9, 16], ">u4")
    numbers = np.array([1.5, -2], ">f8")
    content = b"MATLAB".ljust(124) + b"\x01\x00MI" + words.tobytes() + numbers.tobytes()
    (tmp_path / "b.mat").write_bytes(content)
    assert read_matlab_array(tmp_path / "b.mat", "a").tolist() == [[1.5, -2]]


def test_what_is_not_there_is_said(by_scipy: Path, tmp_path: Path) -> None:
    for name, reason in (("elbows", "it has none"), ("note", "it holds no numbers")):
        with pytest.raises(BadInput, match=f"scipy.mat: .*array '{name}' .{reason}"):
            read_matlab_array(by_scipy, name)
    with pytest.raises(BadInput, match=r"none.mat: cannot be read \(No such file"):
        read_matlab_array(tmp_path / "none.mat", "joints")


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89HDF", b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM"]
)
def test_other_formats_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "c.mat").write_bytes(content)
    with pytest.raises(BadInput, match=r"c.mat: not a MATLAB file .*not of version 5 to 7.2"):
        read_matlab_array(tmp_path / "c.mat", "joints")


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damaged_files_end_in_a_sentence(by_scipy: Path, data: st.DataObject) -> None:
    content = bytearray(b"MATLAB 5.0 MAT-file".ljust(124) + BY_SCIPY)
    if data.draw(st.booleans()):
        write_matlab_array(by_scipy, "joints", DOUBLES)
        content = bytearray(by_scipy.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    by_scipy.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    refusal = ""
    try:
        assert read_matlab_array(by_scipy, "joints").dtype == np.float64
    except BadInput as error:
        refusal = str(error)
    assert "\n" not in refusal
