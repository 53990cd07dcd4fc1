"""Where data lies."""

import subprocess
import sys
from pathlib import Path

import pytest

from course_utils.datasets.errors import DataError
from course_utils.datasets.store import data_folder, find, place


def test_the_environment_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "not yet there"))
    assert data_folder() == tmp_path / "not yet there"
    assert not data_folder().exists()
    monkeypatch.setenv("COURSE_DATA", "~/digits")
    assert data_folder() == Path.home() / "digits"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSE_DATA", "digits")
    assert data_folder() == tmp_path / "digits"


@pytest.mark.parametrize("value", [None, ""])
def test_otherwise_it_is_a_cache_of_the_user(monkeypatch, tmp_path, value):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if value is None:
        monkeypatch.delenv("COURSE_DATA", raising=False)
    else:
        monkeypatch.setenv("COURSE_DATA", value)
    assert data_folder().name == "course_utils"
    if sys.platform == "linux":
        assert data_folder() == tmp_path / "course_utils"


def test_a_file_is_no_folder(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "file"))
    with pytest.raises(DataError, match=r"COURSE_DATA must name a folder, and .*file is none"):
        data_folder()


def test_files_lie_in_the_folder_or_in_its_subfolder(tmp_path):
    assert place(tmp_path, "set", ("a", "b")) == tmp_path / "set"
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "a").touch()
    assert place(tmp_path, "set", ("a", "b")) == tmp_path / "set"
    (tmp_path / "b.gz").touch()
    assert place(tmp_path, "set", ("a", "b")) == tmp_path


def test_find(tmp_path):
    assert find(tmp_path, "a") is None
    (tmp_path / "a").mkdir()
    assert find(tmp_path, "a") is None, "a folder is no file"
    (tmp_path / "a.gz").touch()
    assert find(tmp_path, "a") == tmp_path / "a.gz"
    (tmp_path / "b").touch()
    (tmp_path / "b.gz").touch()
    assert find(tmp_path, "b") == tmp_path / "b"


def test_a_folder_of_ones_own_needs_no_pooch(tmp_path):
    code = (
        "import sys; from course_utils.datasets import mnist; mnist.missing_files();"
        "sys.exit('pooch' in sys.modules or 'requests' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"COURSE_DATA": str(tmp_path)})
