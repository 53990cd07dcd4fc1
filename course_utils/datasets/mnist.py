"""MNIST: 70,000 handwritten digits, 28 × 28 pixels, in the files that everybody uses.

LeCun, Cortes and Burges made it of NIST's Special Databases 1 and 3; it is described in LeCun,
Bottou, Bengio and Haffner (1998), section III.A. Licence: CC BY-SA 3.0.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from course_utils.datasets.download import Progress, RemoteFile, download
from course_utils.datasets.errors import DataError
from course_utils.datasets.idx import parse_idx, read_unzipped
from course_utils.datasets.store import DATA_VARIABLE, data_folder, find, place

SIDE = 28
#: Images and labels of each split.
SPLITS = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}
NAMES = SPLITS["train"] + SPLITS["test"]

#: SHA-256 of each file, unzipped: what holds however it was compressed.
CONTENTS = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}

#: The gzipped files as they were published in 1998, and as the mirrors have them.
ARCHIVES = (
    RemoteFile(
        "train-images-idx3-ubyte.gz",
        9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    ),
    RemoteFile(
        "train-labels-idx1-ubyte.gz",
        28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    ),
    RemoteFile(
        "t10k-images-idx3-ubyte.gz",
        1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    ),
    RemoteFile(
        "t10k-labels-idx1-ubyte.gz",
        4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    ),
)
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist",
    "https://storage.googleapis.com/cvdf-datasets/mnist",
)


def mnist(split: str, folder: Path | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Images and labels of MNIST, in the original order; nothing is downloaded.

    What is checked: that both files are whole IDX files of one length, with images of 28 × 28 bytes
    and labels from 0 to 9. Other data of that form, say Fashion-MNIST, is read too;
    its `checksums` tell it apart.

    Parameters
    ----------
    split
        "train" (60,000 images) or "test" (10,000).
    folder
        Holds the four files, gzipped or not, or a subfolder ``mnist`` that does; by default the
        data folder, see `store.data_folder`.

    Returns
    -------
    images, labels
        Ink from 0 to 255, uint8 of shape (N, 28, 28), and the digits, int64 of shape (N,).

    Raises
    ------
    ValueError
        There is no such split.
    DataError
        A file is missing, damaged or of another form; says which and what to do.
    """
    if split not in SPLITS:
        raise ValueError(f'split must be "train" or "test", not {split!r}')
    where = _place(folder)
    if missing := missing_files(folder):
        raise DataError(
            f"no MNIST in {where}: {missing[0]} is missing (run: course data mnist), or let "
            f"{DATA_VARIABLE} name the folder where it is"
        )
    images_file, labels_file = (find(where, name) for name in SPLITS[split])
    images = parse_idx(read_unzipped(images_file), images_file)  # (N, 28, 28)
    labels = parse_idx(read_unzipped(labels_file), labels_file)  # (N,)
    if images.dtype != np.uint8 or images.shape[1:] != (SIDE, SIDE):
        form = f"{images.dtype} of shape {images.shape}"
        raise DataError(f"{images_file} must hold uint8 of shape (N, {SIDE}, {SIDE}), not {form}")
    if labels.dtype != np.uint8 or labels.shape != images.shape[:1]:
        form = f"{labels.dtype} of shape {labels.shape}"
        raise DataError(f"{labels_file} must hold uint8 of shape ({len(images)},), not {form}")
    if labels.size and labels.max() > 9:
        raise DataError(f"{labels_file} must hold digits from 0 to 9, and has a {labels.max()}")
    return images, labels.astype(np.int64)


def missing_files(folder: Path | None = None) -> list[str]:
    """Names of those of the four files that are not there, gzipped or not."""
    where = _place(folder)
    return [name for name in NAMES if find(where, name) is None]


def checksums(folder: Path | None = None) -> dict[str, str]:
    """SHA-256 of each of the four files, unzipped.

    Raises
    ------
    DataError
        A file is missing or cannot be unzipped.
    """
    where = _place(folder)
    if missing := missing_files(folder):
        raise DataError(f"no MNIST in {where}: {missing[0]} is missing")
    return {n: hashlib.sha256(read_unzipped(find(where, n))).hexdigest() for n in NAMES}


def fetch_mnist(
    folder: Path | None = None,
    mirrors: Sequence[str] = MIRRORS,
    progress: Progress | None = None,
) -> tuple[Path, list[str]]:
    """Download those of the four files that are missing, and check all of them.

    An interrupted download goes on where it stopped. Files that are there are never written to.

    Parameters
    ----------
    folder
        As for `mnist`; made where it is missing.
    mirrors
        Addresses of folders with the four gzipped files; they are tried in turn.
    progress
        Called while a file comes in.

    Returns
    -------
    where, downloaded
        The folder with the four files, and the names of those that were downloaded now.

    Raises
    ------
    DataError
        A file cannot be had or written, or one that was there is not MNIST's.
    """
    where = _place(folder)
    missing = missing_files(folder)
    archives = [file for file in ARCHIVES if file.name.removesuffix(".gz") in missing]
    for file in archives:
        download(file, where, mirrors, progress)
    for name, found in checksums(where).items():
        if found != CONTENTS[name]:
            raise DataError(
                f"{find(where, name)} is not MNIST's: its SHA-256, unzipped, is {found[:12]}… "
                f"instead of {CONTENTS[name][:12]}…; remove it and run the command again"
            )
    return where, [file.name for file in archives]


def _place(folder: Path | None) -> Path:
    """The folder in which the four files lie or belong."""
    return place(data_folder() if folder is None else Path(folder), "mnist", NAMES)
