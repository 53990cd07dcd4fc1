"""`Parameter`: a tensor that is learnt."""

from typing import Any

from course_utils.scratch.creation import empty
from course_utils.scratch.tensor import Tensor


class Parameter(Tensor):
    """A tensor that is learnt; as an attribute of a module it is registered there.

    Parameters
    ----------
    data
        Its entries; the memory is shared.
    requires_grad
        Whether `backward` brings it a derivative.
    """

    def __init__(self, data: Tensor | None = None, requires_grad: bool = True) -> None:
        if data is None:
            super().__init__(0)
        elif not isinstance(data, Tensor):
            raise TypeError(f"a Parameter is made from a Tensor, not from {type(data).__name__}")
        else:
            self.array, self._counter = data.array, data.counter()
        self.requires_grad = requires_grad

    def __repr__(self) -> str:
        return f"Parameter containing:\n{super().__repr__()}"


def empty_parameter(size: tuple[int, ...], device: Any = None, dtype: Any = None) -> Parameter:
    """A parameter of this size whose entries are still to be drawn."""
    return Parameter(empty(size, device=device, dtype=dtype))
