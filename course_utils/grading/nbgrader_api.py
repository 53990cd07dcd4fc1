"""nbgrader, set up as its own commands would be when started in the course's folder."""

import logging
import os
import sys
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

from course_utils.course_tree import CLASS_VARIABLE, CourseTree

# What nbgrader logs is read from its results; the terminal belongs to the course's own lines.
_SILENT_LOG = logging.getLogger("course_utils.grading")
_SILENT_LOG.setLevel(logging.ERROR)
_SILENT_LOG.propagate = False
_SILENT_LOG.addHandler(logging.NullHandler())


def connect(tree: CourseTree) -> NbGraderAPI:
    """Open nbgrader's actions and gradebook for the class of a course."""
    config = load_config(tree)
    api = NbGraderAPI(config=config, coursedir=CourseDirectory(config=config))
    api.log = _SILENT_LOG
    return api


def load_config(tree: CourseTree) -> Config:
    """Settings in ``nbgrader_config.py``."""
    before = os.environ.get(CLASS_VARIABLE, "")
    os.environ[CLASS_VARIABLE] = str(tree.class_folder)  # the file asks for it
    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(tree.root)).load_config()
    finally:
        os.environ[CLASS_VARIABLE] = before


def make_alembic_findable() -> None:
    """Put the folder of this Python on PATH: nbgrader starts `alembic` by name.

    It makes a new gradebook with it, and finds none where the environment is not activated.
    """
    beside_python = str(Path(sys.executable).parent)
    if beside_python not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = beside_python + os.pathsep + os.environ.get("PATH", os.defpath)
