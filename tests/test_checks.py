"""What test cells call: `close` is tried in test_diagnosis.py, the rest here."""

import copy
import io
import subprocess
import sys
import warnings

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell

from course_utils import checks

PLAIN = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.text(), st.none()), st.lists, max_leaves=8
)


def message(check, *arguments, **options):
    with pytest.raises(checks.CheckFailed) as failure:
        check(*arguments, **options)
    return str(failure.value)


def test_close_shows_where_the_first_difference_is():
    text = message(checks.close, [[1.0, 2.0], [3.5, 4.25]], [[1.0, 2.0], [3.0, 4.0]], "W")
    lines = text.splitlines()
    assert lines[0].startswith("W: ")
    assert lines[1] == "  2 of 4 entries differ, first at [1, 0]: expected 3, got 3.5"
    assert lines[2] == "  expected [[1., 2.], [3., 4.]]"
    assert lines[3] == "  got      [[1. , 2. ], [3.5 , 4.25]]"


def test_close_shows_both_numbers():
    text = message(checks.close, 0.25, 1.3, "risk")
    assert text.splitlines()[1:] == ["  expected 1.3", "  got      0.25"]


@pytest.mark.parametrize("factor", [0.999, 1.001])
def test_close_tolerances_are_those_of_numpy(factor):
    expected, rtol, atol = 2.0, 1e-3, 1e-2
    got = expected + factor * (atol + rtol * expected)
    agrees = bool(np.isclose(got, expected, rtol=rtol, atol=atol))
    assert agrees == (factor < 1)
    if agrees:
        checks.close(got, expected, "edge", rtol=rtol, atol=atol)
    else:
        message(checks.close, got, expected, "edge", rtol=rtol, atol=atol)


@given(PLAIN)
def test_equal_accepts_what_python_calls_equal(value):
    checks.equal(value, value, "result")
    if isinstance(value, list):
        checks.equal(tuple(value), value, "result")


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (np.array([1, 2]), [1, 2]),
        (torch.tensor([[1, 0]]), [[True, False]]),
        ((np.int64(3), "a"), [3, "a"]),
        (np.bool_(True), 1),
        ([np.array([1, 2]), np.array([3])], [[1, 2], [3]]),
        ({"w": np.arange(2)}, {"w": [0, 1]}),
        (np.array(["a", "b"]), ("a", "b")),
    ],
)
def test_equal_accepts_arrays_for_lists(got, expected):
    checks.equal(got, expected, "result")


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (None, "labels: nothing was returned; is the `return` missing?"),
        ([1, 2, 4], "labels: not what was expected.\n  expected [1, 2, 3]\n  got      [1, 2, 4]"),
        ([0, 1, 2], "labels: counted from 0.\n  expected [1, 2, 3]\n  got      [0, 1, 2]"),
        ([[1], [2], [3]], "labels: not what was expected."),
        ("123", "labels: not what was expected.\n  expected [1, 2, 3]\n  got      '123'"),
    ],
)
def test_equal_names_the_mistake(got, words):
    text = message(checks.equal, got, np.array([1, 2, 3]), "labels", mistakes={
        "counted from 1": [2, 3, 4], "counted from 0": np.array([0, 1, 2]),
    })  # fmt: skip
    assert text.startswith(words)


def test_raises():
    checks.raises(ValueError, lambda: int("x"), "int('x')")
    checks.raises(LookupError, lambda: {}["x"], "a subclass will do")
    text = message(checks.raises, ValueError, lambda: 3, "f(3)")
    assert text == "f(3): should raise ValueError, but nothing was raised"
    text = message(checks.raises, ValueError, lambda: 1 / 0, "f(0)")
    assert text == "f(0): should raise ValueError, but raised ZeroDivisionError: division by zero"
    stub = NotImplementedError("Write your answer here")
    assert "Write your answer here" in message(checks.raises, ValueError, _raiser(stub), "f")


def test_raises_lets_an_interrupt_through():
    with pytest.raises(KeyboardInterrupt):
        checks.raises(ValueError, _raiser(KeyboardInterrupt()), "f")


@pytest.mark.parametrize(
    "value",
    [[1.0, np.nan], ["a", "b"], [1, "a", None], [], np.zeros((2, 0)), [1 + 2j], 3, [True]],
)
def test_unchanged_accepts_a_copy(value):
    checks.unchanged(value, copy.deepcopy(value), "X")


