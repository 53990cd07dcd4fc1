"""What the usual mistakes in a gradient checker and in an engine would give.

Each function takes the arguments of a question and gives {description: value}.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from course_utils.backpropagation.graph import Graph, evaluate, slopes
from course_utils.backpropagation.mistakes.rules import Values
from course_utils.gradcheck import numerical_gradient

#: The one mistake that random numbers do not show.
AT_THE_KINK = "the slope of ReLU at 0 is taken to be 0 here"


def checker(f: Callable, claim: np.ndarray, x: np.ndarray, h: float) -> Values:
    """Of the largest of |a − n| / max(1, |a|, |n|) over all entries."""
    n = numerical_gradient(f, x, eps=h)
    e, size = np.abs(claim - n), np.maximum(np.abs(claim), np.abs(n))
    error = e / np.maximum(1, size)
    left_moved = _left_moved(f, x, h)
    one_sided = _one_sided(f, x, h)
    with np.errstate(all="ignore"):
        return {
            "the absolute value is missing: a claim that is too small goes unnoticed": (
                ((claim - n) / np.maximum(1, size)).max()
            ),
            "the 1 is missing in the denominator: the largest of 1, |a| and |n|": (
                np.nanmax(e / size)
            ),
            "the two results are swapped: the error first, then its place": (
                np.unravel_index(error.argmax(), x.shape)
            ),
            "all entries were moved at once; move one at a time": (
                _largest(claim, np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h)))
            ),
            "this is the absolute error; divide by the largest of 1, |a| and |n|": e.max(),
            "divided by |n| alone; by the largest of 1, |a| and |n|": np.nanmax(e / np.abs(n)),
            "divided by |a| alone; by the largest of 1, |a| and |n|": np.nanmax(e / np.abs(claim)),
            "divided by |a| + |n|; by the largest of 1, |a| and |n|": (
                np.nanmax(e / (np.abs(claim) + np.abs(n)))
            ),
            "forward differences were taken; step to both sides": _largest(claim, one_sided),
            "the difference was divided by h, not by 2h": _largest(claim, 2 * n),
            "an entry stays moved after its turn: move one at a time, in a copy": (
                _largest(claim, left_moved)
            ),
            "one error for all entries; compare entry by entry": (
                np.linalg.norm(e) / max(np.linalg.norm(claim), np.linalg.norm(n))
            ),
            "the mean of the errors; the largest is asked for": error.mean(),
            "the sum of the errors; the largest is asked for": error.sum(),
            "the smallest of the errors; the largest is asked for": error.min(),
        }


def _largest(claim: np.ndarray, n: np.ndarray) -> float:
    return float((np.abs(claim - n) / np.maximum(1, np.maximum(np.abs(claim), np.abs(n)))).max())


def _one_sided(f: Callable, x: np.ndarray, h: float) -> np.ndarray:
    n = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up = x.copy()
        up[i] += h
        n[i] = (f(up) - f(x)) / h
    return n


def _left_moved(f: Callable, x: np.ndarray, h: float) -> np.ndarray:
    n, x = np.zeros(x.shape), x.copy()
    for i in np.ndindex(x.shape):
        x[i] += h
        up = f(x)
        x[i] -= 2 * h
        n[i] = (up - f(x)) / (2 * h)
    return n


def engine(graph: Graph, at: Mapping[str, float]) -> Values:
    """Of the derivatives of the output by all inputs, in the order of ``graph.inputs``."""
    values = evaluate(graph, at)
    local = slopes(graph, values)

    def row(adjoint: Mapping[str, float]) -> list[float]:
        return [adjoint[name] for name in graph.inputs]

    def changed(operation: str, *wrong: Callable) -> list[float]:
        """With other slopes for one operation: functions of the step's input values and result."""
        other = dict(local)
        for step in graph.steps:
            if step.operation == operation:
                numbers = [values[name] for name in (*step.inputs, step.result)]
                other |= {(step.result, i): g(*numbers) for i, g in enumerate(wrong)}
        return row(_adjoints(graph, other, "add"))

    return {
        "a number that is used twice in one step receives both parts": (
            row(_adjoints(graph, local, "once a step"))
        ),
        "an adjoint was overwritten where a number is used twice: add each part with +=": (
            row(_adjoints(graph, local, "overwrite"))
        ),
        "only the first part arrived where a number is used twice: add each part with +=": (
            row(_adjoints(graph, local, "keep first"))
        ),
        "the steps were taken first to last; adjoints travel from the last step to the first": (
            row(_adjoints(graph, local, "add", steps=graph.steps))
        ),
        "wrong order: a node sent its adjoint on before all its parts had arrived": (
            row(_adjoints(graph, local, "add", steps=_by_distance(graph)))
        ),
        "wrong order: a node sent on again what it had sent already; send once, when complete": (
            row(_totals_pushed(graph, local))
        ),
        "the slopes of a product a b are b and a": (
            changed("mul", lambda a, b, y: a, lambda a, b, y: b)
        ),
        AT_THE_KINK: changed("relu", lambda a, y: float(a >= 0)),
        "the slope of ReLU is 1 where its input is positive, else 0": (
            changed("relu", lambda a, y: 1.0)
        ),
        "the slope of sin is cos": changed("sin", lambda a, y: y),
        "the sign: the slope of sin is +cos": changed("sin", lambda a, y: -np.cos(a)),
        "the slope of sin is taken at its input, not at its result": (
            changed("sin", lambda a, y: np.cos(y))
        ),
        "the slope of exp is exp": changed("exp", lambda a, y: 1.0),
        "the slope of exp is taken at its input, not at its result": (
            changed("exp", lambda a, y: np.exp(min(y, 700.0)))
        ),
        "the slope of a − b by b is −1": changed("sub", lambda a, b, y: 1.0, lambda a, b, y: 1.0),
        "the values came back; the derivatives are asked for": [at[name] for name in graph.inputs],
        "nothing arrived: the adjoint of the output is 1": [0.0] * len(graph.inputs),
    }


