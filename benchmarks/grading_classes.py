"""Three assignments and their classes, to measure grading on: a real one and two made for it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from course_utils.course_tree import CourseTree, notebook_name
from course_utils.grading.class_run import ClassRun
from course_utils.release import notebook_bytes, source_notebook, student_notebook

REPOSITORY = Path(__file__).resolve().parent.parent

_HEAD = """\
# %% [markdown]
# # An assignment to measure
# (2 points)

# %% nbgrader={"grade_id": "setup", "locked": true}
### SETUP

# %% nbgrader={"grade_id": "imports", "locked": true}
import matplotlib.pyplot as plt
import numpy as np
import torch

from course_utils import checks

# %% [markdown] nbgrader={"grade_id": "ask_answer", "locked": true}
# ## Question 1 · An answer (2 points)
"""
_TESTS = """
# %% nbgrader={"grade_id": "test_answer", "points": 1}
checks.close(answer(2.0), 4.0, "answer(2)")

# %% nbgrader={"grade_id": "hidden_answer", "points": 1}
### BEGIN HIDDEN TESTS
checks.close(answer(3.0), 9.0, "answer(3)")
### END HIDDEN TESTS
"""


def _answer(body: str) -> str:
    head = '\n# %% nbgrader={"grade_id": "answer", "solution": true}\ndef answer(x):\n'
    return f"{head}    ### BEGIN SOLUTION\n{body}    return x * x\n    ### END SOLUTION\n"


_CELL = "\n# %%\nvalues_{0} = np.arange({0}) + torch.ones({0}).numpy()\nprint(values_{0}.sum())\n"
_TRAIN = """
# %%
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(64, 256), torch.nn.Tanh(), torch.nn.Linear(256, 1))
optimiser = torch.optim.Adam(net.parameters())
inputs, targets = torch.randn(512, 64), torch.randn(512, 1)
for _ in range(400):
    optimiser.zero_grad()
    loss = ((net(inputs) - targets) ** 2).mean()
    loss.backward()
    optimiser.step()
print(loss.item() < 1)
"""

#: Text sources of the assignments made here, by name; the real one is the repository's.
MADE = {
    "91_imports": _HEAD + _answer("") + "".join(_CELL.format(n) for n in range(1, 13)) + _TESTS,
    "92_training": _HEAD + _answer("") + _TRAIN + _TESTS,
}
REAL = "03_perceptron"
TITLES = {
    REAL: "chapter 03's notebook",
    "91_imports": "17 cells that do little, importing PyTorch",
    "92_training": "imports PyTorch and trains a second",
}

_STOCK = """
c = get_config()
c.CourseDirectory.root = {root!r}
"""


@dataclass(frozen=True)
class Bench:
    """A course with one assignment, and as many classes as are asked for.

    Parameters
    ----------
    root
        Folder to write to.
    assignment
        Name: a key of `TITLES`.
    """

    root: Path
    assignment: str

    @property
    def course(self) -> Path:
        """Folder of the course, with the project's settings."""
        return self.root / "course"

    @property
    def tree(self) -> CourseTree:
        """The course."""
        return CourseTree(self.course)

    def write(self) -> None:
        """Write the course, and a gradebook that knows the assignment."""
        folder = self.course / "solutions" / self.assignment
        if self.assignment == REAL:
            shutil.copytree(REPOSITORY / "solutions" / REAL, folder)
        else:
            folder.mkdir(parents=True)
            path = folder / f"{notebook_name(self.assignment)}.py"
            path.write_text(MADE[self.assignment], encoding="utf-8")
        for name in ("pyproject.toml", "nbgrader_config.py"):
            shutil.copy(REPOSITORY / name, self.course)
        with class_folder(self.root / "empty"):
            self._hand_in("nobody", b"{")
            ClassRun(self.tree, self.assignment).grade(lambda outcome, kept: None)
        shutil.rmtree(self.root / "empty" / "submitted")
        shutil.rmtree(self.root / "empty" / "runs")

    def make_class(self, name: str, size: int) -> Path:
        """A class of students who all answered as the reference does."""
        shutil.copytree(self.root / "empty", self.root / name)
        content = notebook_bytes(self.answered())
        with class_folder(self.root / name) as folder:
            for number in range(size):
                self._hand_in(f"student{number:03}", content)
        return folder

    def answered(self) -> NotebookNode:
        """The student notebook with the reference's answers."""
        source = source_notebook(self.tree, self.assignment)
        answers = {cell.id: cell.source for cell in source.cells if _is_code_answer(cell)}
        notebook = student_notebook(source)
        for cell in notebook.cells:
            cell.source = answers.get(cell.id, cell.source)
        return notebook

    def stock(self, folder: Path) -> Path:
        """Folder with the settings under which nbgrader executes by itself."""
        place = self.root / "stock"
        place.mkdir()
        (place / "nbgrader_config.py").write_text(_STOCK.format(root=str(folder)))
        return place

    def _hand_in(self, student: str, content: bytes) -> None:
        folder = self.tree.class_folder / "submitted" / student / self.assignment
        folder.mkdir(parents=True)
        (folder / f"{notebook_name(self.assignment)}.ipynb").write_bytes(content)


def _is_code_answer(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.metadata.get("nbgrader", {}).get("solution"))


@contextmanager
def class_folder(folder: Path) -> Iterator[Path]:
    """Make a folder the class's, as the environment names it."""
    before = os.environ.get("COURSE_CLASS")
    os.environ["COURSE_CLASS"] = str(folder)
    try:
        yield folder
    finally:
        if before is None:
            del os.environ["COURSE_CLASS"]
        else:
            os.environ["COURSE_CLASS"] = before
