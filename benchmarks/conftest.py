"""Options, the number of threads, and the report."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks import grading_report, memory, report
from benchmarks.cases import CASES
from benchmarks.contenders import REFERENCE, contender, disagreement
from benchmarks.grading_runs import GradingRow
from benchmarks.race import race
from benchmarks.threads import threads

CONDITIONS = pytest.StashKey[report.Conditions]()
ROWS = pytest.StashKey[list[report.Row]]()
GRADED = pytest.StashKey[list[GradingRow]]()
RESULTS = Path("_build/bench/results.json")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of `make bench`."""
    group = parser.getgroup("course", "benchmarks of the course's engine")
    # With more, OpenBLAS's threads spin for a while after a product and slow down who comes next.
    group.addoption("--threads", type=int, default=1, help="threads of every library (default: 1)")
    group.addoption("--rounds", type=int, default=15, help="rounds of each pair (default: 15)")
    group.addoption("--results", type=Path, default=RESULTS, help=f"default: {RESULTS}")


def pytest_configure(config: pytest.Config) -> None:
    """Start with no numbers, and see what else the machine is doing."""
    config.stash[ROWS], config.stash[GRADED] = [], []
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    config.stash[CONDITIONS] = report.Conditions(config.getoption("threads"), load)


@pytest.fixture(scope="session", autouse=True)
def same_threads(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every library uses as many threads as every other."""
    with threads(request.config.getoption("threads")):
        yield


@pytest.fixture
def timed(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Check a contender's numbers against PyTorch's, then time both in turns."""

    def time_it(name: str, case: str) -> None:
        wrong = disagreement(name, case)
        assert not wrong, f"{name} and {REFERENCE} disagree on {case}: {wrong}"
        benchmark = request.getfixturevalue("benchmark")
        benchmark.group, benchmark.name = CASES[case].title, name
        ours, theirs = race(
            benchmark,
            contender(name, case),
            contender(REFERENCE, case),
            request.config.getoption("rounds"),
        )
        benchmark.extra_info["steps_per_round"] = ours.steps
        row = report.Row(case, name, "time", ours.median, theirs.median, ours.spread)
        row.rounds, row.reference_rounds = ours.seconds, theirs.seconds
        request.config.stash[ROWS].append(row)

    return time_it


@pytest.fixture(scope="session")
def peak(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Measure a contender's peak memory, and once for each case PyTorch's."""
    reference: dict[str, int] = {}

    def measure(name: str, case: str) -> None:
        if why := memory.available():
            pytest.skip(why)
        count = request.config.getoption("threads")
        if case not in reference:
            reference[case] = memory.measured(REFERENCE, case, count)
        value = reference[case] if name == REFERENCE else memory.measured(name, case, count)
        row = report.Row(case, name, "memory", value, reference[case])
        request.config.stash[ROWS].append(row)

    return measure


@pytest.fixture
def graded(request: pytest.FixtureRequest) -> Callable[[GradingRow], None]:
    """Takes a row of the table of grading."""
    return request.config.stash[GRADED].append


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table and store the numbers."""
    rows, grading = config.stash[ROWS], config.stash[GRADED]
    if not rows and not grading:
        return
    conditions, path = config.stash[CONDITIONS], config.getoption("results")
    report.write(rows, conditions, path, grading=grading_report.as_dicts(grading))
    sections = {
        "the course's engine beside others": report.table(rows, conditions) if rows else [],
        "grading a class": grading_report.table(grading, conditions.load) if grading else [],
    }
    for title, lines in sections.items():
        if lines:
            terminalreporter.section(title)
        for line in lines:
            terminalreporter.write_line(line)
    terminalreporter.write_line(f"\nall numbers: {path}")
