"""From a graded notebook to what its feedback page says."""

import re
import textwrap
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution, is_task

from course_utils.grading import inert
from course_utils.grading.feedback_page import Failure, Output, Page, Part, Question
from course_utils.grading.marks import diagnose, question_of

#: Outputs of one cell.
MAX_OUTPUTS = 40
MAX_TRACEBACK_LINES = 60

#: "(3 points)", "(4 points, marked by a person)" at the end of a question's heading
_POINTS = re.compile(r"\s*\([\d.]+ points?[^()]*\)\s*$")


def build_page(nb: NotebookNode, about: Mapping[str, Any]) -> Page:
    """Gather what a feedback page says.

    Parameters
    ----------
    nb
        Graded notebook with the marks in its metadata (`feedback.ReadMarks`), its hidden tests
        taken out (`feedback.HideTests`).
    about
        ``student, assignment, notebook, score, max_score, late_penalty``: nbgrader's resources.
    """
    title = ""
    questions = [Question()]
    for cell in nb.cells:
        source = cell.source
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        is_ask = grade_id.startswith("ask_")
        if cell.cell_type == "markdown" and not (title or is_ask):
            title, source = inert.split_heading(source)
        if is_ask:
            heading, body = inert.split_heading(source)
            heading = heading or question_of(grade_id).replace("_", " ")
            name = _POINTS.sub("", inert.words(heading))
            questions.append(
                Question(question_of(grade_id), name, inert.inline(heading), inert.prose(body))
            )
        else:
            questions[-1].parts.append(_part(cell, source, questions[-1].name))
    title = title or about["assignment"]
    return Page(
        title=inert.words(title),
        heading=inert.inline(title),
        student=about["student"],
        assignment=about["assignment"],
        score=float(about["score"]),
        max_score=float(about["max_score"]),
        late_penalty=float(about["late_penalty"] or 0),
        questions=[q for q in questions if q.key or q.parts],
    )


def _part(cell: NotebookNode, source: str, question: str) -> Part:
    nbgrader = cell.metadata.get("nbgrader", {})
    part = Part("text" if cell.cell_type == "markdown" else "code")
    outputs = cell.get("outputs", [])
    if is_grade(cell) and not is_solution(cell) and cell.cell_type == "code":
        hidden = is_hidden(cell)
        part.kind = "test"
        part.title = "Hidden tests" if hidden else "Visible tests"
        errors = [output for output in outputs if output.output_type == "error"]
        part.failure = _failure(errors[0], hidden) if errors else None
        outputs = [] if hidden else [o for o in outputs if o.output_type != "error"]
        source = "" if hidden else source
    elif is_solution(cell) or is_grade(cell) or is_task(cell):
        part.kind, part.title = "answer", "Your answer"
    elif cell.cell_type == "code" and nbgrader.get("locked"):
        part.kind = "given"
    if part.title:
        part.anchor = f"{part.kind}-{nbgrader.get('grade_id', '')}"
        part.question = question
        comment = nbgrader.get("comment") or ""
        # What nbgrader itself says of an empty answer; here its tests or its label say so.
        part.comment = inert.prose("" if comment == "No response." else comment, top=5)
    if is_grade(cell) or is_task(cell):
        part.points = None if nbgrader.get("waits") else nbgrader.get("score")
        part.top, part.by_hand = nbgrader.get("points"), bool(nbgrader.get("by_hand"))
    part.is_code = cell.cell_type != "markdown"
    part.html = _shown_source(cell, source, part.kind)
    shown = [_output(output) for output in outputs[:MAX_OUTPUTS]]
    part.outputs = [output for output in shown if output != Output()]
    if len(outputs) > MAX_OUTPUTS:
        part.outputs.append(Output(note=f"left out: {len(outputs) - MAX_OUTPUTS:,} more outputs"))
    return part


def is_hidden(cell: NotebookNode) -> bool:
    """Whether a test cell is one that students do not get to see."""
    return (
        cell.metadata.nbgrader.get("grade_id", "").startswith("hidden_")
        or "BEGIN HIDDEN TESTS" in cell.source
    )


def _shown_source(cell: NotebookNode, source: str, kind: str) -> Markup:
    if cell.cell_type == "markdown":
        return inert.prose(source, top=3 if kind == "text" else 4)
    shown, note = inert.plain(source, lines=1000)
    html = inert.code(shown) if cell.cell_type == "code" else Markup.escape(shown)
    return html + Markup("\n<i>… {}</i>").format(note) if note else html


def _failure(error: NotebookNode, hidden: bool) -> Failure:
    """What a student may read of a failed test; the lines that give values away only if visible."""
    detail = traceback = ""
    if not hidden:
        detail = textwrap.dedent("\n".join(error.evalue.rstrip().split("\n")[1:]))
    diagnosis = diagnose(error.ename, error.evalue)
    if error.ename not in ("CheckFailed", "Stopped") and diagnosis != "not answered":
        traceback = _traceback(error)
    return Failure(diagnosis, inert.plain(detail)[0], traceback)


def _traceback(error: NotebookNode) -> str:
    lines = "\n".join(error.traceback).split("\n")
    if len(lines) > MAX_TRACEBACK_LINES:
        half = MAX_TRACEBACK_LINES // 2
        left_out = len(lines) - 2 * half
        lines = [*lines[:half], f"… left out: {left_out:,} lines …", *lines[-half:]]
    return inert.plain("\n".join(lines))[0]


def _output(output: NotebookNode) -> Output:
    if output.output_type == "stream":
        text, note = inert.plain(output.text)
        return Output(text if text.strip() else "", note)
    if output.output_type == "error":
        text = _traceback(output) or diagnose(output.ename, output.evalue)
        return Output(text, is_error=True)
    text, note = inert.plain("".join(output.data.get("text/plain", "")))
    for kind in ("image/png", "image/jpeg"):
        if kind in output.data:
            address = inert.image(kind, output.data[kind])
            if address:
                return Output(image=address, alt=text or "Plot")
            note = "left out: a picture, too large or damaged"
    if not (text or note):
        note = f"left out: an output of kind {', '.join(output.data) or 'unknown'}"
    return Output(text, note)
