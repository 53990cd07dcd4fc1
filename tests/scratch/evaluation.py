"""How a case is run on either engine: values, gradients, gradients of gradients, as NumPy arrays."""

import contextlib
import warnings
from dataclasses import dataclass

import numpy as np
import torch as pytorch

import course_utils.scratch as scratch
from course_utils.scratch import arrays

#: Where the engine runs: (engine, device, what holds the numbers).
PLACES = {
    "pytorch": (pytorch, "cpu", contextlib.nullcontext),
    "numpy": (scratch, "cpu", lambda: arrays.library("numpy")),
    "torch arrays": (scratch, "cpu", lambda: arrays.library("torch")),
    "cuda": (scratch, "cuda", contextlib.nullcontext),
}


@dataclass
class Found:
    """Everything a run of a case gives that can be compared."""

    outputs: list
    kinds: list  # (dtype, shape) of each output
    gradients: list
    seconds: list  # gradients of a projection of the gradients
    state: dict


def flat(result):
    """All tensors and numbers in a result, one after another."""
    if isinstance(result, tuple | list) and type(result).__name__ != "Size":
        return [each for part in result for each in flat(part)]
    return [result]


def is_real(x):
    return hasattr(x, "is_floating_point") and x.dtype.is_floating_point


def weights_like(tensors, engine, seed):
    """Random weights, the same for both engines, in each tensor's place and type."""
    rng = np.random.default_rng(seed)
    return [
        engine.tensor(rng.standard_normal(tuple(x.shape)), dtype=x.dtype, device=x.device)
        for x in tensors
    ]


def projection(tensors, engine, seed):
    """Σ weight · entry over all entries of the tensors: one number."""
    weights = weights_like(tensors, engine, seed)
    return sum((x * w).sum() for x, w in zip(tensors, weights, strict=True))


def as_array(x):
    return None if x is None else x.detach().numpy(force=True)


def draw(case, seed=0):
    """The case's inputs as NumPy arrays; what is no `Numbers` stays as it is."""
    rng = np.random.default_rng(seed)
    return [x.draw(rng) if hasattr(x, "draw") else x for x in case.inputs]


def tensors_of(inputs, case, engine, dtype, device):
    made = []
    for i, x in enumerate(inputs):
        if not isinstance(x, np.ndarray):
            made.append(x)
        elif x.dtype.kind == "f":
            real = engine.tensor(x, dtype=getattr(engine, dtype), device=device)
            made.append(real if i in case.constant else real.requires_grad_())
        else:
            made.append(engine.tensor(x, device=device))
    return made


def module_of(case, engine, dtype, device):
    """The case's layer; in the engine under test with the weights of PyTorch's."""
    pytorch.manual_seed(1)
    reference = case.layer(pytorch).to(pytorch.float64)
    with pytorch.no_grad():
        rng = np.random.default_rng(5)
        for value in reference.state_dict().values():
            if value.is_floating_point():
                value.copy_(pytorch.tensor(rng.random(tuple(value.shape)) + 0.5))
        for p in reference.parameters():
            p.mul_(pytorch.tensor(rng.choice([-1.0, 1.0], tuple(p.shape))))
    module = case.layer(engine).to(getattr(engine, dtype))
    state = reference.state_dict()
    if engine is scratch:
        state = {key: scratch.tensor(value.numpy()) for key, value in state.items()}
    module.load_state_dict(state)
    return module.to(device)


def run(case, place, dtype="float64", inputs=None, seconds=False, again=False, f=None):
    """Run a case; `again`: use its results twice, `Σ w f(x) · f(x) + Σ w f(x)`."""
    engine, device, held = PLACES[place]
    inputs = draw(case) if inputs is None else inputs
    with held(), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        xs = tensors_of(inputs, case, engine, dtype, device)
        leaves = [x for x in xs if is_real(x) and x.requires_grad]
        first = engine
        if case.layer:
            first = module_of(case, engine, dtype, device)
            leaves += list(first.parameters())
        engine.manual_seed(3)
        outputs = flat((f or case.f)(first, *xs))
        real = [y for y in outputs if is_real(y)]
        recorded = [y for y in real if y.requires_grad]
        gradients, twice = [], []
        if recorded and leaves:
            used = [y * y for y in recorded] + recorded if again else recorded
            total = projection(used, engine, 11)
            gradients = engine.autograd.grad(total, leaves, create_graph=seconds, allow_unused=True)
            if seconds:
                twice = second_gradients([g for g in gradients if g is not None], leaves, engine)
        shown = [as_array(y) if hasattr(y, "detach") else y for y in outputs]
        kinds = [(str(y.dtype), tuple(y.shape)) if hasattr(y, "dtype") else None for y in outputs]
        state = {}
        if case.layer:
            state = {key: as_array(value) for key, value in first.state_dict().items()}
        return Found(shown, kinds, [as_array(g) for g in gradients], twice, state)


def second_gradients(gradients, leaves, engine):
    """Gradients of a projection of the gradients; zeros where nothing depends on a leaf."""
    total = projection(gradients, engine, 13)
    if not total.requires_grad:
        return [np.zeros(tuple(x.shape)) for x in leaves]
    found = engine.autograd.grad(total, leaves, allow_unused=True)
    return [
        np.zeros(tuple(x.shape)) if g is None else as_array(g)
        for g, x in zip(found, leaves, strict=True)
    ]
