"""A handed-in notebook, looked at before anything is executed."""

import hashlib
import warnings
from collections import Counter
from pathlib import Path

import nbformat
from nbformat import NotebookNode

#: A notebook with plots is well under this; more is a mistake or an attack.
MAX_BYTES = 20_000_000


def find_submissions(class_folder: Path, assignment: str) -> list[Path]:
    """Folders ``submitted/<student>/<assignment>``, by student."""
    return sorted(
        path for path in class_folder.glob(f"submitted/[!.]*/{assignment}") if path.is_dir()
    )


def fingerprint(notebook: Path, source: bytes) -> str:
    """Hash of a submission and of the source notebook it is graded with."""
    try:
        content = notebook.read_bytes()
    except OSError:
        content = b""  # `find_fault` says why
    return hashlib.sha256(hashlib.sha256(content).digest() + source).hexdigest()


def find_fault(notebook: Path, released: NotebookNode) -> str | None:
    """Why a submission cannot be graded, and what to ask for; None where it can.

    Parameters
    ----------
    notebook
        Where the submission should lie.
    released
        The student notebook as it was handed out.
    """
    student = notebook.parent.parent.name
    if student != student.strip() or set(student) & set("*?["):
        return f"nbgrader takes the folder name {student!r} for a pattern; rename the folder"
    if not notebook.is_file():
        others = ", ".join(sorted(p.name for p in notebook.parent.glob("*.ipynb"))) or "no notebook"
        return f"{notebook.name} is missing (found {others}); ask for the file under its own name"
    if notebook.stat().st_size > MAX_BYTES:
        size = notebook.stat().st_size / 1e6
        return f"{notebook.name} has {size:.0f} MB; ask for it with all outputs cleared"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what nbformat mends in older notebooks is no fault
            submitted = nbformat.reads(notebook.read_text(encoding="utf-8"), as_version=4)
            nbformat.validate(submitted)
        return _find_changed_cell(submitted, released)
    except Exception as error:  # whatever a file may hold, the rest of the class goes on
        reason = str(error).splitlines()[0][:100] if str(error) else type(error).__name__
        return f"{notebook.name} is no readable notebook ({reason}); ask for it again"


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
