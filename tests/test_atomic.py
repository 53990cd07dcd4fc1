"""A file is the old one or the new one, whatever goes wrong in between."""

import errno
import os
from pathlib import Path

import pytest

from course_utils.atomic import write_atomically
from course_utils.course_tree import CourseError
from tests.unprivileged import open_folder, ordinary_user


@pytest.fixture
def folder():
    with open_folder() as path:
        yield path


@pytest.fixture
def target(folder):
    path = folder / "notebook.ipynb"
    path.write_bytes(b"old")
    return path


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def open_files():
    """What Linux says this process has open; nothing elsewhere."""
    return {path.name for path in Path("/proc/self/fd").glob("*")}


def test_replaces_a_file(target):
    write_atomically(target, b"new")
    assert contents(target.parent) == {"notebook.ipynb": b"new"}
    assert target.stat().st_mode & 0o777 == 0o644


def test_makes_the_folders_on_the_way(folder):
    write_atomically(folder / "a" / "b" / "file", b"\x00\n\r\n")
    assert (folder / "a" / "b" / "file").read_bytes() == b"\x00\n\r\n"


def test_a_reader_never_sees_half_a_file(target, monkeypatch):
    """Until the last step the old file is in its place, complete."""
    seen = []
    replace = Path.replace

    def watch(self, other):
        seen.append((target.read_bytes(), self.read_bytes(), self.parent == target.parent))
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", watch)
    write_atomically(target, b"new")
    assert seen == [(b"old", b"new", True)]  # one file system: renaming is one step


@pytest.mark.parametrize("step", ["fdopen", "chmod", "replace"])
@pytest.mark.parametrize(
    ("error", "raised", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), CourseError, "No space left on device"),
        (KeyboardInterrupt("Ctrl-C"), KeyboardInterrupt, "Ctrl-C"),
    ],
    ids=["disk full", "interrupted"],
)
def test_what_fails_leaves_the_target_as_it_was(target, monkeypatch, step, error, raised, words):
    handles = open_files()

    def fail(*arguments, **options):
        if step == "fdopen":
            os.close(arguments[0])
        raise error

    monkeypatch.setattr(os if step == "fdopen" else Path, step, fail)
    with pytest.raises(raised, match=words):
        write_atomically(target, b"new")
    monkeypatch.undo()
    assert contents(target.parent) == {"notebook.ipynb": b"old"}
    assert open_files() <= handles


def test_a_disk_that_fills_up_while_writing():
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full to write to")
    with pytest.raises(OSError, match="No space left"), Path("/dev/full").open("wb") as file:
        file.write(b"x" * 100_000)


def test_a_folder_that_cannot_be_written(target):
    target.parent.chmod(0o555)
    with ordinary_user():
        assert target.read_bytes() == b"old"  # it may read, and yet:
        with pytest.raises(CourseError, match=r"cannot write in .*: Permission denied"):
            write_atomically(target, b"new")
    assert contents(target.parent) == {"notebook.ipynb": b"old"}


def test_a_folder_that_cannot_be_made(folder):
    folder.chmod(0o555)
    with (
        ordinary_user(),
        pytest.raises(CourseError, match=r"cannot write in .*: Permission denied"),
    ):
        write_atomically(folder / "new" / "file", b"new")
    assert contents(folder) == {}


def test_a_file_where_a_folder_should_be(target):
    with pytest.raises(CourseError, match=r"cannot write in .*notebook\.ipynb: "):
        write_atomically(target / "file", b"new")
    assert target.read_bytes() == b"old"


def test_a_folder_where_the_file_should_be(folder):
    (folder / "name").mkdir()
    with pytest.raises(CourseError, match=r"cannot write .*name: Is a directory"):
        write_atomically(folder / "name", b"new")
    assert [path.name for path in folder.iterdir()] == ["name"]


def test_messages_are_one_line(target):
    with pytest.raises(CourseError) as failure:
        write_atomically(target / "file", b"new")
    assert "\n" not in str(failure.value)
