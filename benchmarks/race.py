"""Timing in turns: a round of PyTorch, a round of the contender, and again.

A machine is not equally fast at all times. Two libraries timed one after the other may meet two
different machines; in turns they meet the same one, and the ratio of medians holds.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from benchmarks.contenders import Contender

ROUND_SECONDS = 0.1  # a round is as many steps as fit into this, at least one
PAUSE_SECONDS = 0.05  # threads of the library before us spin for some 30 ms, then sleep
RACE_SECONDS = 30.0  # slow contenders have fewer rounds
FEWEST_ROUNDS = 5


@dataclass
class Lane:
    """Seconds for one step, one entry for each round."""

    contender: Contender
    steps: int = 0
    seconds: list[float] = field(default_factory=list)

    def warm_up(self) -> float:
        """Learn how many steps make a round; give the seconds a round will take."""
        self.contender.step()
        start = time.perf_counter()
        self.contender.step()
        once = time.perf_counter() - start
        self.steps = max(1, round(ROUND_SECONDS / once))
        return once * (self.steps + 1) + PAUSE_SECONDS

    def settle(self) -> None:
        """Let other libraries' threads go to sleep, and this one's memory into the cache."""
        time.sleep(PAUSE_SECONDS)
        self.contender.step()

    def round(self) -> None:
        """Time one round."""
        start = time.perf_counter()
        for _ in range(self.steps):
            self.contender.step()
        self.seconds.append((time.perf_counter() - start) / self.steps)

    @property
    def median(self) -> float:
        """Seconds for one step."""
        return median(self.seconds)

    @property
    def spread(self) -> float:
        """Distance of the quartiles over the median."""
        if len(self.seconds) < 2:
            return 0.0
        low, _, high = quantiles(self.seconds, n=4, method="inclusive")
        return (high - low) / self.median


def race(
    benchmark: Callable[..., Any], contender: Contender, reference: Contender, rounds: int
) -> tuple[Lane, Lane]:
    """Time both in turns under pytest-benchmark, which records the contender's rounds."""
    ours, theirs = Lane(contender), Lane(reference)
    expected = ours.warm_up() + theirs.warm_up()
    rounds = max(FEWEST_ROUNDS, min(rounds, int(RACE_SECONDS / expected)))

    def before() -> None:
        theirs.settle()
        theirs.round()
        ours.settle()

    benchmark.pedantic(ours.round, setup=before, rounds=rounds)
    return ours, theirs
