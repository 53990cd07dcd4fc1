"""What became of one submission: its state, its marks, what went wrong; kept as a small file."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from course_utils.atomic import write_atomically

GRADED = "graded"
NEEDS_PERSON = "needs a person"
FAILED = "failed"


@dataclass
class Outcome:
    """State of one submission after a grading run.

    Parameters
    ----------
    student
        Name of the submission's folder.
    state
        ``"graded"``, ``"needs a person"`` (an answer is marked by hand, the rest is done) or
        ``"failed"`` (nothing could be marked).
    why
        For a failed one, what was wrong and what to do; else empty.
    score, max_score
        Points so far, and points there are.
    questions
        ``{question: (score, max_score)}``; a question not marked yet has the score None.
    diagnoses
        ``{question: first line of the first failed test}``.
    seconds, cpu_seconds
        Time the judging took, and processor time of the judge and all the student's processes.
    fingerprint
        Of the submission and the source it was graded with.
    seed
        Seed of the hidden tests.
    sandbox
        Whether the answers ran in the sandbox.
    """

    student: str
    state: str
    why: str = ""
    score: float = 0.0
    max_score: float = 0.0
    questions: dict[str, tuple[float | None, float]] = field(default_factory=dict)
    diagnoses: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    fingerprint: str = ""
    seed: int = 0
    sandbox: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for ``--json``."""
        return asdict(self)


def save_outcome(path: Path, outcome: Outcome) -> None:
    """Keep an outcome, so that an interrupted run can go on."""
    write_atomically(path, (json.dumps(outcome.as_dict(), indent=1) + "\n").encode())


def load_outcome(path: Path) -> Outcome | None:
    """The outcome kept at ``path``; None where there is none that can be read."""
    try:
        return Outcome(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # graded again, which costs time and loses nothing
