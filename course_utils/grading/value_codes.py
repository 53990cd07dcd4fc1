"""Names and numbers that both directions of the wire share."""

import re
from typing import NamedTuple

TUPLE, SET, FROZEN_SET, COMPLEX, BIG_INTEGER, SLICE, RANGE, ELLIPSIS = range(1, 9)
ARRAY, SCALAR, OBJECTS, TENSOR, DTYPE, GENERATOR, REFERENCE = range(20, 27)

PLAIN_DTYPE = re.compile(r"[<>|=][biufcUS][0-9]+")
MOST_DIGITS = 4_000  # Python itself reads up to 4300


class ValueRefused(Exception):
    """A value that does not go over the wire, or bytes that are no value; says why."""


class Reference(NamedTuple):
    """Something that stays where it is: whose it is, its number there, what it is called.

    The owner is ``"student"``, ``"judge"`` or ``"library"``; a name of a library's function is
    ``"numpy:linalg.norm"``, and of a student's object its type.
    """

    owner: str
    number: int
    name: str = ""
