"""Submissions that attack the grading, with what must become of each.

Every scenario is data: a submission, its exact outcome, and where need be a proof that nothing else
changed. `rows.py` gathers them; tests/test_attacks.py grades them all in one class.
"""
