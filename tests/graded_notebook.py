"""Graded notebooks made by hand, and the feedback pages that become of them."""

import base64

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_utils.grading.feedback import FeedbackExporter, HideTests

ABOUT = {
    "student": "ada", "assignment": "01_tiny", "notebook": "tiny",
    "score": 4.0, "max_score": 8.0, "late_penalty": 0,
}  # fmt: skip
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def text(source, **nbgrader):
    return _with(new_markdown_cell(source), nbgrader)


def code(source, *outputs, **nbgrader):
    return _with(new_code_cell(source, outputs=list(outputs)), nbgrader)


def _with(cell, nbgrader):
    if nbgrader:
        defaults = {"grade": False, "locked": False, "solution": False, "schema_version": 3}
        cell.metadata["nbgrader"] = defaults | nbgrader
    return cell


def question(key="total", title="Question 1 · Total (3 points)", body=""):
    return text(f"## {title}\n\n{body}", grade_id=f"ask_{key}", locked=True)


def answer(source="def total(values):\n    return sum(values)", *outputs, key="total", **more):
    return code(source, *outputs, grade_id=key, solution=True, **more)


def marked(grade_id, score, points, *outputs, source="checks.close(total([1]), 1, 'x')", **more):
    marks = {"grade": True, "locked": True, "score": score, "points": points}
    return code(source, *outputs, grade_id=grade_id, **marks, **more)


def hidden_cell(score, *outputs, source="secret = draw()\ncheck(secret)"):
    source = f"# Hidden tests\n### BEGIN HIDDEN TESTS\n{source}\n### END HIDDEN TESTS"
    return marked("hidden_total", score, 2, *outputs, source=source)


def printed(words):
    return new_output("stream", name="stdout", text=words)


def raised(name, message, *lines):
    return new_output("error", ename=name, evalue=message, traceback=list(lines))


def shown(**data):
    kinds = {key.replace("_", "/", 1): value for key, value in data.items()}
    kinds = {k.replace("image/svg", "image/svg+xml"): v for k, v in kinds.items()}
    return new_output("display_data", data=kinds)


def picture(content=PIXEL):
    return base64.b64encode(content).decode()


def page_of(*cells, **about):
    """Feedback page of a notebook with these cells, without a gradebook."""
    notebook = nbformat.from_dict(new_notebook(cells=list(cells)))
    resources = {"nbgrader": ABOUT | about}
    notebook, resources = HideTests().preprocess(notebook, resources)
    return FeedbackExporter(default_preprocessors=[]).from_notebook_node(notebook, resources)[0]
