import pytest

from tests.course_command import CourseCommand
from tests.in_this_process import InThisProcess
from tests.tiny_course import WITHOUT_KERNEL, make_course


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The tiny course, and nobody's class; the command is called in its folder."""
    monkeypatch.setenv("COURSE_CLASS", str(tmp_path / "class"))
    monkeypatch.setattr(InThisProcess, "ran", [])
    tree = make_course(tmp_path / "course", extra_config=WITHOUT_KERNEL)
    monkeypatch.chdir(tree.root)
    return tree


@pytest.fixture
def run(capsys, monkeypatch):
    return CourseCommand(capsys, monkeypatch)


@pytest.fixture
def refused(run):
    return run.refused
