"""What the usual mistakes in counting modes would give: {description: value}."""

import numpy as np

from course_utils.adversarial.coverage import mode_coverage
from course_utils.adversarial.mistakes.scores import Values


def modes_reached(samples: np.ndarray, modes: np.ndarray, radius: float) -> Values:
    """Of the first result of `coverage.mode_coverage`."""
    distances, right = _distances(samples, modes), mode_coverage(samples, modes, radius).modes
    near, nearest = distances <= radius, distances.argmin(axis=1)
    squared = distances**2 <= radius
    found = {
        "samples were counted; a mode that is reached twice counts once": int(
            near.any(axis=1).sum()
        ),
        "pairs of a sample and a mode were counted; count modes": int(near.sum()),
        "modes that are missed were counted": len(modes) - right,
        "the radius was left out: a far sample reaches no mode": len(np.unique(nearest)),
        "a sample counted for every mode within the radius; it counts for the nearest": int(
            near.any(axis=0).sum()
        ),
        "exactly at the radius is near enough: ≤, not <": len(
            np.unique(nearest[(distances < radius).any(axis=1)])
        ),
        "the squared distance was compared with the radius": len(
            np.unique(nearest[squared.any(axis=1)])
        ),
        "each coordinate was compared with the radius; it is the distance": len(
            np.unique(nearest[(_along(samples, modes) <= radius).any(axis=1)])
        ),
        "the coordinates' differences were added up; it is the distance (a square root)": len(
            np.unique(nearest[(_added(samples, modes) <= radius).any(axis=1)])
        ),
        "that is a share of the modes; their number is asked for": right / len(modes),
        "the share came first; return the number of modes, then the share of samples": (
            mode_coverage(samples, modes, radius).quality
        ),
        "each sample has a nearest mode: all of them were counted": len(samples),
    }
    return {text: value for text, value in found.items() if value != right}


def good_share(samples: np.ndarray, modes: np.ndarray, radius: float) -> Values:
    """Of the second result of `coverage.mode_coverage`."""
    distances, right = _distances(samples, modes), mode_coverage(samples, modes, radius)
    near = distances <= radius
    found = {
        "that is the share of modes reached; the share of *samples* near a mode is asked for": (
            right.modes / len(modes)
        ),
        "the good samples were divided by the number of modes; divide by the samples": (
            float(near.any(axis=1).sum()) / len(modes)
        ),
        "that is their number; divide by the number of samples": float(near.any(axis=1).sum()),
        "a sample near two modes was counted twice": float(near.sum()) / len(samples),
        "that is the share of samples far from every mode": 1 - right.quality,
        "exactly at the radius is near enough: ≤, not <": float(
            (distances < radius).any(axis=1).mean()
        ),
        "the squared distance was compared with the radius": float(
            (distances**2 <= radius).any(axis=1).mean()
        ),
        "each coordinate was compared with the radius; it is the distance": float(
            (_along(samples, modes) <= radius).any(axis=1).mean()
        ),
        "the coordinates' differences were added up; it is the distance (a square root)": float(
            (_added(samples, modes) <= radius).any(axis=1).mean()
        ),
        "in percent; a share from 0 to 1 is asked for": 100 * right.quality,
        "averaged over all pairs of a sample and a mode": float(near.mean()),
    }
    return {text: value for text, value in found.items() if not np.isclose(value, right.quality)}


def _distances(samples: np.ndarray, modes: np.ndarray) -> np.ndarray:
    return np.linalg.norm(samples[:, None] - modes, axis=2)  # (N, K)


def _along(samples: np.ndarray, modes: np.ndarray) -> np.ndarray:
    return np.abs(samples[:, None] - modes).max(axis=2)  # (N, K)


def _added(samples: np.ndarray, modes: np.ndarray) -> np.ndarray:
    return np.abs(samples[:, None] - modes).sum(axis=2)  # (N, K)
