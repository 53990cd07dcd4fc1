"""Whether an assignment's tests can be judged from outside the process that runs the answers."""

from nbformat import NotebookNode

from course_utils.course_tree import CourseError
from course_utils.grading import sandbox
from course_utils.grading.limits import Limits
from course_utils.grading.plan import make_plan
from course_utils.grading.station import Station


def require_judgeable(source: NotebookNode, limits: Limits, *, seed: int = 0) -> None:
    """Judge the reference answers of an assignment as a submission will be.

    Parameters
    ----------
    source
        The source notebook, with answers and hidden tests.
    limits
        What a submission may use.
    seed
        Of the hidden tests.

    Raises
    ------
    CourseError
        Naming the first test that the reference answers fail when they run in another process, and
        why: it compares an object of theirs instead of a plain value, say.
    """
    # The answers are the course's own: where no sandbox can be made, they do without.
    sealed = sandbox.why_unavailable() is None
    try:
        Station(make_plan(source), limits, seed, sealed=sealed).close()
    except CourseError as problem:
        raise CourseError(
            f"{problem} (the tests run apart from the answers: see 'Tests that can be judged' on "
            f"the instructors' page)"
        ) from None
