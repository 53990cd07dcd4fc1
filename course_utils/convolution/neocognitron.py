"""Fukushima's neocognitron: cells that match a template, cells that pool, layer upon layer.

Fukushima (1980), "Neocognitron: A Self-Organizing Neural Network Model for a Mechanism of Pattern
Recognition Unaffected by Shift in Position", Biological Cybernetics 36, 193–202.

S-cells compare their window with a template that all cells of a plane share; C-cells answer where
any S-cell of their plane nearby does. What is kept of the paper: both kinds of cells, weights that
fall off from the middle of a window, inhibition by the window's strength, learning without a
teacher or gradient. What is simpler: templates are reinforced without limit (see `s_cells`),
C-cells do not inhibit each other, and a plane is added where all S-cells are silent, a rule from
Fukushima's later work, instead of competing with planes that were there from the start.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_utils.convolution import conv2d
from course_utils.convolution.sizes import whole
from course_utils.convolution.windows import as_images

#: Weights fall by this factor per pixel from the middle of a window.
FALL = 0.9
#: A C-cell whose S-cells add up to this answers ½.
HALF = 0.5


def window_weights(size: int) -> np.ndarray:
    """Weights (size, size) that fall off from the middle and sum to 1.

    Raises
    ------
    ValueError
        Where ``size`` is no length.
    """
    steps = np.arange(whole(size, "size", 1)) - (size - 1) / 2
    weights = FALL ** np.hypot(steps[:, None], steps)
    return weights / weights.sum()


def strength(u: ArrayLike, size: int) -> np.ndarray:
    """Inhibiting V-cells: √(Σ c u²), the weighted root mean square of each window.

    ``u`` is (N, C, H, W), with zeros around it; the result (N, H, W).
    """
    u = as_images(u, "u")
    kernel = np.broadcast_to(window_weights(size), (1, u.shape[1], size, size))
    return np.sqrt(conv2d.cross_correlate(u**2, kernel, padding="same")[:, 0])


def s_cells(u: ArrayLike, templates: ArrayLike, selectivity: float) -> np.ndarray:
    """How well each window matches each template.

    Parameters
    ----------
    u
        Answers of the layer before, from 0 on: (N, C, H, W).
    templates
        Windows that the planes have learnt, (K, C, k, k).
    selectivity
        r > 0: the larger, the closer a window has to come to the template.

    Returns
    -------
    ndarray, shape (N, K, H, W)
        max(0, (1 + r) s − r), from 0 to 1, where s is the similarity of window and template: the
        cosine of the angle between them, pixels weighted by `window_weights`. So a cell is silent
        up to s = r/(1 + r), and how bright the image is makes no difference.

    Raises
    ------
    ValueError
        Where shapes do not fit, or r is not positive.

    Notes
    -----
    The paper's cell is r·max(0, (1 + Σ a u)/(1 + (2r/(1 + r)) b v) − 1), with a = q c u₀ and
    b = q v₀/2 after one reinforcement q by the window u₀ of strength v₀. As q grows, the quotient
    tends to ((1 + r)/r) s.
    """
    if not selectivity > 0:
        raise ValueError(f"selectivity should be positive, got {selectivity}")
    u, templates = as_images(u, "u"), as_images(templates, "templates", "(K, C, k, k)")
    c = window_weights(templates.shape[2])  # (k, k)
    product = conv2d.cross_correlate(u, c * templates, padding="same")  # (N, K, H, W)
    learnt = np.sqrt((c * templates**2).sum(axis=(1, 2, 3)))  # (K,)
    lengths = learnt[:, None, None] * strength(u, templates.shape[2])[:, None]  # (N, K, H, W)
    # An empty window matches nothing: 0, not 0/0.
    similarity = np.divide(product, lengths, out=np.zeros_like(product), where=lengths > 1e-12)
    return np.maximum(0, (1 + selectivity) * similarity - selectivity)


def c_cells(s: ArrayLike, size: int, step: int = 1) -> np.ndarray:
    """Whether any S-cell of the plane answers nearby.

    Parameters
    ----------
    s
        S-cells (N, K, H, W).
    size
        Side of a C-cell's window, in S-cells; around the plane all is silent.
    step
        From one C-cell to the next: 2 halves height and width.

    Returns
    -------
    ndarray, shape (N, K, ⌈H/step⌉, ⌈W/step⌉)
        ψ(Σ d s) with ψ(x) = x/(½ + x), below 1; d falls off from the middle, where it is 1.

    Raises
    ------
    ValueError
        Where ``s`` is not (N, K, H, W), or a number is no length.
    """
    s = as_images(s, "s", "(N, K, H, W)")
    whole(step, "step", 1)
    n, planes, height, width = s.shape
    d = window_weights(size)
    each = s.reshape(n * planes, 1, height, width)  # planes do not mix
    summed = conv2d.cross_correlate(each, (d / d.max())[None, None], padding="same")
    summed = summed.reshape(s.shape)[:, :, ::step, ::step]
    return summed / (HALF + summed)


@dataclass(frozen=True)
class Stage:
    """One layer of S-cells and the C-cells behind it."""

    #: Side of the S-cells' windows.
    window: int
    #: r of `s_cells`.
    selectivity: float
    #: Side of the C-cells' windows, and step from one to the next.
    pool: int
    step: int


#: 16 × 16 pixels → 8 × 8 → 4 × 4 → 1 × 1 C-cells a plane.
STAGES = (Stage(3, 1.7, 5, 2), Stage(5, 1.3, 5, 2), Stage(5, 1.5, 5, 4))


class Neocognitron:
    """Stages of S- and C-cells that teach themselves.

    Parameters
    ----------
    stages
        From the image on.

    Attributes
    ----------
    templates : list of ndarray
        (K, C, k, k) of each stage that has learnt.
    """

    def __init__(self, stages: Sequence[Stage] = STAGES) -> None:
        self.stages = tuple(stages)
        self.templates: list[np.ndarray] = []

    def learn(self, images: ArrayLike) -> "Neocognitron":
        """Find templates for one stage after the other, from images (N, 1, H, W) without labels.

        While there is ink under which all S-cells of the stage are silent, the strongest of these
        windows becomes a new template. In the last stage it is one window per image: the strongest.

        Raises
        ------
        ValueError
            Where the images are not (N, 1, H, W).
        """
        u, self.templates = as_images(images, "images"), []
        for stage in self.stages:
            once = stage is self.stages[-1]
            self.templates.append(_find_templates(u, stage, once))
            u = self._forward(u, len(self.templates) - 1)[1]
        return self

    def responses(self, images: ArrayLike) -> list[tuple[np.ndarray, np.ndarray]]:
        """S-cells (N, K, H, W) and C-cells (N, K, H', W') of every stage for images (N, 1, H, W).

        Raises
        ------
        ValueError
            Before `learn`, or where the images are not (N, 1, H, W).
        """
        if not self.templates:
            raise ValueError("nothing has been learnt yet: call learn(images) first")
        u, found = as_images(images, "images"), []
        for k in range(len(self.stages)):
            s, u = self._forward(u, k)
            found.append((s, u))
        return found

    def answers(self, images: ArrayLike) -> np.ndarray:
        """The loudest C-cell of every plane of the last stage, (N, K), for images (N, 1, H, W)."""
        return self.responses(images)[-1][1].max(axis=(2, 3))

    def _forward(self, u: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        stage = self.stages[k]
        s = s_cells(u, self.templates[k], stage.selectivity)
        return s, c_cells(s, stage.pool, stage.step)


def _find_templates(u: np.ndarray, stage: Stage, once: bool) -> np.ndarray:
    size = stage.window
    before, after = (size - 1) // 2, size - 1 - (size - 1) // 2
    templates = np.empty((0, u.shape[1], size, size))
    for image in u:
        v = strength(image[None], size)[0]  # (H, W)
        around = np.pad(image, ((0, 0), (before, after), (before, after)))
        while True:
            heard = np.zeros_like(v)
            if len(templates):
                heard = s_cells(image[None], templates, stage.selectivity)[0].max(axis=0)
            candidates = np.where((heard == 0) & (v > 1e-12), v, 0)
            if once:  # only the strongest window counts, heard or not
                candidates = np.where(v == v.max(), candidates, 0)
            if not candidates.any():
                break
            i, j = np.unravel_index(candidates.argmax(), v.shape)
            new = around[:, i : i + size, j : j + size]  # (C, k, k)
            templates = np.concatenate([templates, new[None]])
            if once:
                break
    return templates
