from pathlib import Path

import pytest

from course_utils.course_tree import CourseTree

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def tree():
    return CourseTree(REPOSITORY)