def test_unchanged_sees_any_change():
    X = np.arange(6.0).reshape(2, 3)
    for harm in (lambda a: a.__imul__(2), lambda a: np.fliplr(a).sort(), lambda a: a.fill(np.nan)):
        after = X.copy()
        harm(after)
        assert message(checks.unchanged, X, after, "X").startswith(
            "X: the argument was changed in place. Work on a copy"
        )
    w = torch.ones(3, requires_grad=True)
    checks.unchanged(torch.ones(3), w, "w")
    message(checks.unchanged, torch.zeros(3), w, "w")
    message(checks.unchanged, [1, 2], [1, 2, 3], "list that grew")


def test_passed_prints_one_line(capsys):
    checks.passed("Gates: all four truth tables are right.")
    assert capsys.readouterr().out == "✓ Gates: all four truth tables are right.\n"


def test_fresh_rng_repeats_under_a_seed_and_only_then(monkeypatch):
    monkeypatch.setenv(checks.SEED_VARIABLE, "7")
    expected = np.random.default_rng(7).normal(size=4).tolist()
    assert checks.fresh_rng().normal(size=4).tolist() == expected
    assert checks.fresh_rng().normal(size=4).tolist() == expected
    monkeypatch.delenv(checks.SEED_VARIABLE)
    assert checks.fresh_rng().integers(2**62) != checks.fresh_rng().integers(2**62)


@pytest.mark.parametrize("seed", ["", "-1", "1.5", "seven", "²", "1 "])
def test_fresh_rng_refuses_a_seed_that_is_no_whole_number(seed, monkeypatch):
    monkeypatch.setenv(checks.SEED_VARIABLE, seed)
    with pytest.raises(ValueError, match=f"{checks.SEED_VARIABLE} must be a whole number"):
        checks.fresh_rng()


def test_a_failed_check_shows_in_jupyter_without_frames(capsys):
    shell = InteractiveShell()
    result = shell.run_cell("from course_utils import checks\nchecks.close(-2.5, 2.5, 'f(5)')")
    assert isinstance(result.error_in_exec, checks.CheckFailed)
    shown = capsys.readouterr().out
    assert (
        "✗ f(5): sign flipped: is a minus missing, or one too many?\n  expected 2.5\n  got      -2.5"
        in shown
    )
    assert "Traceback" not in shown
    assert "checks.close" not in shown


def test_warnings_can_be_sent_to_standard_output():
    code = (
        "import warnings; from course_utils import checks; checks.show_warnings_as_output(); "
        "warnings.warn('mind the step', RuntimeWarning)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "RuntimeWarning: mind the step\n"
    assert done.stderr == ""


def test_warnings_printed_show_no_source_line(monkeypatch):
    """The line that warned may be part of a hidden test."""
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    checks.show_warnings_as_output()
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = checks._print_warning
        warnings.warn("mind the step", stacklevel=1)
    assert sys.stdout.getvalue() == "UserWarning: mind the step\n"


def test_checks_need_no_pytorch():
    code = "import sys; from course_utils import checks; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def _raiser(error):
    def call():
        raise error

    return call


def test_a_mistake_that_asks_a_question_keeps_its_question_mark():
    with pytest.raises(checks.CheckFailed, match=r"is the bias missing\?\n"):
        checks.close(1.0, 2.0, "f", mistakes={"is the bias missing?": 1.0})
    with pytest.raises(checks.CheckFailed, match=r"is it the label\?\n"):
        checks.equal(1, 2, "f", mistakes={"is it the label?": 1})


def test_attempt_says_what_is_likely_behind_an_error():
    X = np.zeros((2, 3))
    with pytest.raises(checks.CheckFailed, match=r"(?s)^f: look at the shapes.*ValueError: matmul"):
        checks.attempt(lambda: X @ X, what="f", hint="look at the shapes")
    with pytest.raises(checks.CheckFailed, match="nothing was returned"):
        checks.attempt(lambda: None, what="f", hint="look at the shapes")
    with pytest.raises(NotImplementedError):
        checks.attempt(raise_not_implemented, what="f", hint="look at the shapes")


def raise_not_implemented():
    raise NotImplementedError("Write your answer here")


def test_attempt_passes_copies():
    X = np.zeros(2)

    def change(values, factor):
        values += factor
        return values

    assert checks.attempt(change, X, 3, what="f", hint="").tolist() == [3, 3]
    assert X.tolist() == [0, 0]
