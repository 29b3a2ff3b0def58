"""Where compiled programs are kept: whose folder, how much of it, and what makes another one."""

import os
from pathlib import Path

import pytest

from rnnlab import compilation_cache
from rnnlab.compilation_cache import VARIABLE


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    monkeypatch.delenv("TF_XLA_FLAGS", raising=False)
    monkeypatch.setattr(compilation_cache, "LEAST_FREE_BYTES", 0)
    return tmp_path / "cache"


@pytest.fixture
def opened(root, monkeypatch) -> Path:
    """The folder of a process that has been started to use the cache."""
    for name, value in compilation_cache.environment().items():
        monkeypatch.setenv(name, value)
    found = compilation_cache.folder()
    assert found is not None
    assert found.parent == root
    return found


def test_the_folder_is_the_users_alone_and_named_to_xla(opened):
    assert opened.stat().st_mode & 0o077 == 0
    assert f"--tf_xla_persistent_cache_directory={opened}" in os.environ["TF_XLA_FLAGS"].split()


@pytest.mark.usefixtures("root")
def test_flags_that_were_set_stay(monkeypatch):
    monkeypatch.setenv("TF_XLA_FLAGS", "--tf_xla_clustering_debug")
    assert "--tf_xla_clustering_debug" in compilation_cache.environment()["TF_XLA_FLAGS"].split()


def test_another_processor_another_tensorflow_or_other_code_have_another_folder(monkeypatch):
    keys = {compilation_cache._key()}
    for name in ("_processor", "_tensorflow"):
        with monkeypatch.context() as changed:
            changed.setattr(compilation_cache, name, lambda: "another")
            keys.add(compilation_cache._key())
    with monkeypatch.context() as changed:
        changed.setattr(compilation_cache, "_SOURCES", ("engine",))
        keys.add(compilation_cache._key())
    assert len(keys) == 4
    assert compilation_cache._key() in keys


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="only POSIX has owners and modes")
def test_a_folder_that_others_can_write_to_is_not_used(root, caplog):
    compilation_cache.environment()
    (own,) = root.iterdir()
    own.chmod(0o777)
    assert compilation_cache.environment() == {}
    assert str(own) in caplog.text


@pytest.mark.parametrize("place", ["", "with space"])
def test_without_a_usable_place_nothing_is_kept(tmp_path, monkeypatch, place):
    monkeypatch.setenv(VARIABLE, place and str(tmp_path / place))
    assert compilation_cache.environment() == {}
    monkeypatch.delenv(compilation_cache._OPENED, raising=False)
    assert compilation_cache.folder() is None
    assert not compilation_cache.clear()


def test_a_place_that_is_no_folder_is_told_and_not_used(tmp_path, monkeypatch, caplog):
    (tmp_path / "file").touch()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    assert compilation_cache.environment() == {}
    assert "cannot be kept" in caplog.text


@pytest.mark.usefixtures("root")
def test_on_a_full_disk_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(compilation_cache, "LEAST_FREE_BYTES", 2**63)
    assert compilation_cache.environment() == {}


def test_the_oldest_files_go_first(opened, monkeypatch):
    for age in range(5):
        file = opened / f"{age}.pb"
        file.write_bytes(bytes(100))
        os.utime(file, (1_000 - age, 1_000 - age))
    monkeypatch.setattr(compilation_cache, "MOST_BYTES", 250)
    compilation_cache.environment()
    assert sorted(file.name for file in opened.iterdir()) == ["0.pb", "1.pb"]


def test_clearing_says_whether_there_was_anything(opened):
    assert not compilation_cache.clear()
    (opened / "some.pb").touch()
    assert compilation_cache.clear()
    assert list(opened.iterdir()) == []
