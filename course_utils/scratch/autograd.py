"""What a program calls: `backward`, `grad`, hooks, and operations of one's own."""

from collections.abc import Callable, Sequence
from typing import Any

from course_utils.scratch import arrays
from course_utils.scratch.graph import record, run_backward
from course_utils.scratch.operation import method
from course_utils.scratch.recording import (  # noqa: F401 - PyTorch has them in `autograd` too
    enable_grad,
    inference_mode,
    is_grad_enabled,
    no_grad,
    set_grad_enabled,
)
from course_utils.scratch.tensor import Tensor, wrap

Tensors = Tensor | Sequence[Tensor]


def _sequence(tensors: Tensors | None) -> list:
    return [tensors] if isinstance(tensors, Tensor) or tensors is None else list(tensors)


def _adjoints(roots: Sequence[Tensor], given: Sequence[Tensor | None]) -> list[Tensor]:
    """The adjoint to start from at each root: 1 for a single number."""
    adjoints = []
    for i, (root, g) in enumerate(zip(roots, given, strict=True)):
        if not root.requires_grad:
            raise RuntimeError(
                f"element {i} of tensors does not require grad and does not have a grad_fn"
                f" (its shape is {tuple(root.shape)})"
            )
        if g is None and root.numel() != 1:
            raise RuntimeError(
                "grad can be implicitly created only for scalar outputs, this one has shape"
                f" {tuple(root.shape)}; take its sum or mean, or pass gradient="
            )
        if g is not None and g.shape != root.shape:
            raise RuntimeError(
                f"Mismatch in shape: grad_output[{i}] has a shape of {g.shape} and output[{i}] has"
                f" a shape of {root.shape}."
            )
        adjoints.append(wrap(root.xp.ones_like(root.array)) if g is None else g)
    return adjoints


def backward(
    tensors: Tensors,
    grad_tensors: Tensors | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
) -> None:
    """Add the derivative of the tensors' sum, weighted by `grad_tensors`, to each leaf's `.grad`.

    Raises
    ------
    RuntimeError
        A tensor has more than one entry and no weight, no graph, or a graph already freed; or a
        value needed was overwritten in place.
    """
    roots = _sequence(tensors)
    adjoints = _adjoints(
        roots, _sequence(grad_tensors) * (1 if grad_tensors is not None else len(roots))
    )
    keep = create_graph if retain_graph is None else retain_graph
    handed_out = {id(g.array) for g in adjoints}
    for leaf, g in run_backward(roots, adjoints, keep, create_graph).items():
        if create_graph:
            leaf.grad = g if leaf.grad is None else leaf.grad + g
        elif leaf.grad is not None:
            leaf.grad = wrap(leaf.grad.array + g.array)
        elif id(g.array) in handed_out or not arrays.owns_memory(g.array):
            leaf.grad = wrap(arrays.copy(arrays.contiguous(g.array)))  # nobody else looks at it
        else:
            handed_out.add(id(g.array))
            leaf.grad = wrap(g.array)


def grad(
    outputs: Tensors,
    inputs: Tensors,
    grad_outputs: Tensors | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: bool = True,
    allow_unused: bool | None = None,
    materialize_grads: bool = False,
) -> tuple[Tensor | None, ...]:
    """Derivatives of the outputs' sum with respect to the inputs; no `.grad` is touched.

    Raises
    ------
    RuntimeError
        As `backward`; also where an input was not used and `allow_unused` is False.
    """
    roots, leaves = _sequence(outputs), _sequence(inputs)
    given = _sequence(grad_outputs) * (1 if grad_outputs is not None else len(roots))
    for leaf in leaves:
        if not leaf.requires_grad:
            raise RuntimeError("One of the differentiated Tensors does not require grad")
    wanted = [leaf.grad_fn or leaf for leaf in leaves]
    keep = create_graph if retain_graph is None else retain_graph
    found = run_backward(roots, _adjoints(roots, given), keep, create_graph, wanted)
    if not (allow_unused or materialize_grads) and any(target not in found for target in wanted):
        raise RuntimeError(
            "One of the differentiated Tensors appears to not have been used in the graph. Set"
            " allow_unused=True if this is the desired behavior."
        )
    if materialize_grads:
        zeros = {
            target: wrap(arrays.zeros(t.array.shape, t.array))
            for target, t in zip(wanted, leaves, strict=True)
        }
        found = zeros | found
    return tuple(found.get(target) for target in wanted)


@method("backward")
def _backward(
    self: Tensor,
    gradient: Tensor | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
) -> None:
    """Add this tensor's derivative, weighted by `gradient`, to the `.grad` of each leaf."""
    backward(self, gradient, retain_graph, create_graph)


class _Handle:
    """What `register_hook` returns: `remove()` takes the hook away again."""

    def __init__(self, owner: Any, attribute: str, hook: Callable) -> None:
        self.owner, self.attribute, self.hook = owner, attribute, hook
        setattr(owner, attribute, (*getattr(owner, attribute), hook))

    def remove(self) -> None:
        """Take the hook away."""
        left = tuple(h for h in getattr(self.owner, self.attribute) if h is not self.hook)
        setattr(self.owner, self.attribute, left)


@method("register_hook")
def _register_hook(self: Tensor, hook: Callable[[Tensor], Tensor | None]) -> _Handle:
    """Call `hook(adjoint)` during backward; what it returns, if anything, takes its place."""
    if not self.requires_grad:
        raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
    return _Handle(self.grad_fn, "hooks", hook) if self.grad_fn else _Handle(self, "_hooks", hook)


@method("retain_grad")
def _retain_grad(self: Tensor) -> None:
    """Keep `.grad` also for this tensor that is no leaf."""
    if not self.requires_grad:
        raise RuntimeError("can't retain_grad on Tensor that has requires_grad=False")

    def keep(g: Tensor) -> None:
        self.grad = wrap(arrays.copy(g.array)) if self.grad is None else self.grad + g

    if not self.is_leaf:
        _Handle(self.grad_fn, "hooks", keep)


class Function:
    """An operation of one's own: `forward(ctx, …)`, `backward(ctx, g)`, used as `Mine.apply(…)`."""

    saved_tensors: tuple[Tensor, ...] = ()
    needs_input_grad: tuple[bool, ...] = ()

    def save_for_backward(self, *tensors: Tensor) -> None:
        """Keep tensors for `backward`, where they are `ctx.saved_tensors`."""
        self.saved_tensors = tensors

    @classmethod
    def apply(cls, *args: Any) -> Tensor:
        """Compute `forward`, and record `backward` for every tensor among the arguments."""
        ctx = cls()
        ctx.needs_input_grad = tuple(isinstance(x, Tensor) and x.requires_grad for x in args)
        with no_grad():
            result = cls.forward(ctx, *args)
        computed: dict[int, Any] = {}

        def part(i: int, g: Tensor) -> Tensor:
            if id(g) not in computed:  # one call serves all arguments
                computed.clear()
                given = cls.backward(ctx, g)
                computed[id(g)] = (g, given if isinstance(given, tuple) else (given,))
            return computed[id(g)][1][i]

        edges = [
            (x, lambda g, i=i: part(i, g)) for i, x in enumerate(args) if isinstance(x, Tensor)
        ]
        return record(result.array, *edges, saves=ctx.saved_tensors)
