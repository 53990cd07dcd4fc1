"""What the judge may do with an object that stays in the student's process."""

import operator
from collections.abc import Callable
from typing import Any

#: Name of the operation → what carries it out; of the operators, ``r_`` before it is the reflected.
OPERATIONS: dict[str, Callable[..., Any]] = {
    "call": lambda target, *args, **options: target(*args, **options),
    "iter": iter,
    "next": next,
    "len": len,
    **{
        name: getattr(operator, name)
        for name in (
            *("getitem", "setitem", "delitem", "add", "sub", "mul", "truediv", "floordiv"),
            *("mod", "pow", "matmul", "neg", "pos"),
        )
    },
    "getattr": getattr,
    "setattr": setattr,
    "abs": abs,
}
