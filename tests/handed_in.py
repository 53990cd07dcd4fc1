"""What is wrong with a handed-in notebook."""

import nbformat

from course_utils.grading.auto_marks import UnusableSubmission
from course_utils.grading.submission import parse
from tests.tiny_course import FILE


def why_unusable(submission, handed_out):
    """What `parse` says of a submission, a line; None where it gives a notebook."""
    try:
        notebook = parse(submission, handed_out, FILE)
    except UnusableSubmission as refusal:
        found = str(refusal)
        assert found
        assert "\n" not in found
        assert len(found) < 300
        return found
    nbformat.validate(notebook)
    return None
