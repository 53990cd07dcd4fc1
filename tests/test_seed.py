"""The seed of the hidden tests: one for a class, kept until somebody asks for another."""

import pytest

from course_utils.course_tree import CourseError
from course_utils.grading.seed import choose_seed, keep_seed
from tests.unprivileged import open_folder, ordinary_user


def run(runs, seed=None, **how):
    """A grading run, as far as its seed goes."""
    chosen = choose_seed(runs, seed, **how)
    keep_seed(runs, chosen)
    return chosen


def test_choosing_alone_keeps_nothing(tmp_path):
    choose_seed(tmp_path, 5)
    assert not (tmp_path / "seed").exists()


def test_one_is_drawn_and_stays(tmp_path):
    runs = tmp_path / "runs" / "01_tiny"
    seed = run(runs)
    assert 0 <= seed < 2**32
    assert (runs / "seed").read_text() == f"{seed}\n"
    assert run(runs) == run(runs) == seed


def test_no_two_classes_get_the_same(tmp_path):
    seeds = {run(tmp_path / str(number)) for number in range(50)}
    assert len(seeds) == 50
    assert len({seed % 256 for seed in seeds}) > 20


def test_one_that_is_asked_for_takes_its_place(tmp_path):
    run(tmp_path)
    assert run(tmp_path, 5) == 5
    assert run(tmp_path) == 5
    assert run(tmp_path, 0) == 0
    assert run(tmp_path) == 0
    assert run(tmp_path, 6, anew=True) == 6
    assert run(tmp_path, 2**40) == 2**40
    assert run(tmp_path) == 2**40


def test_a_new_one(tmp_path):
    first = run(tmp_path)
    second = run(tmp_path, anew=True)
    assert first != second
    assert run(tmp_path) == second


@pytest.mark.parametrize(
    "content", [b"", b"five", b"-3", b"1.5", b"\xff\xfe", "²".encode(), b"1\n2"]
)
def test_a_file_that_holds_none_is_replaced(tmp_path, content):
    (tmp_path / "seed").write_bytes(content)
    seed = run(tmp_path)
    assert run(tmp_path) == seed
    assert (tmp_path / "seed").read_text() == f"{seed}\n"


def test_spaces_around_it_do_no_harm(tmp_path):
    (tmp_path / "seed").write_text("  7 \r\n")
    assert run(tmp_path) == 7


def test_a_folder_that_cannot_be_written():
    with open_folder() as folder:
        folder.chmod(0o555)
        with ordinary_user(), pytest.raises(CourseError, match=r"cannot write .*Permission denied"):
            run(folder)
