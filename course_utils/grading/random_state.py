"""A generator that was passed to a student's code, taken back as far as it was only drawn from.

A state that the student chose would let them know the numbers that a test draws next.
"""

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
    if old["inc"] != new["inc"] or _draws(old["state"], new["state"], old["inc"]) > _MOST_DRAWS:
        return False
    generator.bit_generator.state = after
    return True


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
