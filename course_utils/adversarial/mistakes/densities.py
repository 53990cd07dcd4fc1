"""What the usual mistakes with known distributions would give.

Each function takes the arguments of a question and gives {description: value}.
"""

import numpy as np

from course_utils.adversarial.mistakes.scores import Values
from course_utils.adversarial.optimal import (
    jensen_shannon,
    kullback_leibler,
    optimal_discriminator,
    total_variation,
)


def best_opinion(p: np.ndarray, q: np.ndarray) -> Values:
    """Of `optimal.optimal_discriminator`."""
    right, total = optimal_discriminator(p, q), p + q
    empty = total == 0
    safe = np.where(empty, 1, total)
    with np.errstate(all="ignore"):
        ratio = p / q
    scaled = {}
    if p.sum() > 0 and q.sum() > 0 and not np.isclose(p.sum(), q.sum()):  # else it does no harm
        scaled["p and q were scaled to add up to 1; take them as they are"] = optimal_discriminator(
            p / p.sum(), q / q.sum()
        )
    return scaled | {
        "that is the chance of a fake: p and q are exchanged": optimal_discriminator(q, p),
        "where p and q are both 0, D should be ½: 0/0 is NaN": np.where(empty, np.nan, right),
        "where p and q are both 0, D should be ½, not 0": np.where(empty, 0.0, right),
        "where p and q are both 0, D should be ½, not 1": np.where(empty, 1.0, right),
        "an opinion of 0 or 1, not a probability: p / (p + q) weighs the two": (p > q) * 1.0,
        "p − q stands above the line; it is p": (p - q) / safe,
        "divided by q; the total p + q belongs below the line": p / np.where(q > 0, q, 1),
        "divided by q, which may be 0; the total p + q belongs below the line": ratio,
        "not divided at all: that is p": p,
        "divided by the sum over all places; each place has its own p + q": p / total.sum(),
        "halved: that is p over twice the total": right / 2,
        "squares: p² / (p² + q²) is not what makes V largest": optimal_discriminator(p**2, q**2),
        "the result was scaled to add up to 1; D is an opinion at each place": right / right.sum(),
    }


def divergence(p: np.ndarray, q: np.ndarray) -> Values:
    """Of `optimal.jensen_shannon`."""
    right, middle = jensen_shannon(p, q), (p + q) / 2
    entropy = [_entropy(v) for v in (p, q, middle)]
    geometric = np.sqrt(p * q)
    both = (p > 0) & (q > 0)
    found = {
        "m was not shortened: beside p[p > 0] it is m[p > 0]": (
            _unmatched(p, middle) + _unmatched(q, middle)
        ),
        "places where only one of the two is 0 were left out of both sums; each leaves out its "
        "own zeros": (
            kullback_leibler(p[both], middle[both]) + kullback_leibler(q[both], middle[both])
        )
        / 2,
        "the two divergences were added; take half of each": 2 * right,
        "the square root was taken: that is the Jensen–Shannon distance": np.sqrt(right),
        "that is the Kullback–Leibler divergence of p from q; both are compared with the middle": (
            kullback_leibler(p, q)
        ),
        "that is the Kullback–Leibler divergence of q from p; both are compared with the middle": (
            kullback_leibler(q, p)
        ),
        "p was compared with q and q with p; both are compared with the middle": (
            (kullback_leibler(p, q) + kullback_leibler(q, p)) / 2
        ),
        "the middle is (p + q)/2, not p + q": right - np.log(2),
        "only p was compared with the middle": kullback_leibler(p, middle),
        "only q was compared with the middle": kullback_leibler(q, middle),
        "half of p's comparison only; q's is missing": kullback_leibler(p, middle) / 2,
        "the divergences run the wrong way: the middle stands below the line, p/m and q/m": (
            (kullback_leibler(middle, p) + kullback_leibler(middle, q)) / 2
        ),
        "the sign is flipped: Σ p log(p/m), which is never negative": -right,
        "the entropies are subtracted, not added": entropy[2] - entropy[0] - entropy[1],
        "the middle is the arithmetic mean, not √(pq)": (
            (kullback_leibler(p, geometric) + kullback_leibler(q, geometric)) / 2
        ),
        "in bits (log base 2), where nats (natural log) are asked for": right / np.log(2),
        "that is the value of the game, 2 JS − log 4": 2 * right - np.log(4),
        "that is half the sum of |p − q|, the total variation": total_variation(p, q),
        "averaged over the places; the terms are added": right / len(p),
    }
    same = {text for text, value in found.items() if np.isclose(value, right, atol=1e-9)}
    return {text: value for text, value in found.items() if np.isfinite(value) and text not in same}


def _unmatched(p: np.ndarray, middle: np.ndarray) -> float:
    """Half of Σ p log(p/m), with p's zeros left out and m's places kept; NaN: impossible."""
    there = p[p > 0]
    if there.size not in (1, middle.size) or not (middle > 0).all():
        return float("nan")
    return float((there * np.log(there / middle)).sum() / 2)


def _entropy(p: np.ndarray) -> float:
    return float(-(p[p > 0] * np.log(p[p > 0])).sum())
