"""Calling a module, with functions hooked to it that look at what passes, or replace it."""

from collections.abc import Callable
from typing import Any

from course_utils.scratch.autograd import _Handle as Handle
from course_utils.scratch.graph import record
from course_utils.scratch.tensor import Tensor


class Hooked:
    """What is called through `forward`, with hooks before it, after it, and on the way back."""

    _forward_pre_hooks: tuple = ()
    _forward_hooks: tuple = ()
    _backward_hooks: tuple = ()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Compute the result."""
        if not (self._forward_pre_hooks or self._forward_hooks or self._backward_hooks):
            return self.forward(*args, **kwargs)
        for hook, with_kwargs in self._forward_pre_hooks:
            changed = hook(self, args, kwargs) if with_kwargs else hook(self, args)
            if changed is not None and with_kwargs:
                args, kwargs = changed
            elif changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
        passage = _Passage(self, args) if self._backward_hooks else None
        result = self.forward(*(passage.inputs if passage else args), **kwargs)
        for hook, with_kwargs in self._forward_hooks:
            changed = hook(self, args, kwargs, result) if with_kwargs else hook(self, args, result)
            result = result if changed is None else changed
        return passage.output(result) if passage else result

    def register_forward_pre_hook(self, hook: Callable, *, with_kwargs: bool = False) -> Handle:
        """Call `hook(module, args)` before `forward`; what it returns replaces the args."""
        return Handle(self, "_forward_pre_hooks", (hook, with_kwargs))

    def register_forward_hook(self, hook: Callable, *, with_kwargs: bool = False) -> Handle:
        """Call `hook(module, args, result)` after it; what it returns replaces the result."""
        return Handle(self, "_forward_hooks", (hook, with_kwargs))

    def register_full_backward_hook(self, hook: Callable) -> Handle:
        """Call `hook(module, grad_input, grad_output)` when backward has passed the module.

        What it returns replaces `grad_input`, a tuple; that is possible for a single input only.
        """
        return Handle(self, "_backward_hooks", hook)


class _Passage:
    """One call of a module, watched on the way back, from the result to the inputs."""

    def __init__(self, module: Hooked, args: tuple) -> None:
        self.module, self.grad_output = module, (None,)
        self.grad_input: list = [None] * len(args)
        inputs = [_same(a) if isinstance(a, Tensor) and a.requires_grad else a for a in args]
        watched = [i for i, (a, b) in enumerate(zip(args, inputs, strict=True)) if a is not b]
        for i in watched:
            inputs[i].register_hook(lambda g, i=i: self.leaves(i, g))
        self.inputs, self.watched, self.waiting = tuple(inputs), watched, set(watched)

    def output(self, result: Any) -> Any:
        """The result, watched."""
        if not (isinstance(result, Tensor) and result.requires_grad):
            return result
        result = _same(result)
        result.register_hook(self.enters)
        return result

    def enters(self, g: Tensor) -> None:
        """The adjoint g of the result has come."""
        self.grad_output, self.waiting = (g,), set(self.watched)
        if not self.waiting:
            self.call_hooks()

    def leaves(self, i: int, g: Tensor) -> Tensor:
        """The adjoint g of input i has come; the hooks are called at the last."""
        self.grad_input[i] = g
        self.waiting.discard(i)
        if not self.waiting:
            self.call_hooks()
        return self.grad_input[i]

    def call_hooks(self) -> None:
        """All adjoints are there."""
        for hook in self.module._backward_hooks:
            changed = hook(self.module, tuple(self.grad_input), self.grad_output)
            if changed is not None:
                if len(self.watched) != 1:
                    raise RuntimeError("a backward hook can replace the adjoint of one input only")
                self.grad_input = list(changed) if isinstance(changed, tuple) else [changed]


def _same(x: Tensor) -> Tensor:
    """The same numbers with a node of their own."""
    return record(x.array, (x, lambda g: g))
