"""A training step of the multilayer perceptron, with two optimisers."""

from collections.abc import Callable

import pytest

from benchmarks.contenders import entrants

PAIRS = [(name, case) for case in ["mlp-sgd", "mlp-adam"] for name in entrants(case)]


@pytest.mark.parametrize(("name", "case"), PAIRS)
def test_time(timed: Callable[[str, str], None], name: str, case: str) -> None:
    """One contender beside PyTorch."""
    timed(name, case)
