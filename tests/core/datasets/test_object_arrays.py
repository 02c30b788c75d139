"""The authors' pickled dictionaries are read, and nothing that a pickle asks for is run."""

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.datasets.object_arrays import read_saved_dictionary
from core.errors import BadInput


class Touches:
    """Creates a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def saved(path: Path, content: object) -> Path:
    np.save(path, np.array(content, dtype=object), allow_pickle=True)
    return path


CONTENT = {
    "train": {3: np.arange(6, dtype=np.float32).reshape(3, 2), "name": "four"},
    "lists": [np.float64(2.5), np.int32(7), None, True, np.arange(3)[::-1]],
    "objects": np.array([1, "two"], dtype=object),
}


@pytest.mark.parametrize("protocol", [2, 3, 4])
def test_dictionaries_of_arrays_come_back(tmp_path: Path, protocol: int) -> None:
    path = saved(tmp_path / "a.npy", None)
    header = path.read_bytes()[:128]
    body = pickle.dumps(np.array(CONTENT, dtype=object), protocol=protocol)
    path.write_bytes(header + body)
    if protocol == 2:  # writes arrays with a codec's name in them, which files of today do not
        with pytest.raises(BadInput, match="asks for _codecs"):
            read_saved_dictionary(path)
        return
    found = read_saved_dictionary(path)
    assert found["train"][3].tolist() == [[0, 1], [2, 3], [4, 5]]
    assert found["lists"][:4] == [2.5, 7, None, True]
    assert found["lists"][4].tolist() == [2, 1, 0]
    assert found["objects"].tolist() == [1, "two"]


def test_a_hostile_file_is_refused_and_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    for content in (Touches(mark), {"train": {1: Touches(mark)}}):
        path = saved(tmp_path / "hostile.npy", content)
        with pytest.raises(BadInput, match=r"hostile.npy: not an annotation file.*asks for"):
            read_saved_dictionary(path)
    assert not mark.exists()


@pytest.mark.parametrize(
    "array",
    [
        np.zeros(2, dtype=[("x", "f8"), ("y", "f8")]),
        np.array(["a"]),
        np.array(["2020-01-01"], dtype="M8[D]"),
        np.zeros(2).view(np.recarray),
        np.ma.masked_array([1.0, 2.0]),
    ],
)
def test_arrays_that_describe_themselves_are_refused(tmp_path: Path, array: object) -> None:
    path = saved(tmp_path / "odd.npy", {"train": array})
    with pytest.raises(BadInput, match=r"odd.npy: not an annotation file"):
        read_saved_dictionary(path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "plain.npy", np.zeros(3))
    (tmp_path / "text.npy").write_text("hello")
    saved(tmp_path / "list.npy", [[1], [2, 3]])
    saved(tmp_path / "text_inside.npy", "hello")
    for name in ("plain", "text", "list", "text_inside"):
        with pytest.raises(BadInput, match=f"{name}.npy: not an annotation file"):
            read_saved_dictionary(tmp_path / f"{name}.npy")
    with pytest.raises(BadInput, match=r"none.npy: cannot be read"):
        read_saved_dictionary(tmp_path / "none.npy")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damaged_files_end_in_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    path = saved(tmp_path / "damaged.npy", CONTENT)
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    try:
        found = read_saved_dictionary(path)
    except BadInput as error:
        found, refusal = {}, str(error)
    else:
        refusal = ""
    assert isinstance(found, dict)
    assert "\n" not in refusal
