"""Grading a class: nbgrader keeps notebooks, marks and feedback; this package runs it."""
