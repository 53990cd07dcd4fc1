"""Play of chapter 03: Rosenblatt's rule, one example at a time, on points the reader places."""

from course_utils.explore.base import Explorable


class PerceptronPlay(Explorable):
    """Placeholder while being written."""

    _esm = "export default { render() {} };"
