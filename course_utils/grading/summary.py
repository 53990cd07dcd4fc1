"""A grading run in two tables: the students, and the questions."""

from collections import Counter
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course_utils.grading.outcome import FAILED, GRADED, NEEDS_PERSON, Outcome

_COLOURS = {GRADED: "green", NEEDS_PERSON: "yellow", FAILED: "red"}


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


def print_summary(console: Console, assignment: str, outcomes: list[Outcome]) -> None:
    """Print both tables and one line of totals."""
    students = Table(title=f"{assignment}: submissions", title_justify="left")
    students.add_column("student", no_wrap=True)
    students.add_column("state", no_wrap=True)
    students.add_column("score", justify="right", no_wrap=True)
    students.add_column("time", justify="right", no_wrap=True)
    students.add_column("what to do", overflow="fold")
    for o in outcomes:
        state = f"[{_COLOURS[o.state]}]{o.state}[/]"
        waiting = [q for q, (score, _) in o.questions.items() if score is None]
        note = o.why or (f"mark by hand: {', '.join(waiting)}" if waiting else "")
        students.add_row(
            escape(o.student),
            state,
            f"{o.score:g}/{o.max_score:g}",
            f"{o.seconds:.1f} s",
            escape(note),
        )
    console.print(students)
    questions = Table(title=f"{assignment}: questions", title_justify="left")
    questions.add_column("question", no_wrap=True)
    questions.add_column("full marks", justify="right", no_wrap=True)
    questions.add_column("mean", justify="right", no_wrap=True)
    questions.add_column("what went wrong most", overflow="fold")
    for row in question_statistics(outcomes):
        passed = f"{row['passed']}/{row['marked']}" if row["marked"] else "not marked yet"
        mean = f"{row['mean_score']:g}/{row['max_score']:g}" if row["marked"] else ""
        usual = escape("\n".join(f"{times} × {text}" for text, times in row["diagnoses"]))
        questions.add_row(row["question"], passed, mean, usual)
    console.print(questions)
    total = counts(outcomes)
    console.print(
        f"{len(outcomes)} submissions: "
        + ", ".join(f"{number} {state}" for state, number in total.items() if number)
    )
