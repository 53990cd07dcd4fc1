"""IDX files: every type, and everything that can be wrong with one."""

import gzip
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from course_utils.datasets.errors import DataError
from course_utils.datasets.idx import parse_idx, read_idx

from .tiny_mnist import idx

KINDS = ["u1", "i1", "i2", "i4", "f4", "f8"]


def test_a_file_written_by_hand(tmp_path):
    path = tmp_path / "two-by-three"
    path.write_bytes(bytes.fromhex("00000802 00000002 00000003 010203fdfeff"))
    np.testing.assert_array_equal(read_idx(path), [[1, 2, 3], [253, 254, 255]])
    path.write_bytes(bytes.fromhex("00000b01 00000002 0102ffff"))
    np.testing.assert_array_equal(read_idx(path), [258, -1])
    path.write_bytes(bytes.fromhex("00000d01 00000001 bfc00000"))
    np.testing.assert_array_equal(read_idx(path), [-1.5])


@given(st.data())
def test_what_is_written_is_read(tmp_path_factory, data):
    kind = np.dtype(data.draw(st.sampled_from(KINDS)))
    shape = arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4)
    array = data.draw(arrays.arrays(kind, shape))
    found = parse_idx(idx(array), "file")
    np.testing.assert_array_equal(found, array)
    assert found.dtype == array.dtype
    assert found.dtype.byteorder in ("=", "|", "<" if sys.byteorder == "little" else ">")
    assert found.flags.writeable


def test_zipped_or_not(tmp_path):
    array = np.arange(24, dtype="i4").reshape(2, 3, 4)
    plain, zipped = tmp_path / "a", tmp_path / "a.gz"
    plain.write_bytes(idx(array))
    zipped.write_bytes(gzip.compress(idx(array)))
    np.testing.assert_array_equal(read_idx(plain), array)
    np.testing.assert_array_equal(read_idx(zipped), array)


WHOLE = idx(np.arange(6, dtype="u1").reshape(2, 3))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is no IDX file: it begins with nothing"),
        (b"\0\0", "is no IDX file: it begins with 00 00"),
        (b"<!doctype html>", "is no IDX file: it begins with 3c 21 64 6f"),
        (b"\0\0\x07\1\0\0\0\0", "is no IDX file: it begins with 00 00 07 01"),
        (WHOLE[:10], "was cut off within the lengths of its 2 axes"),
        (WHOLE[:-1], r"was cut off: 17 bytes unzipped, and its shape \(2, 3\) needs 18"),
        (WHOLE + b"\0", r"has something behind its end: 19 bytes unzipped, and its shape"),
        (b"\0\0\x08\3" + b"\xff" * 12, "was cut off: 16 bytes unzipped"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path, content, reason):
    for path, written in (tmp_path / "x", content), (tmp_path / "x.gz", gzip.compress(content)):
        path.write_bytes(written)
        with pytest.raises(DataError, match=reason) as refusal:
            read_idx(path)
        assert str(path) in str(refusal.value)
        assert "\n" not in str(refusal.value)


def test_a_zipped_file_that_was_cut_or_bent_is_refused(tmp_path):
    path = tmp_path / "x.gz"
    whole = gzip.compress(idx(np.arange(200, dtype="u1")), mtime=0)
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(DataError):
            read_idx(path)
    for place in range(10, len(whole)):  # before that stand a date and the like
        bent = bytearray(whole)
        bent[place] ^= 4
        path.write_bytes(bent)
        with pytest.raises(DataError):
            read_idx(path)


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(DataError, match=r"cannot read .*: No such file"):
        read_idx(tmp_path / "missing")
    with pytest.raises(DataError, match=r"cannot read .*: Is a directory"):
        read_idx(tmp_path)
