"""A handed-in notebook, looked at before anything is executed."""

import hashlib
import json
import os
import stat
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_utils.grading.auto_marks import UnusableSubmission

#: A notebook with plots is well under this; more is a mistake or an attack.
MAX_BYTES = 20_000_000

#: Far more than a person writes; each costs time, in grading and in feedback.
_MOST_CELLS = 2_000
#: Characters of a notebook in a format before 4, which takes long to be brought up to date.
_LARGEST_OLD = 2_000_000


def find_submissions(class_folder: Path, assignment: str) -> list[Path]:
    """Folders ``submitted/<student>/<assignment>``, by student."""
    return sorted(
        path for path in class_folder.glob(f"submitted/[!.]*/{assignment}") if path.is_dir()
    )


@dataclass(frozen=True)
class Submission:
    """What a student handed in, read once: what changes on disk later does not matter.

    Parameters
    ----------
    folder
        ``submitted/<student>/<assignment>``.
    content
        The notebook's bytes; empty where there is none.
    files
        The other files, by name.
    fault
        Why there is no notebook to read, and what to ask for; else None.
    """

    folder: Path
    content: bytes
    files: dict[str, bytes]
    fault: str | None = None

    @property
    def student(self) -> str:
        """Name of the student: of the folder."""
        return self.folder.parent.name

    def fingerprint(self, source: bytes) -> str:
        """Hash of all that was handed in and of the source notebook it is graded with."""
        parts = [self.content, source]
        for name, content in sorted(self.files.items()):
            parts += [name.encode(errors="replace"), content]
        hashes = b"".join(hashlib.sha256(part).digest() for part in parts)
        return hashlib.sha256(hashes).hexdigest()


def read_submission(folder: Path, file_name: str) -> Submission:
    """Read what lies in a submission's folder."""
    notebook = folder / file_name
    fault, content = None, b""
    student = folder.parent.name
    if student != student.strip() or set(student) & set("*?["):
        fault = f"nbgrader takes the folder name {student!r} for a pattern; rename the folder"
    elif notebook.is_symlink():
        fault = f"{file_name} is a link, not a file; ask for the file itself"
    elif not notebook.is_file():
        others = ", ".join(sorted(p.name for p in folder.glob("*.ipynb"))) or "no notebook"
        fault = f"{file_name} is missing (found {others}); ask for the file under its own name"
    elif notebook.stat().st_size > MAX_BYTES:
        size = notebook.stat().st_size / 1e6
        fault = f"{file_name} has {size:.0f} MB; ask for it with all outputs cleared"
    else:
        read = _read_regular(notebook, MAX_BYTES)
        content = read or b""
        fault = None if read is not None else f"{file_name} cannot be read; see its permissions"
    return Submission(folder, content, other_files(folder, file_name), fault)


def parse(submission: Submission, released: NotebookNode, file_name: str) -> NotebookNode:
    """The notebook of a submission, in the present format.

    Parameters
    ----------
    submission
        As read.
    released
        The student notebook as it was handed out.
    file_name
        What the notebook is called, for messages.

    Raises
    ------
    UnusableSubmission
        Saying why it cannot be graded, and what to ask for.
    """
    if submission.fault is not None:
        raise UnusableSubmission(submission.fault)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what nbformat mends in older notebooks is no fault
            text = _without_outputs(submission.content.decode("utf-8-sig"))
            invalid: dict[str, Exception] = {}
            notebook = nbformat.reads(text, as_version=4, capture_validation_error=invalid)
            for error in invalid.values():
                raise error
        fault = _find_changed_cell(notebook, released)
    except Exception as error:  # whatever a file may hold, the rest of the class goes on
        reason = str(error).splitlines()[0][:100] if str(error) else type(error).__name__
        fault = f"{file_name} is no readable notebook ({reason}); ask for it again"
    if fault is not None:
        raise UnusableSubmission(fault)
    return notebook


def _without_outputs(text: str) -> str:
    """The notebook without its outputs, which do not count and may be slow to check.

    Raises
    ------
    ValueError
        Where it is no notebook, or larger than any honest one.
    """
    content = json.loads(text)
    if not isinstance(content, dict):
        raise ValueError("not a notebook")
    if content.get("nbformat") != 4 and len(text) > _LARGEST_OLD:
        raise ValueError(f"{len(text) / 1e6:.0f} MB in an old format")
    cells = content.get("cells", [])
    if isinstance(cells, list) and len(cells) > _MOST_CELLS:
        raise ValueError(f"{len(cells):,} cells")
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict) and isinstance(cell.get("outputs"), list):
            cell["outputs"] = []
    return json.dumps(content)


def _find_changed_cell(submitted: NotebookNode, released: NotebookNode) -> str | None:
    kinds = _kinds(released)
    counts = Counter(_grade_id(cell) for cell in submitted.cells)
    for grade_id in kinds:
        if counts[grade_id] > 1:
            return f"cell {grade_id!r} is there {counts[grade_id]} times; ask which one counts"
    missing = [grade_id for grade_id in kinds if counts[grade_id] == 0]
    if missing:
        return (
            f"cells were deleted: {', '.join(missing)}; "
            f"ask for the work copied into a fresh notebook"
        )
    found = _kinds(submitted)
    for grade_id, kind in kinds.items():
        if grade_id not in found:
            return f"cell {grade_id!r} is not marked any more; ask for the work in a fresh notebook"
        if found[grade_id] != kind:
            return (
                f"cell {grade_id!r} was turned from {kind} into {found[grade_id]}; ask for it again"
            )
    return None


def _kinds(notebook: NotebookNode) -> dict[str, str]:
    """{grade_id: cell type} of the answers and tests."""
    marked = [
        cell
        for cell in notebook.cells
        if any(cell.metadata.get("nbgrader", {}).get(key) for key in ("grade", "solution"))
    ]
    return {_grade_id(cell): cell.cell_type for cell in marked}


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


#: What other files of a submission may have together.
_MOST_FILES, _MOST_BYTES = 200, 20_000_000


def other_files(folder: Path, notebook: str) -> dict[str, bytes]:
    """Files a submission came with beside its notebook: name in the folder → content.

    Links are left out, and so is what is no regular file; of too many or too large ones, the rest.
    """
    found: dict[str, bytes] = {}
    left = _MOST_BYTES
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            inner = str(path.relative_to(folder))
            if inner in (notebook, "timestamp.txt") or name.startswith("."):
                continue
            if len(found) == _MOST_FILES:
                return found
            content = _read_regular(path, left)
            if content is not None:
                found[inner] = content
                left -= len(content)
    return found


def _read_regular(path: Path, most: int) -> bytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None  # a link, or gone
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_size > most:
            return None
        return file.read(most)
