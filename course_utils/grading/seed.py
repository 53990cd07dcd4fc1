"""The seed of a grading run's hidden tests, kept beside the gradebook."""

import secrets
from pathlib import Path

from course_utils.atomic import write_atomically


def choose_seed(runs: Path, seed: int | None = None, *, anew: bool = False) -> int:
    """The seed to use.

    Parameters
    ----------
    runs
        Folder of an assignment's grading runs, ``class/runs/NAME``.
    seed
        The one to use; by default the one on file, else a new one.
    anew
        Draw a new one even where there is one on file.
    """
    path = runs / "seed"
    kept = path.read_text("utf-8", errors="replace").strip() if path.is_file() else ""
    if seed is None and not anew and kept.isdecimal():
        return int(kept)
    return secrets.randbelow(2**32) if seed is None else seed


def keep_seed(runs: Path, seed: int) -> None:
    """Put a seed on file: later runs go on with it."""
    write_atomically(runs / "seed", f"{seed}\n".encode())
