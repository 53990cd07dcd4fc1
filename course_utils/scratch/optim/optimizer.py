"""What all optimizers share: groups of parameters with options, a state for each parameter."""

import copy
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from course_utils.scratch import arrays, dtypes
from course_utils.scratch.arrays import Array, quiet
from course_utils.scratch.autograd import enable_grad
from course_utils.scratch.tensor import Tensor, to_array, wrap


class Optimizer:
    """Base of all optimizers: a subclass says in `update` how a parameter follows its gradient.

    Updates run on the raw arrays, in place: they are never part of a graph.

    Parameters
    ----------
    params
        Tensors; or dicts `{"params": tensors, "lr": 0.1, …}`, a group of parameters each.
    defaults
        The options, for groups that do not say their own.

    Attributes
    ----------
    param_groups
        The groups, as dicts; schedulers change their `"lr"`.
    state
        For each parameter a dict of what the algorithm remembers of it.

    Raises
    ------
    TypeError
        A tensor alone in place of a list, a set, or something in the list that is no tensor.
    ValueError
        No parameters, a tensor that is no leaf, or a parameter in two groups.
    """

    #: Arguments that choose between implementations in PyTorch; here there is one.
    CHOICES: dict[str, Any] = {"foreach": None, "differentiable": False, "fused": None}  # noqa: RUF012
    _opt_called = False  # whether `step` has run; schedulers want to come after it

    def __init__(self, params: Iterable, defaults: dict[str, Any]) -> None:
        if isinstance(params, Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts,"
                f" but got a Tensor of shape {tuple(params.shape)}"
            )
        if defaults.get("differentiable"):
            raise NotImplementedError("differentiable=True: updates are never recorded here")
        self.defaults = defaults
        self.state: dict[Tensor, dict[str, Any]] = defaultdict(dict)
        self.param_groups: list[dict[str, Any]] = []
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        for group in groups if isinstance(groups[0], dict) else [{"params": groups}]:
            self.add_param_group(group)

    def __repr__(self) -> str:
        lines = [f"{type(self).__name__} ("]
        for i, group in enumerate(self.param_groups):
            lines.append(f"Parameter Group {i}")
            lines += [f"    {key}: {group[key]}" for key in sorted(group) if key != "params"]
        return "\n".join([*lines, ")"])

    def parameters(self) -> Iterable[Tensor]:
        """All parameters, group after group."""
        return chain(*(group["params"] for group in self.param_groups))

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Optimize further parameters, with options of their own where the dict names them."""
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        params = param_group["params"]
        if isinstance(params, set):
            raise TypeError(
                "optimizer parameters need an order, a set has none: use a list instead"
            )
        params = param_group["params"] = [params] if isinstance(params, Tensor) else list(params)
        for p in params:
            if not isinstance(p, Tensor):
                raise TypeError(
                    f"optimizer can only optimize Tensors, but got a {type(p).__name__}"
                )
            if not p.is_leaf:
                raise ValueError(f"can't optimize a non-leaf Tensor, of shape {tuple(p.shape)}")
        if len(set(params)) < len(params):
            warnings.warn("parameter group with duplicate parameters", stacklevel=3)
        if not set(params).isdisjoint(self.parameters()):
            raise ValueError("some parameters appear in more than one parameter group")
        for option, value in self.defaults.items():
            param_group.setdefault(option, value)
        self.param_groups.append(param_group)

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget all gradients; or fill them with zeros."""
        for p in self.parameters():
            if set_to_none:
                p.grad = None
            elif p.grad is not None:
                p.grad = p.grad.detach()
                p.grad.array[...] = 0
                p.grad.bump_version()

    @quiet
    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Update every parameter that has a gradient; the loss, if `closure` computes one."""
        self._opt_called = True
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    grad = p.grad.array
                    self.update(p, -grad if group["maximize"] else grad, group)
                    p.bump_version()
        return loss

    def update(self, p: Tensor, grad: Array, group: dict[str, Any]) -> None:
        """Change `p.array` in place, given the raw gradient and the options of its group."""
        raise NotImplementedError

    def remember(self, p: Tensor, *names: str) -> dict[str, Any]:
        """The state of a parameter; at first step 0, and zeros of its shape for each name."""
        state = self.state[p]
        if not state:
            default = dtypes.get_default_dtype()
            kind = default if default is dtypes.float64 else dtypes.float32
            state["step"] = wrap(to_array(0.0, kind, "cpu"))
            for name in names:
                state[name] = wrap(arrays.zeros(p.array.shape, p.array))
        return state

    def state_dict(self) -> dict[str, Any]:
        """State and options, with numbers 0, 1 … for the parameters; shares memory."""
        number: dict[Tensor, int] = {}
        for p in self.parameters():
            number.setdefault(p, len(number))
        groups = []
        for group in self.param_groups:
            options = {name: value for name, value in group.items() if name != "params"}
            groups.append({**options, "params": [number[p] for p in group["params"]]})
        return {"state": {number[p]: s for p, s in self.state.items()}, "param_groups": groups}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over a saved state, as a copy; its tensors may be of either engine.

        Raises
        ------
        ValueError
            Other numbers of groups, or of parameters in a group, than here.
        """
        groups = copy.deepcopy(state_dict["param_groups"])
        there, here = ([len(g["params"]) for g in gs] for gs in (groups, self.param_groups))
        if there != here:
            raise ValueError(
                f"loaded state dict has groups of {there} parameters, the optimizer of {here}"
            )
        numbers = chain(*(group["params"] for group in groups))
        named = dict(zip(numbers, self.parameters(), strict=True))
        for group, own in zip(groups, self.param_groups, strict=True):
            group["params"] = own["params"]
        self.param_groups, self.state = groups, defaultdict(dict)
        for i, state in state_dict["state"].items():
            for name, value in state.items():
                p = named[i]
                if hasattr(value, "shape"):  # a tensor
                    like = (None, "cpu") if name == "step" else (p.dtype, p.device)
                    value = wrap(arrays.copy(to_array(value, *like)))
                self.state[p][name] = value


def next_step(state: dict[str, Any]) -> float:
    """Count one more step in the state, and say which it is."""
    state["step"].array += 1
    return state["step"].array.item()


def options(kind: type[Optimizer], choices: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The options as one dict.

    Raises
    ------
    ValueError
        A negative number.
    TypeError
        An unknown argument.
    """
    spoken = {"lr": "learning rate", "eps": "epsilon value"}
    for name, value in values.items():
        if name not in ("betas", "dampening") and not value >= 0:
            raise ValueError(f"Invalid {spoken.get(name, name + ' value')}: {value}")
    for name in choices:
        if name not in kind.CHOICES:
            raise TypeError(f"{kind.__name__}() got an unexpected keyword argument {name!r}")
    return {**values, **kind.CHOICES, **choices}