def _adjoints(
    graph: Graph, local: Mapping, how: str, steps: Sequence | None = None
) -> dict[str, float]:
    """Adjoints where parts are put together in another way, or steps taken in another order."""
    adjoint = dict.fromkeys(graph.names, 0.0) | {graph.output: 1.0}
    heard: set[str] = set()
    for step in graph.steps[::-1] if steps is None else steps:
        total, in_this_step = adjoint[step.result], set()
        for i, name in enumerate(step.inputs):
            part = total * local[step.result, i]
            skip = (how == "keep first" and name in heard) or (
                how == "once a step" and name in in_this_step
            )
            if not skip:
                adjoint[name] = part + (0.0 if how == "overwrite" else adjoint[name])
            heard.add(name)
            in_this_step.add(name)
    return adjoint


def _by_distance(graph: Graph) -> list:
    """Steps in the order of breadth-first search from the output, each once: no valid order."""
    made_by = {step.result: step for step in graph.steps}
    queue = [graph.output]
    for name in queue:  # grows while it is walked
        if name in made_by:
            queue += [used for used in made_by[name].inputs if used not in queue]
    return [made_by[name] for name in queue if name in made_by]


def _totals_pushed(graph: Graph, local: Mapping) -> dict[str, float]:
    """Adjoints where each arrival at a node sends on all that has arrived there so far."""
    made_by = {step.result: step for step in graph.steps}
    adjoint = dict.fromkeys(graph.names, 0.0)
    waiting = [(graph.output, 1.0)]
    for _ in range(10_000):  # as many as there are paths; on long tapes too many to follow
        if not waiting:
            return adjoint
        name, part = waiting.pop()
        adjoint[name] += part
        if name in made_by:
            used = list(enumerate(made_by[name].inputs))
            waiting += [(n, adjoint[name] * local[name, i]) for i, n in reversed(used)]
    return dict.fromkeys(graph.names, np.nan)


def index(place: tuple[int, ...], shape: Sequence[int]) -> Values:
    """Of the place of an entry in an array of that shape."""
    flat = int(np.ravel_multi_index(place, tuple(shape)))
    return {
        "the index is a tuple with one number for each axis, such as (1, 2)": flat,
        "this counts through all entries; np.unravel_index turns such a count into a tuple": (
            (flat,)
        ),
        "counted from 1; indices count from 0": tuple(i + 1 for i in place),
        "the axes are in reverse order: row first, then column": place[::-1],
    }
