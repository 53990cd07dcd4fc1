"""A data set in MNIST's files with a few drawn digits, and MNIST itself where this machine has it."""

import gzip
import hashlib
import os
import struct
from pathlib import Path

import numpy as np
import pytest

from course_utils.datasets import mnist as module
from course_utils.datasets.download import RemoteFile
from tests.conftest import REPOSITORY


def idx(array):
    """The bytes of an IDX file, written by the letter of the format's description."""
    code = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}
    kind = array.dtype.str[1:]
    head = struct.pack(f">4B{array.ndim}I", 0, 0, code[kind], array.ndim, *array.shape)
    return head + array.astype(array.dtype.newbyteorder(">")).tobytes()


def drawn_digits(n, seed):
    """n images of one bar each, whose height tells the label apart; uint8 (n, 28, 28) and (n,)."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(10, size=n).astype("u1")
    images = rng.integers(0, 60, size=(n, 28, 28)).astype("u1")
    for image, label in zip(images, labels, strict=True):
        image[2 * label + 3 : 2 * label + 7, 4:24] = 255
    return images, labels


def tiny_files(train=60, test=30):
    """Name and bytes, not zipped, of the four files."""
    files = {}
    for split, n, seed in ("train", train, 1), ("test", test, 2):
        for name, array in zip(module.SPLITS[split], drawn_digits(n, seed), strict=True):
            files[name] = idx(array)
    return files


def write_tiny(folder, zipped=False, **sizes):
    folder.mkdir(parents=True, exist_ok=True)
    files = tiny_files(**sizes)
    for name, content in files.items():
        path = folder / (f"{name}.gz" if zipped else name)
        path.write_bytes(gzip.compress(content, mtime=0) if zipped else content)
    return files


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def publish(monkeypatch, files):
    """Let the course take these files for MNIST; the zipped ones, as a mirror has them."""
    zipped = {f"{name}.gz": gzip.compress(content, mtime=0) for name, content in files.items()}
    archives = [RemoteFile(name, len(data), sha256(data)) for name, data in zipped.items()]
    monkeypatch.setattr(module, "ARCHIVES", tuple(archives))
    monkeypatch.setattr(module, "CONTENTS", {n: sha256(content) for n, content in files.items()})
    return zipped


def real_mnist():
    """A folder with MNIST: COURSE_DATA, or the one beside the checkout; skips where there is none."""
    for folder in (os.environ.get("COURSE_DATA"), REPOSITORY.parent / "shared" / "data"):
        if folder and not module.missing_files(Path(folder)):
            return Path(folder)
    pytest.skip("needs MNIST: let COURSE_DATA name a folder with it (course data mnist)")
