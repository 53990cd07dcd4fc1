"""The table at the end of a run, and the file with every number."""

import datetime
import json
import platform
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.cases import CASES
from benchmarks.contenders import OURS, REFERENCE, TITLES

MEMORY_TARGET = 2.0  # × PyTorch
HIPS_CASE, HIPS_TARGET = "lenet5", 10.0  # times as fast as HIPS autograd
BUSY = 0.5  # a load average from which libraries with several threads are timed wrongly
PACKAGES = ("numpy", "torch", "autograd", "smallpebble", "scipy", "array-api-compat")


@dataclass(frozen=True)
class Conditions:
    """How a run was made: threads of every library, and the machine's load average before it."""

    threads: int
    load: float

    def lines(self) -> list[str]:
        """What a reader of the table has to know."""
        lines = [
            f"float32, {self.threads} thread(s), median of rounds in turns with PyTorch;",
            "PyTorch's own row, beside PyTorch, shows how exact the ratios are",
        ]
        if self.load > BUSY:
            lines.append(
                f"NOT TO BE TRUSTED: other programs were busy before, load {self.load:.1f}"
            )
        return lines


@dataclass
class Row:
    """One measurement.

    Attributes
    ----------
    quantity
        "time" (seconds for a step) or "memory" (bytes).
    value, reference
        The contender's, and PyTorch's measured in turns with it.
    spread
        Distance of the quartiles over the median, of the contender's rounds.
    rounds, reference_rounds
        Seconds for a step in each round.
    """

    case: str
    contender: str
    quantity: str
    value: float
    reference: float
    spread: float = 0.0
    rounds: list[float] = field(default_factory=list)
    reference_rounds: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Times PyTorch's."""
        return self.value / self.reference

    @property
    def reached(self) -> tuple[float, float, str] | None:
        """What counts for the target, the target, and its unit; None where there is no target."""
        case = CASES[self.case]
        if self.contender not in OURS:
            return None
        if self.quantity == "memory":
            return self.ratio, MEMORY_TARGET, "×"
        if case.operations:
            return 1e6 * self.value / case.operations, case.target, "µs"
        return self.ratio, case.target, "×"


def amount(row: Row) -> str:
    """The measured value in its unit."""
    if row.quantity == "memory":
        return f"{row.value / 2**20:8.1f} MiB"
    operations = CASES[row.case].operations
    if operations:
        return f"{1e6 * row.value / operations:8.2f} µs "
    return f"{1e3 * row.value:8.2f} ms "


def verdict(reached: tuple[float, float, str] | None) -> str:
    """Target, and whether it is met."""
    if reached is None:
        return ""
    value, target, unit = reached
    return f"≤ {target:g} {unit}".ljust(10) + ("met" if value <= target else "MISSED")


def table(rows: list[Row], conditions: Conditions) -> list[str]:
    """Lines of text, one block for each case and quantity."""
    lines = conditions.lines()
    for quantity in "time", "memory":
        for case in CASES:
            block = [row for row in rows if (row.case, row.quantity) == (case, quantity)]
            if block:
                title = CASES[case].title + (" (peak memory)" if quantity == "memory" else "")
                lines += ["", f"{title:60s} × PyTorch  target"]
            for row in block:
                spread = f"± {50 * row.spread:4.1f} %" if quantity == "time" else ""
                left = f"  {TITLES[row.contender]:26s}{amount(row)}  {spread:12s}"
                lines.append(f"{left:60s} {row.ratio:9.2f}  {verdict(row.reached)}".rstrip())
    return lines + against_hips(rows)


def against_hips(rows: list[Row]) -> list[str]:
    """How much faster the convolutional step is than HIPS autograd's, both relative to PyTorch."""
    ratio = {r.contender: r.ratio for r in rows if (r.case, r.quantity) == (HIPS_CASE, "time")}
    lines = []
    for ours in OURS:
        if ours in ratio and "hips" in ratio:
            times = ratio["hips"] / ratio[ours]
            word = "met" if times >= HIPS_TARGET else "MISSED"
            who = f"{CASES[HIPS_CASE].title}: HIPS autograd / {TITLES[ours]}"
            lines.append(f"{who:60s} {times:9.2f}  ≥ {HIPS_TARGET:g} ×".ljust(82) + word)
    return ["", *lines] if lines else []


def machine(conditions: Conditions) -> dict[str, Any]:
    """What the numbers depend on."""
    import cpuinfo

    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "processor": cpuinfo.get_cpu_info().get("brand_raw", platform.processor()),
        "system": platform.platform(),
        **asdict(conditions),
        "python": platform.python_version(),
        "versions": {name: metadata.version(name) for name in PACKAGES},
        "reference": REFERENCE,
    }


def write(rows: list[Row], conditions: Conditions, path: Path, **more: Any) -> None:
    """Store all numbers as JSON; ``more`` beside them, under its names."""
    found = [
        asdict(row)
        | {
            "title": CASES[row.case].title,
            "name": TITLES[row.contender],
            "amount": amount(row).strip(),
            "ratio": row.ratio,
            "target": row.reached and row.reached[1],
        }
        for row in rows
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**machine(conditions), "rows": found, **more}, indent=1) + "\n")
