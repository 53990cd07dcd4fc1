"""A stand-in passes on what a test does with an object, and never what Python asks of it."""

import copy
import math
import operator
import pickle

import numpy as np
import pytest

from course_utils.grading.stand_in import (
    NotJudgeable,
    StandIn,
    kind_of,
    path_of,
    reference_to,
    set_path,
)


class Process:
    """Writes down what it is asked for."""

    def __init__(self, answers=()):
        self.asked = []
        self.answers = list(answers)

    def operate(self, operation, target, args, options):
        self.asked.append((operation, reference_to(target).number, args, options))
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, BaseException) or answer is StopIteration:
            raise answer
        return answer


@pytest.fixture
def process():
    return Process()


@pytest.fixture
def thing(process):
    return StandIn(process, 7, "Value", "Value()")


def test_what_it_is(thing, process):
    assert reference_to(thing).number == 7
    assert kind_of(thing) == "Value"
    assert path_of(thing) == "Value()"
    assert repr(thing) == str(thing) == f"{thing}" == "<Value(): Value of the student's code>"
    set_path(thing, "make()[0]")
    assert path_of(thing) == "make()[0]"
    assert len({thing, thing}) == 1
    assert process.asked == []


@pytest.mark.parametrize(
    ("do", "asked"),
    [
        (lambda t: t(1, b=2), ("call", 7, (1,), {"b": 2})),
        (lambda t: t.data, ("getattr", 7, ("data",), {})),
        (lambda t: t._private, ("getattr", 7, ("_private",), {})),
        (lambda t: setattr(t, "data", 3), ("setattr", 7, ("data", 3), {})),
        (lambda t: t[1:2], ("getitem", 7, (slice(1, 2),), {})),
        (lambda t: operator.setitem(t, 0, 5), ("setitem", 7, (0, 5), {})),
        (lambda t: operator.delitem(t, 0), ("delitem", 7, (0,), {})),
        (lambda t: -t, ("neg", 7, (), {})),
        (lambda t: +t, ("pos", 7, (), {})),
        (lambda t: abs(t), ("abs", 7, (), {})),
        (lambda t: t + 2, ("add", 7, (2,), {})),
        (lambda t: 2 + t, ("r_add", 7, (2,), {})),
        (lambda t: t - 2, ("sub", 7, (2,), {})),
        (lambda t: 2.5 - t, ("r_sub", 7, (2.5,), {})),
        (lambda t: t * 2, ("mul", 7, (2,), {})),
        (lambda t: 2 * t, ("r_mul", 7, (2,), {})),
        (lambda t: t / 2, ("truediv", 7, (2,), {})),
        (lambda t: 2 / t, ("r_truediv", 7, (2,), {})),
        (lambda t: t // 2, ("floordiv", 7, (2,), {})),
        (lambda t: t % 2, ("mod", 7, (2,), {})),
        (lambda t: t**2, ("pow", 7, (2,), {})),
        (lambda t: 2**t, ("r_pow", 7, (2,), {})),
        (lambda t: t @ 2, ("matmul", 7, (2,), {})),
        (lambda t: np.float64(2) * t, ("r_mul", 7, (2.0,), {})),
        (lambda t: next(t), ("next", 7, (), {})),
    ],
)
def test_what_is_passed_on(thing, process, do, asked):
    do(thing)
    assert process.asked == [asked]


def test_an_array_is_passed_on_whole(thing, process):
    process.answers = ["sum", "product"]
    array = np.arange(3.0)
    assert array + thing == "sum"
    assert array @ thing == "product"
    assert [(operation, args[0] is array) for operation, _, args, _ in process.asked] == [
        ("r_add", True), ("r_matmul", True),
    ]  # fmt: skip


def test_results_come_back(thing, process):
    process.answers = ["the answer", 3]
    assert thing.data == "the answer"
    assert len(thing) == 3


def test_a_loop_asks_for_one_entry_at_a_time(process):
    inner = StandIn(process, 8, "iterator", "")
    process.answers = [inner, 1, 2, StopIteration()]
    assert list(iter(StandIn(process, 7, "Value", ""))) == [1, 2]
    assert [(operation, number) for operation, number, *_ in process.asked] == [
        ("iter", 7), ("next", 8), ("next", 8), ("next", 8),
    ]  # fmt: skip


def test_an_exception_of_the_student_ends_a_loop_as_itself(process):
    process.answers = [StandIn(process, 8, "iterator", ""), 1, KeyError("x")]
    with pytest.raises(KeyError):
        list(iter(StandIn(process, 7, "Value", "")))


COMPARISONS = [
    operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge,
    lambda a, b: b == a, lambda a, b: b < a, lambda a, b: b >= a,
]  # fmt: skip


@pytest.mark.parametrize("compare", COMPARISONS)
@pytest.mark.parametrize("other", [1, 2.5, "x", None, [1], np.float64(1), StandIn(None, 1, "", "")])
def test_comparisons_are_refused(thing, process, compare, other):
    with pytest.raises(NotJudgeable, match="compare plain values"):
        compare(thing, other)
    assert process.asked == []


@pytest.mark.parametrize(
    "ask",
    [
        bool, lambda t: not t, lambda t: t and True, lambda t: 1 in t, lambda t: [1].index(t),
        lambda t: t in [1], lambda t: (t,) == (1,), lambda t: {"a": t} == {"a": 1},
        lambda t: all([t]), lambda t: sorted([t, t]), lambda t: max([t, 2]), lambda t: assert_it(t),
        lambda t: [1.0].count(t), np.asarray, np.atleast_1d,
        lambda t: np.allclose(t, 1), lambda t: np.vstack([t, t]), copy.copy, copy.deepcopy, pickle.dumps,
    ],
)  # fmt: skip
def test_nobody_but_the_judge_says_what_is_true(thing, process, ask):
    with pytest.raises(NotJudgeable):
        ask(thing)
    assert process.asked == []


def assert_it(value):
    assert value


def every_special_name():
    """Names with two underscores that Python, NumPy and PyTorch look for."""
    found = {"__array__", "__array_interface__", "__array_struct__", "__array_ufunc__"}
    found |= {"__array_function__", "__array_priority__", "__torch_function__", "__dlpack__"}
    found |= {"__fspath__", "__missing__", "__length_hint__", "__iadd__", "__await__", "__enter__"}
    for kind in (int, float, complex, str, list, dict, np.ndarray, np.float64, BaseException, type):
        found |= {name for name in dir(kind) if name.startswith("__")}
    return sorted(found)


@pytest.mark.parametrize("name", every_special_name())
def test_no_special_name_is_looked_up_in_the_students_process(thing, process, name):
    """It has the method itself, or has none."""
    assert hasattr(StandIn, name) or not hasattr(thing, name)
    assert process.asked == []


@pytest.mark.parametrize(
    "use",
    [float, int, complex, round, math.sqrt, operator.index, bytes, hex, open,
     lambda t: "x" + t, lambda t: [1][t], range, lambda t: np.zeros(t),
     lambda t: isinstance(1, t), lambda t: np.float64(t), lambda t: f"{t:.3f}"],
)  # fmt: skip
def test_it_is_no_number_and_no_text(thing, process, use):
    process.answers = [TypeError("no")] * 3
    with pytest.raises((TypeError, ValueError)):
        use(thing)
    assert {operation for operation, *_ in process.asked} <= {"len", "iter", "r_add"}


def test_numpy_makes_no_array_of_it(process):
    """Not even where the process has a length and entries to offer."""
    process.answers = [1, 1.0] * 9
    thing = StandIn(process, 7, "Value", "")
    assert not np.array_equal(thing, [1.0])
    with pytest.raises(NotJudgeable):
        np.testing.assert_allclose(thing, [1.0])
    assert process.asked == []


def test_its_type_is_its_own(thing, process):
    assert not isinstance(thing, int | float | str | np.ndarray | Exception)
    assert type(thing) is StandIn
    assert process.asked == []
