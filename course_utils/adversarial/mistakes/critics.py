"""What the usual mistakes with Wasserstein's distance and its critics would give.

Each function takes the arguments of a question and gives {description: value}.
"""

import numpy as np

from course_utils.adversarial.mistakes.scores import Values
from course_utils.adversarial.wasserstein import Critic, clipped_step, mixed, wasserstein_1d


def distance(x: np.ndarray, y: np.ndarray) -> Values:
    """Of `wasserstein.wasserstein_1d`."""
    right, n = wasserstein_1d(x, y), len(x)
    low_x, low_y = np.sort(x), np.sort(y)
    pairs = np.abs(x[:, None] - y)  # (N, N)
    found = {
        "np.argsort gives positions, not points; sort the points themselves": (
            np.abs(np.argsort(x, kind="stable") - np.argsort(y, kind="stable")).mean()
        ),
        "the points were paired in the order in which they stand; sort both first": (
            np.abs(x - y).mean()
        ),
        "only one of the two was sorted": np.abs(low_x - y).mean(),
        "only the second was sorted": np.abs(x - low_y).mean(),
        "one was sorted upwards and the other downwards": np.abs(low_x - low_y[::-1]).mean(),
        "summed over the points; take the mean": n * right,
        "the ways were squared; this distance takes them as they are": (
            (low_x - low_y) ** 2
        ).mean(),
        "the root of the mean square, which is another distance (of order 2)": np.sqrt(
            ((low_x - low_y) ** 2).mean()
        ),
        "that is the distance of the two means; ways in both directions cost": abs(
            x.mean() - y.mean()
        ),
        "the absolute value is missing: ways to the left cancel ways to the right": (
            (low_x - low_y).mean()
        ),
        "the absolute value is missing, and x and y are exchanged": (low_y - low_x).mean(),
        "the mean over all pairs; each point goes to one place": pairs.mean(),
        "each point went to the nearest of y; no place may be used twice": pairs.min(axis=1).mean(),
        "each point of y took the nearest of x; no point may be used twice": (
            pairs.min(axis=0).mean()
        ),
        "the longest way; the mean of all is asked for": np.abs(low_x - low_y).max(),
        "the norm of the differences; take the mean of their absolute values": np.linalg.norm(
            low_x - low_y
        ),
    }
    return {text: value for text, value in found.items() if not np.isclose(value, right)}


def clipping(w: np.ndarray, real: np.ndarray, fake: np.ndarray, eta: float, c: float) -> Values:
    """Of `wasserstein.clipped_step`."""
    right = clipped_step(w, real, fake, eta, c)
    slope = real.mean(axis=0) - fake.mean(axis=0)  # (D,)
    moved = w + eta * slope
    found = {
        "the gradient was clipped; it is the weights that have to stay in [−c, c]": (
            w + eta * np.clip(slope, -c, c)
        ),
        "the step was clipped; it is the weights that have to stay in [−c, c]": (
            w + np.clip(eta * slope, -c, c)
        ),
        "clipped before the step; clip after it": np.clip(w, -c, c) + eta * slope,
        "the critic went downhill: it wants its mean on real examples above that on fakes": np.clip(
            w - eta * slope, -c, c
        ),
        "not clipped": moved,
        "the whole vector was shortened; clip each weight for itself": (
            moved * min(1.0, c / max(np.linalg.norm(moved), 1e-300))
        ),
        "clipped to [0, c]; weights may be negative": np.clip(moved, 0, c),
        "clipped from above only": np.minimum(moved, c),
        "the step size is missing": np.clip(w + slope, -c, c),
        "summed over the examples; the critic compares means": np.clip(
            w + eta * (real.sum(axis=0) - fake.sum(axis=0)), -c, c
        ),
        "one mean of all coordinates was taken; each has its own (axis 0)": np.clip(
            w + eta * (real.mean() - fake.mean()), -c, c
        ),
        "the scores were added; the step goes along their derivative by w": np.clip(
            w + eta * ((real @ w).mean() - (fake @ w).mean()), -c, c
        ),
        "the derivative of w · x by w is x; w itself is no factor of it": np.clip(
            w + eta * w * slope, -c, c
        ),
        "only the signs were kept": c * np.sign(moved),
        "the gradient was clipped and the weights too; clip the weights alone": np.clip(
            w + eta * np.clip(slope, -c, c), -c, c
        ),
    }
    return {text: value for text, value in found.items() if not np.allclose(value, right)}


