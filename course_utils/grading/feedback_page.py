"""What a feedback page holds: a summary, then the work cell by cell.

The template only places what stands here. Text of a student is plain `str`, which the template
escapes; `Markup` comes from `inert` alone.
"""

from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass
class Output:
    """Something a cell printed, showed or raised.

    Parameters
    ----------
    text, note
        Printed lines; and what is left out of them.
    image, alt
        Address of a picture; and what stands for it.
    is_error
        Whether it ended the cell.
    """

    text: str = ""
    note: str = ""
    image: str = ""
    alt: str = ""
    is_error: bool = False


@dataclass
class Failure:
    """Why a test failed: the diagnosis in one line, more lines, the student's own traceback."""

    diagnosis: str
    detail: str = ""
    traceback: str = ""


@dataclass
class Part:
    """One cell of the notebook.

    Parameters
    ----------
    kind
        ``"text"``, ``"code"``, ``"given"`` (locked code), ``"answer"`` or ``"test"``.
    title, question
        ``"Visible tests"``, ``"Hidden tests"`` or ``"Your answer"``; and what to.
    anchor
        Where a link finds it.
    html
        Text, or code with its syntax marked; empty where it is not shown.
    is_code
        Which of the two.
    outputs
        Of a code cell.
    points, top
        Earned, None until a person has marked it; and how many there are, None where it has none.
    by_hand
        Whether a person set the points.
    comment
        Of the instructor.
    failure
        Of a test.
    """

    kind: str
    title: str = ""
    question: str = ""
    anchor: str = ""
    html: Markup = field(default_factory=Markup)
    is_code: bool = False
    outputs: list[Output] = field(default_factory=list)
    points: float | None = None
    top: float | None = None
    by_hand: bool = False
    comment: Markup = field(default_factory=Markup)
    failure: Failure | None = None

    @property
    def state(self) -> str:
        """``"passed"``, ``"failed"``, ``"waits"`` or ``"marked"``; empty without points."""
        if self.top is None:
            return ""
        if self.points is None:
            return "waits"
        if self.by_hand:
            return "failed" if self.failure else "marked"
        if self.kind == "answer":  # a person marks answers, unless nothing was written
            return "failed"
        return "failed" if self.failure or self.points < self.top else "passed"

    @property
    def label(self) -> str:
        """`state` as a reader is told it."""
        if self.kind == "answer" and self.state == "failed":
            return "not answered"
        named = {"waits": "waits for a person", "marked": "marked by a person"}
        return named.get(self.state, self.state)


@dataclass
class Question:
    """A question and all that belongs to it; the first of a page is what stands before them.

    Parameters
    ----------
    key
        As in the grade_ids; empty for what stands before the first question.
    name, heading
        ``"Question 1 · Gates as weights"`` as plain words; and its heading as it is written.
    text
        What was asked.
    parts
        Cells that follow.
    """

    key: str = ""
    name: str = ""
    heading: Markup = field(default_factory=Markup)
    text: Markup = field(default_factory=Markup)
    parts: list[Part] = field(default_factory=list)

    @property
    def marked(self) -> list[Part]:
        """Parts that earn points."""
        return [part for part in self.parts if part.top is not None]

    @property
    def points(self) -> float | None:
        """Points so far; None while nothing is marked."""
        known = [part.points for part in self.marked if part.points is not None]
        return sum(known) if known else None

    @property
    def top(self) -> float:
        """Points there are."""
        return sum(part.top or 0 for part in self.marked)

    @property
    def verdict(self) -> tuple[str, str]:
        """State and one line: the first diagnosis, else that it waits or has passed."""
        for part in self.marked:
            if part.failure is not None:
                return "failed", part.failure.diagnosis
        parts = {part.state: part for part in self.marked}
        for state in ("waits", "marked", "failed", "passed"):
            if state in parts:
                label = parts[state].label
                return state, "not all points" if label == "failed" else label
        return "passed", "passed"


@dataclass
class Page:
    """All of a feedback page."""

    title: str
    heading: Markup
    student: str
    assignment: str
    score: float
    max_score: float
    late_penalty: float
    questions: list[Question]

    @property
    def summary(self) -> list[Question]:
        """Questions that earn points."""
        return [question for question in self.questions if question.marked]

    @property
    def waits(self) -> bool:
        """Whether the score is not final."""
        return any(part.state == "waits" for q in self.questions for part in q.parts)
