"""Who computes: the course's engine on two kinds of array, PyTorch, and two other libraries."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

import numpy as np

from benchmarks.cases import CASES, Case, Data, data


class Contender(Protocol):
    """One library, ready to compute one case again and again."""

    def step(self) -> None:
        """Compute once; this is what is timed."""

    def results(self) -> dict[str, np.ndarray]:
        """What the last step found and left behind, in PyTorch's names and layouts."""


REFERENCE = "pytorch"
TITLES = {
    "scratch-numpy": "scratch on NumPy",
    "scratch-torch": "scratch on torch arrays",
    "pytorch": "PyTorch",
    "hips": "HIPS autograd",
    "pebble": "SmallPebble",
}
OURS = ("scratch-numpy", "scratch-torch")


def entrants(case: str) -> list[str]:
    """Who takes part: the two small libraries have no batch normalisation."""
    if CASES[case].kind == "block":
        return [*OURS, REFERENCE]
    return list(TITLES)


def contender(name: str, case: str, dtype: str = "float32", batch: int | None = None) -> Contender:
    """A contender with the case's data and first weights; its library is imported here."""
    return _maker(name, CASES[case])(CASES[case], data(CASES[case], dtype, batch))


def _maker(name: str, case: Case) -> Callable[[Case, Data], Contender]:
    if name == "pytorch":
        import torch

        from benchmarks.engines import Engine

        return partial(Engine, torch)
    if name in OURS:
        from benchmarks.engines import Engine
        from course_utils import scratch
        from course_utils.scratch import arrays

        holding = partial(arrays.library, name.removeprefix("scratch-"))
        return partial(Engine, scratch, holding=holding)
    if name == "hips":
        from benchmarks import hips as small
    elif name == "pebble":
        from benchmarks import pebble as small
    else:
        raise ValueError(f"no contender {name!r}; there are {', '.join(TITLES)}")
    return small.Training if case.build else small.Chain


def disagreement(name: str, case: str, steps: int = 3, tolerance: float = 1e-9) -> str:
    """What a contender finds otherwise than PyTorch after some steps in float64; "" if nothing.

    Compared are loss, all gradients, weights and buffers; the difference is measured against the
    largest entry of each.
    """
    runs = [contender(who, case, "float64") for who in (name, REFERENCE)]
    for run in runs:
        for _ in range(steps):
            run.step()
    found, expected = (run.results() for run in runs)
    wrong = [f"{key} is missing" for key in expected.keys() - found.keys()]
    for key in expected.keys() & found.keys():
        ours, theirs = np.asarray(found[key]), np.asarray(expected[key])
        if ours.shape != theirs.shape:
            wrong.append(f"{key} has shape {ours.shape}, not {theirs.shape}")
        elif not (off := np.abs(ours - theirs).max()) <= tolerance * np.abs(theirs).max():
            wrong.append(f"{key} differs by {off:.3g}")
    return "; ".join(sorted(wrong))
