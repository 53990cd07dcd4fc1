"""Where downloaded data lies: the folder that COURSE_DATA names, or one that the system keeps."""

import os
from pathlib import Path

from course_utils.datasets.errors import DataError

#: Names the data folder; the default is the user's cache folder for the course.
DATA_VARIABLE = "COURSE_DATA"


def data_folder() -> Path:
    """The folder for data that is downloaded once; it need not be there yet.

    Raises
    ------
    DataError
        COURSE_DATA names something that is not a folder.
    """
    named = os.environ.get(DATA_VARIABLE)
    if not named:
        import pooch  # here: who names a folder of their own does without it

        return Path(pooch.os_cache("course_utils"))
    folder = Path(named).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise DataError(f"{DATA_VARIABLE} must name a folder, and {folder} is none")
    return folder


def place(folder: Path, collection: str, names: tuple[str, ...]) -> Path:
    """Where in a data folder a collection of files lies, or will lie.

    The folder itself where it holds one of the files, gzipped or not; else its subfolder
    ``collection``.
    """
    return folder if any(find(folder, name) for name in names) else folder / collection


def find(folder: Path, name: str) -> Path | None:
    """The file of that name in a folder, else the gzipped one, else None."""
    return next((p for p in (folder / name, folder / f"{name}.gz") if p.is_file()), None)
