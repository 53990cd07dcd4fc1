"""A class of attackers with honest siblings among them, graded once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
import numpy as np
import pytest

from course_utils.course_tree import CourseTree
from course_utils.grading.class_run import ClassRun
from course_utils.grading.outcome import FAILED, Outcome
from course_utils.grading.sandbox import why_unavailable
from tests.attacks.scenario import FULL, Scenario
from tests.attacks.world import World
from tests.tiny_course import NAME, RIGHT, SEED_TELLER, SOURCE, SUMMED, answered, cell, hand_in

SEED = 1969
#: The tiny course with PyTorch among its imports: workers load it once, and attacks find it there.
WITH_TORCH = SOURCE.replace("import numpy as np\n", "import numpy as np\nimport torch\n", 1)
#: An honest student sits after so many attackers.
EVERY = 5
_FIRST = np.random.default_rng(SEED).normal(size=5)[0]

#: Honest students, in turn: answers, marks, diagnoses.
HONEST = [
    ({}, FULL, {}),
    (SUMMED, {"total": 3.0, "average": 0.0}, {"average": "summed instead of averaged?"}),
    (SEED_TELLER, {"total": 1.0, "average": 3.0}, {"total": f"ValueError: first is {_FIRST:.12f}"}),
    ({"total": RIGHT["total"] + "  # @SECRET@ of a sibling"}, FULL, {}),
]


@dataclass
class Graded:
    """A class after its run.

    Parameters
    ----------
    world
        Its surroundings.
    run
        The run that graded it.
    outcomes
        By student.
    students
        The student of each scenario, by title; honest ones are in `siblings`.
    siblings
        Index in `HONEST` of each honest student.
    before
        What lay outside of the run's own outputs before it.
    """

    world: World
    run: ClassRun
    outcomes: dict[str, Outcome]
    students: dict[str, str]
    siblings: dict[str, int]
    before: dict[str, str]

    def outcome(self, scenario: Scenario) -> Outcome:
        """What became of a scenario's submission."""
        return self.outcomes[self.students[scenario.title]]

    def folder(self, scenario: Scenario) -> Path:
        """Folder of its graded notebook, and of what was kept beside it."""
        return self.run.folder / "autograded" / self.students[scenario.title] / self.run.assignment

    def notebook(self, scenario: Scenario) -> nbformat.NotebookNode:
        """Its graded notebook."""
        return nbformat.read(self.folder(scenario) / self.run.file_name, as_version=4)

    def printed(self, scenario: Scenario) -> str:
        """All that its cells put out, errors too."""
        outputs = [o for c in self.notebook(scenario).cells for o in c.get("outputs", [])]
        return "\n".join(o.get("text", "") or str(o) for o in outputs)

    def feedback(self, scenario: Scenario) -> str:
        """Its feedback page, made now."""
        student = self.students[scenario.title]
        result = self.run.api.generate_feedback(self.run.assignment, student, force=True)
        assert result["success"], result
        folder = self.run.folder / "feedback" / student / self.run.assignment
        return (folder / f"{Path(self.run.file_name).stem}.html").read_text(encoding="utf-8")


def grade_class(
    world: World,
    course: CourseTree,
    scenarios: Sequence[Scenario],
    right: Mapping[str, str] = RIGHT,
    honest: Sequence[tuple] = HONEST,
) -> Graded:
    """Hand in every scenario and its honest siblings, and grade them in one run.

    Skips where there is no sandbox: what is tried here may only be tried inside one.

    Parameters
    ----------
    right
        Right answers, which those of a scenario replace.
    honest
        What siblings hand in, in turn; see `HONEST`.
    """
    if reason := why_unavailable():
        pytest.skip(f"attacks are run in a sandbox only: {reason}")
    students, siblings = {}, {}
    for number, scenario in enumerate(scenarios):
        student = f"{number:03d} {scenario.title}".replace("/", " ")
        students[scenario.title] = student
        hand_in_scenario(world, course, student, scenario, right)
        if honest and number % EVERY == 0:
            sibling = f"{number:03d}z honest"
            siblings[sibling] = len(siblings) % len(honest)
            answers, _, _ = honest[siblings[sibling]]
            filled = {q: world.fill_in(code) for q, code in answers.items()}
            hand_in(course, sibling, answered(course, right, filled))
    run = ClassRun(course, NAME)
    before = world.state()
    outcomes = run.grade(lambda outcome, kept: None, seed=SEED)
    return Graded(world, run, {o.student: o for o in outcomes}, students, siblings, before)


def hand_in_scenario(
    world: World,
    course: CourseTree,
    student: str,
    scenario: Scenario,
    right: Mapping[str, str] = RIGHT,
) -> None:
    """Make a scenario's submission and put it into the class."""
    filled = {q: world.fill_in(code) for q, code in scenario.answers.items()}
    notebook = answered(course, right, filled)
    for place, code in scenario.own_cells.items():
        side, _, grade_id = place.partition(":")
        index = notebook.cells.index(cell(notebook, grade_id)) + (side == "after")
        own = nbformat.v4.new_code_cell(world.fill_in(code), id=f"own-{index}-{side}")
        notebook.cells.insert(index, own)
    content = notebook if scenario.raw is None else scenario.raw
    if scenario.edit is not None:
        content = scenario.edit(notebook)
    if not isinstance(content, bytes):
        for own in content.cells:  # an edit may have put places into the text
            own.source = world.fill_in(own.source)
    folder = course.class_folder / "submitted" / student / NAME
    folder.mkdir(parents=True)
    if scenario.file_name is not None:
        hand_in(course, student, content, scenario.file_name)
    for name, data in scenario.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    for name, target in scenario.links.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(world.fill_in(target))


def assert_as_expected(graded: Graded, scenario: Scenario) -> None:
    """Compare one scenario's outcome with what it has to be, and ask for its proof."""
    outcome = graded.outcome(scenario)
    told = f"{outcome.state} {outcome.why} {outcome.questions} {outcome.diagnoses}"
    assert outcome.state == scenario.state, told
    if scenario.state == FAILED:
        assert outcome.score == 0, told
        assert scenario.says, "a failed submission needs its reason"
        assert scenario.says in outcome.why, told
        assert "\n" not in outcome.why
    else:
        marks = {q: outcome.questions[q][0] for q in scenario.marks}
        assert marks == scenario.marks, told
        for question, text in scenario.says.items():
            assert text in outcome.diagnoses.get(question, "(none)"), told
        full = {q for q, points in scenario.marks.items() if points == outcome.questions[q][1]}
        assert not full & outcome.diagnoses.keys(), told
    if scenario.proof is not None:
        scenario.proof(graded, scenario)
