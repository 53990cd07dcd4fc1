"""Measuring a model on batches: `evaluate`, and the metric `accuracy`.

The engine, `torch` or `course_utils.scratch`, is the first argument, as it is of a model. A loader
is anything that gives batches anew each time it is walked through: a `DataLoader`, a list. A batch
is a pair (inputs, target), or (several inputs …, target); a single tensor is its own target, as for
an autoencoder. The first axis of the target counts the examples of the batch; losses and metrics
are means over these, so `loss` must give the mean of its batch.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

Metrics = Mapping[str, Callable] | Sequence[str] | None


def accuracy(output: Any, target: Any) -> float:
    """Fraction of right answers among N.

    The answer is the largest of C scores, output (N, C, …) with target (N, …), or for two classes
    whether a score is positive, output of the target's shape. Raises ValueError for other shapes.
    """
    if tuple(output.shape) == tuple(target.shape):
        answer = output > 0
    elif output.ndim > 1 < output.shape[1] and output[:, 0].shape == target.shape:
        answer = output.argmax(1)
    else:
        raise ValueError(
            f"accuracy compares scores (N, C, …) with labels (N, …), or both of one shape, not "
            f"{tuple(output.shape)} with {tuple(target.shape)}"
        )
    return (answer == target).sum().item() / max(1, target.numel())


#: Metrics that can be asked for by name.
METRICS: dict[str, Callable] = {"accuracy": accuracy}


def evaluate(
    torch: Any, model: Any, loader: Iterable, loss: Callable, metrics: Metrics = None
) -> dict[str, float]:
    """Mean loss and metrics over all examples, in evaluation mode and without gradients.

    Returns ``{"loss": …}`` with one more entry for each metric: a name in `METRICS`, or name and
    function (output, target) → mean of the batch. Each module keeps its mode. Raises ValueError
    for an empty loader or an unknown metric.
    """
    functions = {"loss": loss, **metric_functions(metrics)}
    sums, count = dict.fromkeys(functions, 0.0), 0
    with mode(model, training=False), torch.no_grad():
        for inputs, target in batches(loader, model, "evaluate"):
            output = model(*inputs)
            for name, function in functions.items():
                sums[name] += float(function(output, target)) * len(target)
            count += len(target)
    return {name: total / count for name, total in sums.items()}


def batches(loader: Iterable, model: Any, when: str) -> Iterator[tuple[list, Any]]:
    """Inputs and target of each batch, on the model's device."""
    device = next((p.device for p in model.parameters()), "cpu")
    tensors = None
    for batch in loader:
        tensors = [x.to(device) for x in (batch if isinstance(batch, tuple | list) else [batch])]
        yield (tensors[:-1] or tensors), tensors[-1]
    if tensors is None:
        raise ValueError(
            f"{when}: the loader gave no batch (a generator gives its batches only once)"
        )


@contextmanager
def mode(model: Any, *, training: bool) -> Iterator[None]:
    """Training or evaluation mode for a while; afterwards each module has the mode it had."""
    before = [(module, module.training) for module in model.modules()]
    model.train(training)
    try:
        yield
    finally:
        for module, was in before:
            module.training = was


def metric_functions(metrics: Metrics) -> dict[str, Callable]:
    """Name and function of each metric; ValueError where a name is unknown."""
    metrics = [metrics] if isinstance(metrics, str) else metrics
    taken = {"loss", "train_loss", "validation_loss", "epoch", "learning_rate", "seconds"}
    if taken & set(metrics or ()):
        raise ValueError(f"metrics must not be called {sorted(taken & set(metrics))}: taken")
    if isinstance(metrics, Mapping):
        return dict(metrics)
    unknown = [name for name in metrics or () if name not in METRICS]
    if unknown:
        raise ValueError(
            f"no metric {unknown[0]!r}: known are {list(METRICS)}; or pass {{name: f}}"
        )
    return {name: METRICS[name] for name in metrics or ()}
