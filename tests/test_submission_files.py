"""The folder of a submission: what is read of it, what is not, and what it is known by."""

import os
from pathlib import Path

import pytest

from course_utils.grading.submission import find_submissions, other_files, read_submission
from course_utils.release import notebook_bytes, source_notebook, student_notebook
from tests.handed_in import why_unusable
from tests.tiny_course import FILE, NAME, RIGHT, SPOKEN, answered, make_course
from tests.unprivileged import open_folder, ordinary_user


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def handed_out(course):
    return student_notebook(source_notebook(course, NAME))


@pytest.fixture(scope="module")
def good(course):
    return answered(course, RIGHT, SPOKEN)


def test_a_file_that_may_not_be_read(good, handed_out):
    with open_folder() as folder:
        path = folder / FILE
        path.write_bytes(notebook_bytes(good))
        readable = read_submission(folder, FILE)
        path.chmod(0)
        with ordinary_user():
            submission = read_submission(folder, FILE)
        assert submission.content == b""
        assert why_unusable(submission, handed_out) == (
            f"{FILE} cannot be read; see its permissions"
        )
        assert submission.fingerprint(b"source") != readable.fingerprint(b"source")
        path.unlink()
        path.mkdir()
        assert "is missing" in why_unusable(read_submission(folder, FILE), handed_out)


def test_a_link_is_not_followed(tmp_path, good, handed_out):
    (tmp_path / "elsewhere.ipynb").write_bytes(notebook_bytes(good))
    folder = tmp_path / "submitted" / "ada" / NAME
    folder.mkdir(parents=True)
    for target in (tmp_path / "elsewhere.ipynb", tmp_path / "nowhere", Path("/dev/zero")):
        (folder / FILE).unlink(missing_ok=True)
        (folder / FILE).symlink_to(target)
        submission = read_submission(folder, FILE)
        assert submission.content == b""
        assert why_unusable(submission, handed_out) == (
            f"{FILE} is a link, not a file; ask for the file itself"
        )


def test_a_pipe_keeps_nobody_waiting(tmp_path, handed_out):
    os.mkfifo(tmp_path / FILE)
    os.mkfifo(tmp_path / "data.csv")
    submission = read_submission(tmp_path, FILE)
    assert "is missing" in why_unusable(submission, handed_out)
    assert submission.files == {}


def test_other_files_come_along_and_links_do_not(tmp_path):
    folder = tmp_path / "ada"
    for name, content in {
        FILE: b"{", "timestamp.txt": b"2026-03-01", "notes.txt": b"mine", ".hidden": b"x",
        "data/a.csv": b"1,2", ".git/config": b"x", f"data/{FILE}": b"inner",
    }.items():  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (tmp_path / "secret.txt").write_text("of somebody else")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    found = other_files(folder, FILE)
    assert found == {"notes.txt": b"mine", "data/a.csv": b"1,2", f"data/{FILE}": b"inner"}
    assert read_submission(folder, FILE).files == found


def test_of_too_many_or_too_large_files_the_rest_stays(tmp_path):
    for number in range(210):
        (tmp_path / f"{number:03d}.txt").write_bytes(b"x")
    assert sorted(other_files(tmp_path, FILE)) == [f"{n:03d}.txt" for n in range(200)]
    with (tmp_path / "000.txt").open("wb") as file:
        file.truncate(19_999_990)
    with (tmp_path / "005.txt").open("wb") as file:
        file.truncate(100)
    found = other_files(tmp_path, FILE)
    assert len(found["000.txt"]) == 19_999_990
    assert "005.txt" not in found
    assert sum(map(len, found.values())) == 20_000_000


def test_fingerprint_changes_with_the_submission_and_with_the_source(tmp_path):
    def fingerprint(source=b"source"):
        return read_submission(tmp_path, FILE).fingerprint(source)

    path = tmp_path / FILE
    path.write_bytes(b"one")
    first = fingerprint()
    assert fingerprint() == first
    assert fingerprint(b"source 2") != first
    path.write_bytes(b"two")
    assert fingerprint() != first
    path.unlink()
    assert fingerprint() != first
    path.write_bytes(b"one")
    (tmp_path / "data.csv").write_bytes(b"1")
    assert fingerprint() != first
    (tmp_path / "data.csv").rename(tmp_path / "other.csv")
    second = fingerprint()
    (tmp_path / "other.csv").write_bytes(b"2")
    assert len({first, second, fingerprint()}) == 3
    (tmp_path / "other.csv").unlink()
    assert fingerprint() == first


def test_what_was_read_stays_as_it_was_read(tmp_path, good, handed_out):
    """A file that changes between the look and the run changes nothing."""
    path = tmp_path / FILE
    path.write_bytes(notebook_bytes(good))
    submission = read_submission(tmp_path, FILE)
    mark = submission.fingerprint(b"source")
    path.write_bytes(b"{")
    assert submission.fingerprint(b"source") == mark
    assert why_unusable(submission, handed_out) is None


def test_submissions_are_folders_in_order(tmp_path):
    for name in ("bob", "ada", ".ipynb_checkpoints"):
        (tmp_path / "submitted" / name / NAME).mkdir(parents=True)
    (tmp_path / "submitted" / "carl").mkdir()
    (tmp_path / "submitted" / "carl" / NAME).write_text("a file")
    (tmp_path / "submitted" / "dora" / "02_other").mkdir(parents=True)
    assert [path.parent.name for path in find_submissions(tmp_path, NAME)] == ["ada", "bob"]
    assert find_submissions(tmp_path / "nowhere", NAME) == []
