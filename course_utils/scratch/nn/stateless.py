"""Modules that are only a function with its settings kept: activations, losses, reshaping."""

import inspect
import sys
from collections.abc import Callable
from typing import Any

from course_utils.scratch.nn.module import Module
from course_utils.scratch.tensor import Tensor


class Stateless(Module):
    """Calls `function(*tensors, **settings)`; the settings are given when the module is made.

    They are those arguments of the function that come after the tensors, in the same order and with
    the same defaults, and become attributes of the module.
    """

    @classmethod
    def of(cls, name: str, function: Callable, tensors: int = 1) -> type:
        """A module class for a function whose first so many arguments are tensors."""
        arguments = list(inspect.signature(function).parameters.values())[tensors:]
        signature = inspect.Signature([a for a in arguments if a.name not in FOR_FUNCTIONS_ONLY])
        own = {"__doc__": function.__doc__, "__module__": sys._getframe(1).f_globals["__name__"]}
        return type(name, (cls,), {**own, "function": function, "__signature__": signature})

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__()
        given = self.__signature__.bind(*args, **settings)
        given.apply_defaults()
        for name, value in given.arguments.items():
            if name.endswith("weight"):  # a tensor that moves with the module
                self.register_buffer(name, value)
            else:
                setattr(self, name, value)

    def settings(self) -> dict[str, Any]:
        """What the module was made from, as it is now."""
        return {name: getattr(self, name) for name in self.__signature__.parameters}

    def forward(self, *tensors: Tensor) -> Tensor:
        """The function's result."""
        return type(self).function(*tensors, **self.settings())

    def extra_repr(self) -> str:
        """The settings; `inplace` only where it is True."""
        shown = {name: v for name, v in self.settings().items() if name != "inplace" or v}
        return ", ".join(f"{name}={value!r}" for name, value in shown.items())


class Loss(Stateless):
    """A loss as a module; PyTorch prints its name alone."""

    def extra_repr(self) -> str:
        """Nothing."""
        return ""


FOR_FUNCTIONS_ONLY = ("_stacklevel", "dtype")
