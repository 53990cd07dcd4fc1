"""A grading run in two tables, the students and the questions, and what stands out in it."""

from collections import Counter
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from course_utils.grading.outcome import FAILED, GRADED, NEEDS_PERSON, Outcome

_COLOURS = {GRADED: "green", NEEDS_PERSON: "yellow", FAILED: "red"}
_SLOWEST = 5


def counts(outcomes: list[Outcome]) -> dict[str, int]:
    """How many submissions ended in each state."""
    return {
        state: sum(o.state == state for o in outcomes) for state in (GRADED, NEEDS_PERSON, FAILED)
    }


def question_statistics(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """For each question: points, marked submissions, those with full marks, usual diagnoses.

    Returns
    -------
    list of dict
        ``question, max_score, marked, passed, mean_score, diagnoses``; the last one as
        ``[(text, how often), …]``, most frequent first.
    """
    marked = [o for o in outcomes if o.state != FAILED]
    if not marked:
        return []
    rows = []
    for question, (_, top) in marked[0].questions.items():
        scores = [o.questions[question][0] for o in marked if question in o.questions]
        known = [score for score in scores if score is not None]
        diagnoses = Counter(o.diagnoses[question] for o in marked if question in o.diagnoses)
        rows.append(
            {
                "question": question,
                "max_score": top,
                "marked": len(known),
                "passed": sum(score >= top for score in known),
                "mean_score": round(sum(known) / len(known), 3) if known else None,
                "diagnoses": diagnoses.most_common(3),
            }
        )
    return rows


def slowest(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """The submissions that took longest to judge, the slowest first; at most five.

    Returns
    -------
    list of dict
        ``student, seconds, cpu_seconds``.
    """
    judged = sorted((o for o in outcomes if o.seconds > 0), key=lambda o: -o.seconds)
    return [
        {"student": o.student, "seconds": o.seconds, "cpu_seconds": o.cpu_seconds}
        for o in judged[:_SLOWEST]
    ]


def print_summary(console: Console, assignment: str, outcomes: list[Outcome]) -> None:
    """Print both tables, the usual diagnoses, the slowest submissions and a line of totals."""
    console.print(_students(assignment, outcomes))
    statistics = question_statistics(outcomes)
    console.print(_questions(assignment, statistics))
    if any(row["diagnoses"] for row in statistics):
        console.print(f"{escape(assignment)}: what went wrong most", style="italic")
    for row in statistics:  # not in the table: sentences in a narrow column are hard to read
        if row["diagnoses"]:
            console.print(f"  [bold]{escape(row['question'])}[/]")
        for text, times in row["diagnoses"]:
            entry = Table.grid(padding=(0, 1))
            entry.add_row(f"{times} ×", Text(text, overflow="fold"))
            console.print(Padding(entry, (0, 0, 0, 4)))
    _print_slowest(console, assignment, slowest(outcomes))
    total = counts(outcomes)
    console.print(
        f"{len(outcomes)} submissions: "
        + ", ".join(f"{number} {state}" for state, number in total.items() if number)
    )


def _students(assignment: str, outcomes: list[Outcome]) -> Table:
    table = Table(title=f"{escape(assignment)}: submissions", title_justify="left")
    table.add_column("student", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("time", justify="right", no_wrap=True)
    table.add_column("what to do", overflow="fold")
    for o in outcomes:
        state = f"[{_COLOURS[o.state]}]{o.state}[/]"
        waiting = [q for q, (score, _) in o.questions.items() if score is None]
        note = o.why or (f"mark by hand: {', '.join(waiting)}" if waiting else "")
        table.add_row(
            escape(o.student),
            state,
            f"{o.score:g}/{o.max_score:g}",
            f"{o.seconds:.1f} s",
            escape(note),
        )
    return table


def _print_slowest(console: Console, assignment: str, rows: list[dict[str, Any]]) -> None:
    if len(rows) < 2:
        return
    console.print(f"{escape(assignment)}: slowest submissions", style="italic")
    table = Table.grid(padding=(0, 2))
    for row in rows:
        cpu = f"{row['cpu_seconds']:.1f} s of processor time" if row["cpu_seconds"] else ""
        table.add_row(escape(row["student"]), f"{row['seconds']:.1f} s", cpu)
    console.print(Padding(table, (0, 0, 0, 2), expand=False))


def _questions(assignment: str, statistics: list[dict[str, Any]]) -> Table:
    table = Table(title=f"{escape(assignment)}: questions", title_justify="left")
    table.add_column("question", no_wrap=True)
    table.add_column("full marks", justify="right", no_wrap=True)
    table.add_column("mean", justify="right", no_wrap=True)
    for row in statistics:
        passed = f"{row['passed']}/{row['marked']}" if row["marked"] else "not marked yet"
        mean = f"{row['mean_score']:.3g}/{row['max_score']:g}" if row["marked"] else ""
        table.add_row(escape(row["question"]), passed, mean)
    return table
