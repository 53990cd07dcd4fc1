"""A generator that a student's code was given goes on only where drawing can have led it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.grading.random_state import take_back

MOST = 2**24


def generator(seed=3):
    return np.random.default_rng(seed)


def copied(original):
    copy = generator(0)
    copy.bit_generator.state = original.bit_generator.state
    return copy


def next_numbers(rng):
    return copied(rng).integers(2**63, size=4).tolist()


def refused(ours, theirs):
    before = ours.bit_generator.state
    assert take_back(ours, theirs) is False
    assert ours.bit_generator.state == before


@given(st.integers(0, 2**32), st.integers(0, 40), st.integers(0, 500))
def test_drawing_is_taken_over(seed, already, drawn):
    ours = generator(seed)
    ours.random(already)
    theirs = copied(ours)
    theirs.random(drawn)
    assert take_back(ours, theirs) is True
    assert next_numbers(ours) == next_numbers(theirs)


@given(st.lists(st.sampled_from(["normal", "permutation", "integers", "float32", "bytes"])))
def test_whatever_was_drawn(ways):
    ours, theirs = generator(), generator()
    draw = {
        "normal": lambda: theirs.normal(size=3),
        "permutation": lambda: theirs.permutation(7),  # draws of 32 bits, half of a number each
        "integers": lambda: theirs.integers(10),
        "float32": lambda: theirs.random(dtype=np.float32),
        "bytes": lambda: theirs.bytes(5),
    }
    for way in ways:
        draw[way]()
    assert take_back(ours, theirs) is True
    assert ours.bit_generator.state == theirs.bit_generator.state


@pytest.mark.parametrize("steps", [MOST - 1, MOST])
def test_up_to_sixteen_million_numbers(steps):
    ours, theirs = generator(), generator()
    theirs.bit_generator.advance(steps)
    assert take_back(ours, theirs) is True


@pytest.mark.parametrize("steps", [MOST + 1, 2**64, -1, -1000, 2**127 + 1])
def test_a_state_that_no_drawing_leads_to(steps):
    ours, theirs = generator(), generator()
    theirs.bit_generator.advance(steps)
    refused(ours, theirs)


@given(st.integers(0, 2**128 - 1))
def test_a_state_of_the_students_choice(chosen):
    ours, theirs = generator(), generator()
    state = theirs.bit_generator.state
    state["state"]["state"] = chosen
    theirs.bit_generator.state = state
    refused(ours, theirs)


def test_the_half_number_of_the_students_choice():
    """It would be the next draw of 32 bits, ``integers(10)`` for example."""
    for drawn in (0, 1, 100_000):
        ours, theirs = generator(), generator()
        theirs.random(drawn)
        state = theirs.bit_generator.state
        state["has_uint32"], state["uinteger"] = 1, 12345
        theirs.bit_generator.state = state
        refused(ours, theirs)


def test_a_half_number_from_long_ago():
    ours, theirs = generator(), generator()
    theirs.integers(10)
    theirs.random(70_000)
    assert theirs.bit_generator.state["has_uint32"]
    assert take_back(ours, theirs) is True
    theirs.random(5)
    assert take_back(ours, theirs) is True  # the half was there before


def test_another_generator():
    refused(generator(3), generator(4))
    refused(generator(), np.random.Generator(np.random.MT19937(3)))
    ours = np.random.Generator(np.random.Philox(3))
    theirs = np.random.Generator(np.random.Philox(3))
    before = ours.bit_generator.state
    assert take_back(ours, theirs) is False
    assert repr(ours.bit_generator.state) == repr(before)
