import subprocess
import sys
from pathlib import Path

import pytest

from course_utils.course_tree import CourseTree

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def tree():
    return CourseTree(REPOSITORY)


@pytest.fixture(scope="session")
def site(tree):
    """The book as readers see it, built now where it is not up to date."""
    command = [sys.executable, str(tree.root / "book" / "build.py")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return tree.root / "_build" / "html"
