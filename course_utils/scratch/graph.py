"""Reverse-mode derivatives: operations record how, `run_backward` goes through them in reverse.

An operation computes its result and calls `record` with one *edge* for each tensor it used: that
tensor, and a function that turns the adjoint of the result (the derivative of the final number with
respect to it) into the adjoint of that tensor. The functions are written with tensor operations, so
they can be recorded in turn: with `create_graph=True` derivatives have derivatives.

Source: Griewank & Walther, Evaluating Derivatives, 2008, chapter 3.
"""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from course_utils.scratch.arrays import Array, quiet
from course_utils.scratch.recording import mode, set_grad_enabled
from course_utils.scratch.tensor import Tensor, share, wrap

Derivative = Callable[..., Tensor]
#: In `saves`: the derivatives need the result, and take it as their second argument.
RESULT = object()
_clock = itertools.count()


class Node:
    """One recorded operation: what it was computed from, and its derivatives.

    A node is younger than all nodes it was computed from: `born` orders the graph.
    """

    hooks: tuple = ()
    freed = False

    def __init__(
        self, links: list, saved: tuple, result: Tensor | None, shape: tuple, label: str | None
    ) -> None:
        self.born = next(_clock)
        self.links = links  # the edges in one list: target, derivative, target, derivative, …
        self.saved = saved  # tensors whose values the derivatives need
        self.versions = tuple([t._counter and t._counter[0] for t in saved])  # changes so far
        self.result = result
        self.shape = shape  # of the result, and so of its adjoint
        self.label = label or links[1].__code__  # bears the operation's name, and no values

    @property
    def targets(self) -> list:
        """The nodes and leaves that this one was computed from."""
        return self.links[::2]

    @property
    def edges(self) -> list[tuple]:
        """The pairs of target and derivative."""
        links = iter(self.links)
        return list(zip(links, links, strict=True))

    def name(self) -> str:
        """The operation's name, as PyTorch prints it."""
        label = self.label if isinstance(self.label, str) else self.label.co_qualname.split(".")[0]
        return "".join(word.capitalize() for word in label.split("_")) + "Backward0"

    def __repr__(self) -> str:
        return f"<{self.name()} object at {id(self):#x}>"

    def check(self) -> None:
        """Refuse to differentiate what is gone or was overwritten."""
        if self.freed:
            raise RuntimeError(
                "Trying to backward through the graph a second time: its saved values were freed by"
                " the first backward. Use backward(retain_graph=True) there, or compute it anew."
            )
        for tensor, version in zip(self.saved, self.versions, strict=True):
            if tensor._version != (version or 0):
                raise RuntimeError(
                    "one of the variables needed for gradient computation has been modified by an"
                    f" inplace operation: a tensor of shape {tuple(tensor.shape)}, needed by"
                    f" {self.name()}, is at version {tensor._version}; expected version"
                    f" {version or 0} instead"
                )

    def free(self) -> None:
        """Let go of the saved values; a node without any can be used again, as in PyTorch."""
        self.links, self.saved, self.result, self.freed = [], (), None, True


def same(g: Tensor) -> Tensor:
    """The derivative of an operation that passes the adjoint on as it is.

    One function for all: what a node holds is work for Python's garbage collector, and a lambda
    would be a new object for every addition.
    """
    return g


def record(array: Array, *edges: tuple, saves: Any = (), name: str | None = None) -> Tensor:
    """The result of an operation, with the way back to what it was computed from.

    Parameters
    ----------
    array
        The result's numbers.
    edges
        For each tensor used: the tensor and `derivative(g)`, g the adjoint of the result, giving
        the adjoint of the tensor; where the tensor was broadcast, of the broadcast shape. After
        these, the tensors whose values this derivative needs.
    saves
        What all derivatives need: tensors, or RESULT, or a tuple with RESULT first.
    name
        The operation's name in `grad_fn`, where it is not that of the function calling.
    """
    out = wrap(array)
    if not mode.recording:
        return out
    links = []
    saves = (RESULT,) if saves is RESULT else saves
    for edge in edges:
        parent = edge[0]
        if parent._seen is not None and parent._seen != parent._counter[0]:
            look_again(parent)
        if parent._requires_grad:
            links += (parent.grad_fn or parent, edge[1])
            saves += edge[2:]
    if links:
        result = None
        if saves and saves[0] is RESULT:
            result = share(out)
            saves = (result, *saves[1:])
        out.grad_fn = Node(links, saves, result, out.array.shape, name)
        out._requires_grad = True
    return out


