import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from course_utils.course_tree import CourseTree
from course_utils.grading.sandbox import why_unavailable

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def tree():
    return CourseTree(REPOSITORY)


@pytest.fixture(scope="session")
def sandbox():
    """For tests that run answers in bubblewrap: skipped, with the reason, where it cannot be had."""
    if reason := why_unavailable():
        if os.environ.get("COURSE_REQUIRE_SANDBOX"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def site(tree, tmp_path_factory, worker_id):
    """The book as readers see it, built now where it is not up to date; once for all workers."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    with FileLock(shared / "site.lock"):
        if not (built := shared / "site.built").exists():
            command = [sys.executable, str(tree.root / "book" / "build.py")]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
            built.touch()
    return tree.root / "_build" / "html"