def penalty(critic: Critic, real: np.ndarray, fake: np.ndarray, u: np.ndarray) -> Values:
    """Of `wasserstein.gradient_penalty`."""
    n = len(u)
    points = mixed(real, fake, u)  # (N, D)
    h = np.tanh(points @ critic.W.T + critic.b)  # (N, H)
    slopes = critic.slopes(points)  # (N, D)
    norms = np.linalg.norm(slopes, axis=1)  # (N,)

    def of(slopes: np.ndarray) -> float:
        return float(((np.linalg.norm(slopes, axis=-1) - 1) ** 2).mean())

    by_weights = np.hstack(  # gradient of each score by W, b and v
        [
            ((1 - h**2) * critic.v)[:, :, None].repeat(points.shape[1], 2).reshape(n, -1)
            * np.tile(points, len(critic.v)),
            (1 - h**2) * critic.v,
            h,
        ]
    )
    right = of(slopes)
    found = {
        "the square of the norm was compared with 1: it is (‖g‖ − 1)², not (‖g‖² − 1)²": (
            ((norms**2 - 1) ** 2).mean()
        ),
        "the square is missing: norms below 1 cancel norms above 1": (norms - 1).mean(),
        "the absolute value stands where the square belongs": np.abs(norms - 1).mean(),
        "‖g‖² − 1, without the square around it: (‖g‖ − 1)² is asked for": (norms**2 - 1).mean(),
        "1 was not subtracted: this pulls the norm to 0, not to 1": (norms**2).mean(),
        "one norm of the whole batch; each example has its own": (np.linalg.norm(slopes) - 1) ** 2,
        "the norm was taken over the examples (axis 0); take it over the coordinates (axis 1)": (
            of(slopes.T)
        ),
        "the norm of the mean gradient; each example has its own norm": of(slopes.mean(axis=0)),
        "the mean norm was compared with 1; compare each norm, then take the mean": (
            (norms.mean() - 1) ** 2
        ),
        "summed over the examples; take the mean": n * right,
        "each coordinate was compared with 1; it is the norm that should be 1": (
            ((slopes - 1) ** 2).mean()
        ),
        "the sum of absolute values was taken for the norm": (
            ((np.abs(slopes).sum(axis=1) - 1) ** 2).mean()
        ),
        "only slopes above 1 were punished; here norms below 1 cost as well": (
            (np.maximum(norms - 1, 0) ** 2).mean()
        ),
        "u weighs the real example and 1 − u the fake one; they are exchanged": of(
            critic.slopes(mixed(fake, real, u))
        ),
        "the gradient was taken at the real examples, not in between": of(critic.slopes(real)),
        "the gradient was taken at the fakes, not in between": of(critic.slopes(fake)),
        "the gradient was taken halfway, without u": of(critic.slopes((real + fake) / 2)),
        "the slope of tanh is missing: 1 − h²": of(np.tile(critic.v @ critic.W, (n, 1))),
        "the slope of tanh is 1 − h², not 1 − h": of(((1 - h) * critic.v) @ critic.W),
        "h(1 − h) is the slope of the sigmoid; that of tanh is 1 − h²": of(
            (h * (1 - h) * critic.v) @ critic.W
        ),
        "tanh was applied twice: its slope is 1 − h², from h itself": of(
            ((1 - np.tanh(h) ** 2) * critic.v) @ critic.W
        ),
        "the weights v are missing on the way back": of((1 - h**2) @ critic.W),
        "the gradient of the mean score has a 1/N too many": of(slopes / n),
        "that is the gradient by the weights; here it is by the example": of(by_weights),
        "the bias b is missing in the hidden layer": of(
            critic._replace(b=np.zeros_like(critic.b)).slopes(points)
        ),
        "the scores were compared with 1; it is their gradient": (
            ((np.abs(critic.scores(points)) - 1) ** 2).mean()
        ),
        "h was put where its slope 1 − h² belongs": of((h * critic.v) @ critic.W),
    }
    if real.shape[1] == n:  # else the shapes do not fit
        found["u weighed the coordinates; it has one number for each example: u[:, None]"] = of(
            critic.slopes(u * real + (1 - u) * fake)
        )
    return {text: value for text, value in found.items() if not np.isclose(value, right)}
