import csv
import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.export.text_fields import decimals, integers, join_rows, words

float32 = st.floats(-1e5, 1e5, width=32)


def cells(field):
    return join_rows([field], b"\n").decode("utf-8").split("\n")[:-1]


@given(st.lists(float32 | st.just(float("nan")), min_size=1, max_size=30), st.integers(1, 6))
def test_decimals_read_as_python_formats_them(values, places):
    expected = ["" if np.isnan(v) else f"{v:.{places}f}" for v in values]
    unsigned_zero = [c[1:] if c.startswith("-") and not c.strip("-0.") else c for c in expected]
    assert cells(decimals(np.array(values, np.float32), places)) == unsigned_zero


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30))
def test_integers_have_no_leading_zeros(values):
    assert cells(integers(np.array(values))) == [str(value) for value in values]


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_words_come_back_through_a_csv_reader(texts):
    text = join_rows([words(texts), words(["x"] * len(texts))], b",\n").decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [[text, "x"] for text in texts]


def test_a_name_that_is_no_unicode_is_written_all_the_same():
    assert cells(words(["a\udcff.png"])) == [r"a\udcff.png"]
