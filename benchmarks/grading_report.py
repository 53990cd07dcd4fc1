"""The table of grading, and its targets."""

from dataclasses import asdict
from typing import Any

from benchmarks.grading_classes import TITLES
from benchmarks.grading_runs import COURSE, PLUGIN, STOCK, GradingRow
from benchmarks.report import BUSY

#: Times as fast as stock nbgrader, on the notebook that does little but import.
FASTER = {PLUGIN: 3.0, COURSE: 30.0}
MEASURED_ON = "91_imports"
OVERHEAD = 0.15  # seconds beyond the submission's own cells


def table(rows: list[GradingRow], load: float) -> list[str]:
    """Lines of text, a block for each assignment; ``load`` is that of the machine before."""
    lines = ["on one core, after start-up; own cells: the same cells and tests in a warm process"]
    if load > BUSY:
        lines.append(f"NOT TO BE TRUSTED: other programs were busy before, load {load:.1f}")
    for assignment, title in TITLES.items():
        block = {row.way: row for row in rows if row.assignment == assignment}
        if not block:
            continue
        own = next(iter(block.values())).own_seconds
        lines += [
            "",
            f"{title} (own cells {own:.2f} s)".ljust(54)
            + "a minute    CPU s  × stock  over own cells  start-up",
        ]
        for way, row in block.items():
            left = f"  {way:28s}{row.seconds:8.3f} s a submission"
            right = (
                f"{row.per_minute:8.0f} {row.cpu_seconds:8.3f} {_times(row, block):8.1f}"
                f"  {row.seconds - own:12.2f} s  {row.start_up:6.1f} s"
            )
            lines.append(f"{left:54s}{right}  {_verdict(row, block)}".rstrip())
    return lines


def as_dicts(rows: list[GradingRow]) -> list[dict[str, Any]]:
    """All numbers, for the file."""
    return [asdict(row) | {"title": TITLES[row.assignment]} for row in rows]


def _times(row: GradingRow, block: dict[str, GradingRow]) -> float:
    return block[STOCK].seconds / row.seconds if STOCK in block else float("nan")


def _verdict(row: GradingRow, block: dict[str, GradingRow]) -> str:
    words = []
    if row.way in FASTER and row.assignment == MEASURED_ON:
        met = _times(row, block) >= FASTER[row.way]
        words.append(f"≥ {FASTER[row.way]:g} × {'met' if met else 'MISSED'}")
    if row.way == COURSE:
        met = row.seconds - row.own_seconds <= OVERHEAD
        words.append(f"≤ {OVERHEAD:g} s {'met' if met else 'MISSED'}")
    return ", ".join(words)
