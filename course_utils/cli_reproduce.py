"""`course reproduce`: measure a paper's result anew, and store it with all that it needs."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from course_utils.atomic import write_atomically
from course_utils.course_tree import CourseError


def reproduce(
    name: Annotated[str, typer.Argument(help="Result to reproduce: lenet5.")],
    engine: Annotated[str, typer.Option(help="What computes: torch or scratch.")] = "torch",
    device: Annotated[str, typer.Option(help="Where: cpu, cuda, cuda:1, …")] = "cpu",
    seeds: Annotated[str, typer.Option(help="One training each, e.g. '0 1 2'.")] = "0 1 2",
    epochs: Annotated[
        int | None, typer.Option(min=1, help="Passes over the data instead of the recipe's.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="File for the result; default: NAME.json, here.")
    ] = None,
) -> None:
    """Train as in a paper, at full size, and store what comes out.

    lenet5: LeNet-5 on MNIST, 0.95 % test error (LeCun et al. 1998). Needs `course data mnist`.
    The file is written at the end, in one step; interrupted, it is as it was.
    """
    from course_utils.datasets.errors import DataError
    from course_utils.reproduce.catalogue import by_name

    target = (output or Path(f"{name}.json")).absolute()
    try:
        run = by_name(name)
        _require_writable(target)
        result = run(
            engine,
            device,
            _whole_numbers(seeds),
            epochs,
            report=lambda line: print(line, flush=True),
            progress=sys.stdout.isatty(),
        )
    except (DataError, ValueError, RuntimeError, FloatingPointError) as problem:
        raise CourseError(str(problem)) from None
    except KeyboardInterrupt as interrupt:
        state = "is as it was" if target.exists() else "was not written"
        raise CourseError(f"interrupted; {target} {state}") from interrupt
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    write_atomically(target, text.encode())
    verdict = "reached" if result["reached"] else "not reached"
    print(
        f"mean over {len(result['seeds'])} seeds: {result['mean_test_error_percent']:.2f} %; "
        f"{result['claim']['test_error_percent']} % is {verdict}; stored in {target}"
    )


def _whole_numbers(text: str) -> list[int]:
    """Seeds as they are typed, with spaces or commas between them."""
    words = text.replace(",", " ").split()
    if not all(word.isdecimal() for word in words):
        raise CourseError(f"--seeds takes whole numbers like '0 1 2', not {text!r}")
    return [int(word) for word in words]


def _require_writable(target: Path) -> None:
    """Refuse a place for the result now, not after half an hour of training."""
    try:
        if target.is_dir():
            raise CourseError(f"cannot write {target}: it is a folder")
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}."):
            pass
    except OSError as error:
        raise CourseError(f"cannot write {target}: {error.strerror}") from None
