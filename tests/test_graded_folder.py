"""Which files of a submission reach the folder of graded ones."""

import os
import shutil

import pytest

from course_utils.grading.graded_folder import MAX_ENTRIES, GradedFolder
from tests.graded_class import grade_with_writer, new_class, submit
from tests.tiny_course import FILE, NAME, RIGHT


@pytest.fixture
def course(tmp_path, monkeypatch):
    return new_class(tmp_path, monkeypatch)


def names(folder):
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_only_regular_files_are_copied(course, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("of the instructor")
    files = {"data/x.csv": b"1", "other.ipynb": b"{}", "x.ipynb/y.txt": b"", ".hidden": b"h"}
    folder = submit(course, "ada", RIGHT, files=files)
    (folder / "link.txt").symlink_to(secret)
    (folder / "up").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    (folder / "timestamp.txt").symlink_to("/dev/zero")
    marks = grade_with_writer(course)["ada"]
    graded = course.class_folder / "autograded" / "ada" / NAME
    assert names(graded) == {FILE, "data/x.csv", ".hidden"}
    assert sorted(marks.notes) == [
        "link.txt is a link: not followed",
        "loop is a link: not followed",
        "pipe is no regular file: not copied",
        "timestamp.txt is a link: not followed",
        "up is a link: not followed",
    ]


def test_a_submission_does_not_replace_files_of_the_assignment(course):
    source = course.class_folder / "source" / NAME
    (source / "data").mkdir()
    (source / "data" / "x.csv").write_text("right")
    (source / "y.csv").write_text("right")
    folder = submit(course, "ada", files={"data/x.csv": b"forged", "y.csv/z": b"", "new": b"n"})
    grade_with_writer(course)
    graded = course.class_folder / "autograded" / "ada" / NAME
    assert names(graded) == {FILE, "data/x.csv", "y.csv", "new"}
    assert (graded / "data" / "x.csv").read_text() == "right"
    assert names(folder) > {"y.csv/z"}


def test_too_many_too_large_and_too_deep_files_are_left_out(tmp_path):
    origin = tmp_path / "origin"
    origin.mkdir()
    (origin / "a").write_bytes(b"a" * 100)
    (origin / "b").write_bytes(b"b" * 10)
    with GradedFolder(tmp_path / "graded") as folder:
        assert folder.copy(origin, [], 50) == ["a is too large: not copied"]
        assert names(folder.draft) == {"b"}
    deep = origin
    for _ in range(30):
        deep /= "d"
    deep.mkdir(parents=True)
    with GradedFolder(tmp_path / "graded") as folder:
        assert "too deep" in folder.copy(origin, [], 1000)[-1]
    shutil.rmtree(origin / "d")
    for number in range(MAX_ENTRIES):
        (origin / str(number)).touch()
    with GradedFolder(tmp_path / "graded") as folder:
        assert "too many" in folder.copy(origin, [], 1000)[-1]
        assert folder.copy(tmp_path / "missing", [], 10) == []
    assert not (tmp_path / "graded").exists()
    assert names(tmp_path) == {f"origin/{p.name}" for p in origin.iterdir()}
