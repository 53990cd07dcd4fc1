"""`course data`: have a data set on this machine, whole and checked."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from course_utils.course_tree import CourseError

DATA_SETS = ("mnist",)


def data(
    name: Annotated[str, typer.Argument(help=f"Data set: {', '.join(DATA_SETS)}.")],
    mirror: Annotated[
        list[str] | None,
        typer.Option(help="Address of a folder with the files, tried first; may be repeated."),
    ] = None,
) -> None:
    """Download a data set where it is missing, and check it.

    It lies in the folder that COURSE_DATA names, by default in your cache folder. A folder there
    that holds the files already, gzipped or not, is used as it is. Interrupted, the download goes
    on where it stopped.
    """
    from course_utils.datasets.errors import DataError
    from course_utils.datasets.mnist import MIRRORS, fetch_mnist

    if name not in DATA_SETS:
        raise CourseError(f"no data set is called {name!r}; there are: {', '.join(DATA_SETS)}")
    try:
        with _Bars() as progress:
            where, new = fetch_mnist(mirrors=[*(mirror or ()), *MIRRORS], progress=progress)
    except DataError as problem:
        raise CourseError(str(problem)) from None
    how = f"{len(new)} of 4 files downloaded" if new else "nothing to download"
    print(f"MNIST is in {where}: {how}, the checksums of all are right")


class _Bars:
    """A bar for each file on a terminal, nothing elsewhere; all on standard error."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn()
        self.bars = Progress(*columns, console=console, disable=not console.is_terminal)
        self.tasks: dict[str, int] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        self.bars.start()
        return self._show

    def __exit__(self, *_: object) -> None:
        self.bars.stop()

    def _show(self, name: str, done: int, total: int) -> None:
        if name not in self.tasks:
            self.tasks[name] = self.bars.add_task(name, total=total)
        self.bars.update(self.tasks[name], completed=done)
