"""Forward and backward of a residual block, narrow and wide."""

from collections.abc import Callable

import pytest

from benchmarks.contenders import entrants

PAIRS = [(name, case) for case in ["block-16", "block-64"] for name in entrants(case)]


@pytest.mark.parametrize(("name", "case"), PAIRS)
def test_time(timed: Callable[[str, str], None], name: str, case: str) -> None:
    """One contender beside PyTorch."""
    timed(name, case)
