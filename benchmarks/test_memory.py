"""Peak memory of one step, each contender in its own process."""

from collections.abc import Callable

import pytest

from benchmarks.contenders import entrants

CASES = ("mlp-sgd", "mlp-adam", "lenet5", "block-16", "block-64")
PAIRS = [(name, case) for case in CASES for name in entrants(case)]


@pytest.mark.parametrize(("name", "case"), PAIRS)
def test_peak(peak: Callable[[str, str], None], name: str, case: str) -> None:
    """One contender beside PyTorch."""
    peak(name, case)
