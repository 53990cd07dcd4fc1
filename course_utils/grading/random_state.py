"""A generator that was passed to a student's code, taken back as far as it was only drawn from.

A state that the student chose would let them know the numbers that a test draws next.
"""

from typing import Any

import numpy as np

# O'Neill (2014), PCG, HMC-CS-2014-0905: the multiplier of the 128-bit generator behind PCG64.
_MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
_MASK = 2**128 - 1
#: Numbers that a student's code may draw in one call.
_MOST_DRAWS = 2**24


def take_back(generator: np.random.Generator, used: np.random.Generator) -> bool:
    """Set ``generator`` to where ``used`` is, if drawing leads there; tells whether it does."""
    before, after = generator.bit_generator.state, used.bit_generator.state
    if before["bit_generator"] != "PCG64" or after["bit_generator"] != "PCG64":
        return False
    old, new = before["state"], after["state"]
    steps = _draws(old["state"], new["state"], old["inc"])
    if old["inc"] != new["inc"] or steps > _MOST_DRAWS or not _half_is_drawn(before, after, steps):
        return False
    generator.bit_generator.state = after
    return True


def _half_is_drawn(before: dict[str, Any], after: dict[str, Any], steps: int) -> bool:
    """Whether the half kept for the next draw of 32 bits is one of a number that was drawn."""
    half = after["uinteger"]
    if not after["has_uint32"] or (before["has_uint32"] and before["uinteger"] == half):
        return True
    source = np.random.PCG64()
    source.state = before
    while steps > 0:
        drawn = source.random_raw(min(steps, 2**16))
        if (drawn >> np.uint64(32) == half).any():
            return True
        steps -= 2**16
    return False


def _draws(state: int, goal: int, increment: int) -> int:
    """How many steps lead from one state to another, found bit by bit (Brown, 1994)."""
    steps, bit, multiplier, plus = 0, 1, _MULTIPLIER, increment
    while state != goal and bit <= _MASK:
        if state & bit != goal & bit:
            state = (state * multiplier + plus) & _MASK
            steps |= bit
        bit <<= 1
        plus = (multiplier + 1) * plus & _MASK
        multiplier = multiplier * multiplier & _MASK
    return steps