def record_view(base: Tensor, array: Array, derivative: Derivative, index: Any = None) -> Tensor:
    """The result of an operation that only looks at memory of `base`; `index`: at `base[index]`."""
    out = record(array, (base, derivative))
    out._counter, out._base = base.counter(), (base, index, derivative)
    if mode.recording:
        out._seen = out._counter[0]
    return out


def look_again(view: Tensor) -> None:
    """Take a view anew, because the tensor that it looks into was changed in place since."""
    base, index, derivative = view._base
    with set_grad_enabled(True):
        again = record_view(base, view.array, derivative, index)
    view.grad_fn, view._requires_grad, view._seen = again.grad_fn, again._requires_grad, again._seen


def reachable(roots: Sequence[Any]) -> list[Node]:
    """All nodes that the roots were computed from, youngest first."""
    seen = {root for root in roots if isinstance(root, Node)}
    stack = list(seen)
    while stack:
        for target in stack.pop().targets:
            if target not in seen and type(target) is Node:
                seen.add(target)
                stack.append(target)
    return sorted(seen, key=lambda node: node.born, reverse=True)


@quiet
def run_backward(
    roots: Sequence[Tensor],
    adjoints: Sequence[Tensor],
    keep: bool,
    create_graph: bool,
    wanted: Sequence[Any] | None = None,
) -> dict[Any, Tensor]:
    """Adjoints of the leaves, or of the wanted nodes and leaves only.

    Going from the youngest node to the oldest, a node is reached after everything computed from it:
    its adjoint is then complete. This is the chain rule with each product formed once.
    """
    total: dict[Any, Tensor] = {}
    for root, adjoint in zip(roots, adjoints, strict=True):
        if root._seen is not None and root._seen != root._counter[0]:
            look_again(root)
        target = root.grad_fn or root
        total[target] = total[target] + adjoint if target in total else adjoint
    order = reachable(list(total))
    useful = set(wanted) if wanted is not None else None
    if useful is not None:
        for node in reversed(order):  # a node is useful if one of its parents is
            if any(target in useful for target in node.targets):
                useful.add(node)
    found = {}
    with set_grad_enabled(create_graph):
        for node in order:
            g = total.pop(node, None)
            if g is None:
                continue
            for hook in node.hooks:
                g = _replaced(g, hook)
            if wanted is not None and node in wanted:
                found[node] = g
            if node.saved or node.freed:
                node.check()
            for target, derivative in node.edges:
                if useful is not None and target not in useful:
                    continue
                part = derivative(g) if node.result is None else derivative(g, _result(node))
                if part.array.shape != target.shape:
                    part = part.sum_to_size(target.shape)
                before = total.get(target)
                total[target] = part if before is None else _sum(before, part)
            if node.saved and not keep:
                node.free()
        for leaf, g in total.items():
            for hook in leaf._hooks:
                g = _replaced(g, hook)
            found[leaf] = g
    return found


def _sum(a: Tensor, b: Tensor) -> Tensor:
    """Two adjoints together; a recorded operation only where derivatives are recorded."""
    return a + b if mode.recording else wrap(a.array + b.array)


def _replaced(g: Tensor, hook: Callable) -> Tensor:
    """What the hook returns, or what it was given where it returns nothing."""
    changed = hook(g)
    return g if changed is None else changed


def _result(node: Node) -> Tensor:
    """The node's own result, inside the graph while derivatives are recorded."""
    if not mode.recording:
        return node.result
    result = share(node.result)
    result.grad_fn, result._requires_grad = node, True
    return result
