"""`utils.data`: data sets, samplers and loaders."""

from course_utils.scratch.utils import data

__all__ = ["data"]
