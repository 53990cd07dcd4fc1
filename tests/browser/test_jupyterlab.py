"""What a student and an instructor see: JupyterLab, Validate, live laboratories, the formgrader."""

import re
import shutil

import nbformat
import pytest
from lab_server import jupyter_lab

from course_utils.course_tree import CourseTree
from course_utils.grading.class_run import ClassRun
from course_utils.grading.sample_class import write_sample_class
from course_utils.release import source_notebook, student_notebook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.console_errors_allowed,
]

ASSIGNMENT = "03_perceptron"
#: {notebook: cells}: show a laboratory, change it from Python, read it in Python
LIVE = {
    "decision": [
        "from course_utils.explore import DecisionPlay\nplay = DecisionPlay()\nplay",
        "play.prior = 0.5",
        "print('in Python', play.prior)",
    ],
    "perceptron": [
        "from course_utils.explore import PerceptronPlay\nplay = PerceptronPlay()\nplay",
        "play.steps = 4",
        "print('in Python', play.mistakes)",
    ],
}


@pytest.fixture(scope="module")
def checkout(tree, tmp_path_factory):
    """A copy of the course, as a student or an instructor has it, with a graded class of three."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ("solutions", "exercises"):
        shutil.copytree(tree.root / name, root / name)
    (root / "tests").mkdir()
    shutil.copytree(tree.answers, root / "tests" / "answers")
    for name in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(tree.root / name, root / name)
    copy = CourseTree(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CLASS", str(root / "class"))
        write_sample_class(copy, ASSIGNMENT, size=3)
        ClassRun(copy, ASSIGNMENT).grade(lambda *_: None, seed=1)
    notebook = student_notebook(source_notebook(copy, ASSIGNMENT))
    nbformat.write(notebook, root / "empty.ipynb")
    answered = {cell.id: cell.source for cell in source_notebook(copy, ASSIGNMENT).cells}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answered[cell.id]
    nbformat.write(notebook, root / "answered.ipynb")
    for name, lines in LIVE.items():
        cells = [nbformat.v4.new_code_cell(line) for line in lines]
        live = nbformat.v4.new_notebook(cells=cells, metadata=notebook.metadata)
        nbformat.write(live, root / f"{name}.ipynb")
    return root


@pytest.fixture(scope="module")
def lab(checkout, tmp_path_factory):
    scratch = tmp_path_factory.mktemp("lab")
    with jupyter_lab(checkout, scratch, {"COURSE_CLASS": str(checkout / "class")}) as address:
        yield address


def open_notebook(page, lab, name):
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"{lab}lab/tree/{name}?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)


def run_all(page):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def validate(page):
    page.get_by_text("Validate", exact=True).click()
    dialog = page.locator(".jp-Dialog, .nbgrader-modal, [role=dialog]").first
    dialog.wait_for(timeout=120_000)
    return dialog


def test_student_runs_all_and_validates_right_answers(page, lab, screenshots):
    open_notebook(page, lab, "answered.ipynb")
    run_all(page)
    ticks = page.locator(".jp-OutputArea-output", has_text="✓")
    ticks.nth(5).wait_for(timeout=60_000)
    assert page.locator(".jp-OutputArea-output", has_text="✗").count() == 0
    page.screenshot(path=screenshots / "lab-answered.png")
    dialog = validate(page)
    assert "Success" in dialog.inner_text()
    page.screenshot(path=screenshots / "lab-validate-right.png")


def test_student_meets_the_stub_and_validate_names_the_failing_cells(page, lab, screenshots):
    open_notebook(page, lab, "empty.ipynb")
    dialog = validate(page)
    text = dialog.inner_text()
    page.screenshot(path=screenshots / "lab-validate-empty.png")
    assert "NotImplementedError" in text
    assert "Write your answer here" in text


def show_laboratory(page, lab, notebook, quantity, value):
    """Run the cells that show it and change it from Python; returns the number that changed."""
    open_notebook(page, lab, notebook)
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector(".fnn-play svg[aria-label]", timeout=30_000)
    page.keyboard.press("Shift+Enter")
    shown = page.locator(f'[data-quantity="{quantity}"][data-value="{value}"]').first
    shown.wait_for(timeout=30_000)
    return page.locator(f'[data-quantity="{quantity}"]').first


def read_in_python(page):
    page.locator(".jp-Notebook .jp-Cell").nth(2).click()
    page.keyboard.press("Shift+Enter")
    output = page.locator(".jp-OutputArea-output", has_text="in Python")
    output.wait_for(timeout=30_000)
    return float(re.search(r"in Python ([\d.]+)", output.inner_text())[1])


def test_decision_laboratory_is_live_in_both_directions(page, lab, screenshots):
    prior = show_laboratory(page, lab, "decision.ipynb", "prior", "0.5")
    page.get_by_label("Prior probability of class 1", exact=True).first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    shown = float(prior.get_attribute("data-value"))
    assert shown > 0.5
    assert read_in_python(page) == shown
    page.screenshot(path=screenshots / "lab-live-decision.png")


def test_perceptron_laboratory_is_live_in_both_directions(page, lab, screenshots):
    show_laboratory(page, lab, "perceptron.ipynb", "examples_seen", "4")
    mistakes = page.locator('[data-quantity="mistakes"]').first
    before = float(mistakes.get_attribute("data-value"))
    page.get_by_role("button", name="Next mistake", exact=True).first.focus()
    for _ in range(2):
        page.keyboard.press("Enter")
    shown = float(mistakes.get_attribute("data-value"))
    assert shown == before + 2
    assert read_in_python(page) == shown
    page.screenshot(path=screenshots / "lab-live-perceptron.png")


def test_formgrader_shows_the_graded_class(page, lab, screenshots):
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"{lab}formgrader/manage_submissions/{ASSIGNMENT}", wait_until="networkidle")
    page.wait_for_selector("text=ada", timeout=30_000)
    text = page.inner_text("body")
    page.screenshot(path=screenshots / "formgrader-submissions.png")
    for student in ("ada", "alan", "barbara"):
        assert student in text
    page.goto(f"{lab}formgrader/gradebook/{ASSIGNMENT}", wait_until="networkidle")
    page.screenshot(path=screenshots / "formgrader-gradebook.png")
    assert "perceptron" in page.inner_text("body")
    page.goto(f"{lab}formgrader/manage_students", wait_until="networkidle")
    page.wait_for_selector("text=ada", timeout=30_000)
    page.screenshot(path=screenshots / "formgrader-students.png")
