"""What an executed submission says by nbgrader's rules: points, comments, when it was handed in."""

from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import (
    compute_checksum,
    determine_grade,
    is_grade,
    is_solution,
    is_task,
    parse_utc,
)


class UnusableSubmission(Exception):
    """A submission that cannot be recorded; the message is one line. The gradebook is unchanged."""


def auto_scores(graded: NotebookNode) -> dict[str, float | None]:
    """Points of each graded cell, by ``grade_id``; None where a person has to mark it.

    Raises
    ------
    UnusableSubmission
        Where a test's partial credit is not between 0 and the points of its cell.
    """
    scores: dict[str, float | None] = {}
    for cell in filter(is_grade, graded.cells):
        grade_id = cell.metadata.nbgrader.grade_id
        try:
            scores[grade_id], _ = determine_grade(cell)
        except (ValueError, KeyError) as error:
            raise UnusableSubmission(f"test {grade_id!r} gives no points: {error}") from None
    return scores


def auto_comments(graded: NotebookNode) -> dict[str, str | None]:
    """nbgrader's comment on each answer, by ``grade_id``: on one left as handed out, else None."""
    comments: dict[str, str | None] = {}
    for cell in graded.cells:
        if is_solution(cell) or is_task(cell):
            about = cell.metadata.nbgrader
            untouched = about.get("checksum") == compute_checksum(cell) and not is_task(cell)
            comments[about.grade_id] = "No response." if untouched else None
    return comments


def hand_in_time(folder: Path) -> datetime | None:
    """Time in ``timestamp.txt``, without time zone, in UTC; None where nothing says it.

    Raises
    ------
    UnusableSubmission
        Where the file holds something else.
    """
    path = folder / "timestamp.txt"
    if not path.is_file():
        return None
    with path.open("rb") as file:
        content = file.read(200).decode(errors="replace").strip()
    try:
        return parse_utc(content) if content else None
    except (ValueError, OverflowError):
        raise UnusableSubmission(
            f"timestamp.txt holds {content[:40]!r}, no time; write one like "
            "2026-03-31 14:00:00 UTC into it, or delete it"
        ) from None
