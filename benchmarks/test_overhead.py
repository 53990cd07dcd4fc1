"""What one operation costs when there is nothing to compute."""

from collections.abc import Callable

import pytest

from benchmarks.contenders import entrants

CASES = ["forward", "constants", "chain", "short"]
PAIRS = [(name, case) for case in CASES for name in entrants(case)]


@pytest.mark.parametrize(("name", "case"), PAIRS)
def test_time(timed: Callable[[str, str], None], name: str, case: str) -> None:
    """One contender beside PyTorch."""
    timed(name, case)
