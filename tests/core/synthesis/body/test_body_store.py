from importlib.metadata import PackageNotFoundError

import pytest

from core.errors import BadInput
from core.synthesis.body import body_store


def test_a_missing_extra_is_said_in_a_sentence(monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(body_store, "version", missing)
    with pytest.raises(BadInput, match=r"pip install 'shift-studio\[synthetic\]'"):
        body_store.load_arrays()


def test_the_model_is_built_once_and_kept(monkeypatch, tmp_path):
    made = []

    def export():
        made.append(1)
        return {"faces": __import__("numpy").zeros((2, 3))}

    monkeypatch.setenv("SHIFT_STUDIO_CACHE", str(tmp_path))
    monkeypatch.setattr(body_store, "export_arrays", export)
    assert not body_store.is_prepared()
    first, second = body_store.load_arrays(), body_store.load_arrays()
    assert body_store.is_prepared()
    assert made == [1]
    assert (first["faces"] == second["faces"]).all()


def test_an_interrupted_build_leaves_nothing(monkeypatch, tmp_path):
    def stopped():
        raise KeyboardInterrupt

    monkeypatch.setenv("SHIFT_STUDIO_CACHE", str(tmp_path))
    monkeypatch.setattr(body_store, "export_arrays", stopped)
    with pytest.raises(KeyboardInterrupt):
        body_store.load_arrays()
    assert not body_store.is_prepared()
