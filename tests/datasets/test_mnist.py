"""Reading MNIST: from any of the folders it may lie in, and never anything else."""

import gzip

import numpy as np
import pytest

from course_utils.datasets import mnist as module
from course_utils.datasets.errors import DataError
from course_utils.datasets.mnist import CONTENTS, NAMES, SPLITS, checksums, fetch_mnist, mnist

from .tiny_mnist import drawn_digits, idx, publish, real_mnist, sha256, write_tiny


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("inside", ["", "mnist"])
def test_a_folder_with_the_files_is_used_as_it_is(tmp_path, monkeypatch, zipped, inside):
    files = write_tiny(tmp_path / inside, zipped)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    publish(monkeypatch, files)
    for split, n, seed in ("train", 60, 1), ("test", 30, 2):
        images, labels = mnist(split)
        expected = drawn_digits(n, seed)
        np.testing.assert_array_equal(images, expected[0])
        np.testing.assert_array_equal(labels, expected[1])
        assert (images.dtype, labels.dtype) == (np.uint8, np.int64)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    assert fetch_mnist(mirrors=()) == (tmp_path / inside, [])
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def test_gzipped_and_plain_files_may_be_mixed(tmp_path):
    for name, content in write_tiny(tmp_path).items():
        if "images" in name:
            (tmp_path / name).unlink()
            (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content))
    assert mnist("train", tmp_path)[0].shape == (60, 28, 28)


@pytest.mark.parametrize("split", ["Train", "t10k", "validation", "", None])
def test_there_are_two_splits(split):
    with pytest.raises(ValueError, match='split must be "train" or "test", not'):
        mnist(split)


@pytest.mark.parametrize("missing", NAMES)
def test_a_missing_file_is_named_with_what_to_do(tmp_path, missing):
    write_tiny(tmp_path / "mnist")
    (tmp_path / "mnist" / missing).unlink()
    (tmp_path / "mnist" / f"{missing}.gz.part").write_bytes(b"half of it")
    for split in SPLITS:
        with pytest.raises(
            DataError, match=f"no MNIST in {tmp_path}/mnist: {missing} is missing"
        ) as e:
            mnist(split, tmp_path)
        assert "run: course data mnist" in str(e.value)
        assert "COURSE_DATA" in str(e.value)
    with pytest.raises(DataError, match=f"{missing} is missing"):
        checksums(tmp_path)


IMAGES, LABELS = drawn_digits(60, 1)


@pytest.mark.parametrize(
    ("name", "array", "reason"),
    [
        (0, IMAGES[:, :27], r"must hold uint8 of shape \(N, 28, 28\), not uint8 of shape \(60, 27, 28\)"),
        (0, IMAGES.astype("i4"), r"must hold uint8 .*, not int32 of shape \(60, 28, 28\)"),
        (0, LABELS, r"must hold uint8 of shape \(N, 28, 28\), not uint8 of shape \(60,\)"),
        (1, LABELS[:-1], r"must hold uint8 of shape \(60,\), not uint8 of shape \(59,\)"),
        (1, IMAGES, r"must hold uint8 of shape \(60,\), not uint8 of shape \(60, 28, 28\)"),
        (1, LABELS.astype("f4"), r"must hold uint8 of shape \(60,\), not float32"),
        (1, np.where(LABELS == 3, 10, LABELS).astype("u1"), "must hold digits from 0 to 9, and has a 10"),
    ],
)  # fmt: skip
def test_files_of_another_form_are_refused(tmp_path, name, array, reason):
    write_tiny(tmp_path)
    path = tmp_path / SPLITS["train"][name]
    path.write_bytes(idx(array))
    with pytest.raises(DataError, match=reason) as refusal:
        mnist("train", tmp_path)
    assert str(refusal.value).startswith(str(path))
    assert mnist("test", tmp_path)[0].shape == (30, 28, 28)


def test_other_files_of_that_form_are_read_but_told_apart(tmp_path):
    files = write_tiny(tmp_path, zipped=True)
    assert mnist("train", tmp_path)[0].shape == (60, 28, 28)
    found = checksums(tmp_path)
    assert found == {name: sha256(content) for name, content in files.items()}
    assert found != CONTENTS
    first = tmp_path / f"{NAMES[0]}.gz"
    with pytest.raises(DataError, match=f"{first} is not MNIST's: .* remove it and run") as refusal:
        fetch_mnist(tmp_path, mirrors=())
    assert found[NAMES[0]][:12] in str(refusal.value)
    assert first.exists(), "it is somebody's"


def test_a_truncated_file_is_refused_by_reader_and_check(tmp_path, monkeypatch):
    publish(monkeypatch, write_tiny(tmp_path, zipped=True))
    path = tmp_path / f"{NAMES[2]}.gz"
    path.write_bytes(path.read_bytes()[:-100])
    for call in (lambda: mnist("test", tmp_path), lambda: fetch_mnist(tmp_path, mirrors=())):
        with pytest.raises(DataError, match=f"{path} was cut off"):
            call()


def test_archives_and_checksums_name_the_same_files():
    assert [file.name for file in module.ARCHIVES] == [f"{name}.gz" for name in NAMES]
    assert tuple(CONTENTS) == NAMES
    digests = [*CONTENTS.values(), *(file.sha256 for file in module.ARCHIVES)]
    assert len(set(digests)) == 8
    assert all(len(bytes.fromhex(digest)) == 32 for digest in digests)


def test_the_real_files():
    folder = real_mnist()
    assert checksums(folder) == CONTENTS
    images, labels = mnist("train", folder)
    assert images.shape == (60_000, 28, 28)
    # Counts, mean and first labels as they are published everywhere.
    assert np.bincount(labels).tolist() == [
        5923,
        6742,
        5958,
        6131,
        5842,
        5421,
        5918,
        6265,
        5851,
        5949,
    ]
    assert labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert round(images.mean() / 255, 4) == 0.1307
    assert round(images.std() / 255, 4) == 0.3081
    images, labels = mnist("test", folder)
    assert images.shape == (10_000, 28, 28)
    assert np.bincount(labels).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert labels[:5].tolist() == [7, 2, 1, 0, 4]
