"""The database behind the gradebook: how long to wait for it, and what to say of its errors."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url
from sqlalchemy.exc import DataError, SQLAlchemyError

from course_utils.course_tree import CourseError
from course_utils.grading.auto_marks import UnusableSubmission

#: Seconds to wait for another program, the formgrader say, that writes the gradebook.
PATIENCE = 10


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say in one line what is wrong with a gradebook."""
    try:
        yield
    except DataError as error:
        raise UnusableSubmission(f"the gradebook refuses it: {_reason(error)}") from None
    except SQLAlchemyError as error:
        raise CourseError(_advice(_reason(error))) from None


def patient(url: str) -> str:
    """Address of a gradebook; with SQLite, one that waits while another program writes."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and "timeout" not in parsed.query:
        parsed = parsed.update_query_dict({"timeout": str(PATIENCE)})
    return parsed.render_as_string(hide_password=False)


def _reason(error: SQLAlchemyError) -> str:
    cause = str(getattr(error, "orig", None) or error) or type(error).__name__
    return cause.splitlines()[0]


def _advice(reason: str) -> str:
    if "locked" in reason:
        return (
            f"another program (the formgrader?) has kept the gradebook locked for {PATIENCE} s; "
            "end it, then grade again: what is graded so far is kept"
        )
    if "disk is full" in reason or "No space left" in reason:
        return "the disk is full; what is graded so far is kept"
    return f"the gradebook cannot be used: {reason}"
