"""IDX, the file format of MNIST: a few numbers about the array, then its elements.

Bytes 0 and 1 are zero, byte 2 is the type of the elements, byte 3 the number of axes; then the
length of each axis in four bytes, then the elements, all with the most significant byte first.
Source: LeCun, Cortes & Burges, The MNIST database of handwritten digits, "File formats".
"""

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np

from course_utils.datasets.errors import DataError

#: Type of the elements by the third byte of the file.
TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def read_idx(path: Path) -> np.ndarray:
    """Read the array in an IDX file, gzipped (``.gz``) or not.

    Returns
    -------
    ndarray
        Of the type and shape that the file gives, in the machine's byte order.

    Raises
    ------
    DataError
        The file cannot be read, is damaged or incomplete, or holds something else; says what.
    """
    return parse_idx(read_unzipped(path), path)


def read_unzipped(path: Path) -> bytes:
    """The bytes of a file, unzipped where its name ends in ``.gz``.

    Raises
    ------
    DataError
        As `read_idx`. A gzipped file that was cut off, or in which a bit flipped, is told by the
        checksum that gzip keeps.
    """
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if path.suffix == ".gz" else content
    except EOFError:
        raise DataError(f"{path} was cut off: it ends before its gzip stream does") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise DataError(f"{path} is damaged or no gzip file: {error}") from None
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror}") from None


def parse_idx(content: bytes, path: Path) -> np.ndarray:
    """The array that the bytes of an IDX file describe; `path` names the file in errors.

    Raises
    ------
    DataError
        As `read_idx`.
    """
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] not in TYPES:
        raise DataError(
            f"{path} is no IDX file: it begins with {content[:4].hex(' ') or 'nothing'}"
        )
    kind, axes = np.dtype(TYPES[content[2]]), content[3]
    start = 4 + 4 * axes
    if len(content) < start:
        raise DataError(f"{path} was cut off within the lengths of its {axes} axes")
    shape = struct.unpack(f">{axes}I", content[4:start])
    expected = start + math.prod(shape) * kind.itemsize
    if len(content) != expected:
        what = "was cut off" if len(content) < expected else "has something behind its end"
        raise DataError(
            f"{path} {what}: {len(content)} bytes unzipped, and its shape {shape} needs {expected}"
        )
    elements = np.frombuffer(content, kind, offset=start).reshape(shape)
    return elements.astype(kind.newbyteorder("="))  # a copy: of one's own, and writable
