"""Play of chapter 01: a barometer, two Gaussian classes, two costs, one threshold."""

import numpy as np
import traitlets

from course_utils.decision import binary_loss
from course_utils.explore.base import Explorable, Number, compose
from course_utils.gaussians import TwoGaussians


class DecisionPlay(Explorable):
    """Dry days (y = 0) and rainy days (y = 1), and the rule "decide 1 when p(1 | x) > t".

    Each trait may be set at creation or later, and follows what the reader does on the page.

    Attributes
    ----------
    prior : float
        P(y = 1), from 0.01 to 0.99.
    mean_0, mean_1 : float
        Mean barometer reading x in each class, from 998 to 1028 hPa.
    sigma_0, sigma_1 : float
        Standard deviation of x in each class, from 2 to 14 hPa.
    cost_false_positive, cost_false_negative : float
        Cost of deciding 1 when y = 0, and 0 when y = 1; from 0.1 to 10.
    threshold : float
        The reader's own threshold t, from 0 to 1.
    use_bayes_threshold : bool
        Follow the threshold of least risk instead of `threshold`.

    Raises
    ------
    traitlets.TraitError
        If a value is no finite number or lies outside its limits.

    Examples
    --------
    >>> play = DecisionPlay(use_bayes_threshold=True)
    >>> round(play.current_threshold, 4)
    0.2857
    """

    _esm = compose("decision/model.js", "decision/results.js", "decision/play.js")
    _restored = (
        "prior",
        "mean_0",
        "mean_1",
        "sigma_0",
        "sigma_1",
        "cost_false_positive",
        "cost_false_negative",
        "threshold",
        "use_bayes_threshold",
    )

    prior = Number(0.3, 0.01, 0.99).tag(sync=True)
    mean_0 = Number(1018, 998, 1028).tag(sync=True)
    mean_1 = Number(1008, 998, 1028).tag(sync=True)
    sigma_0 = Number(6, 2, 14).tag(sync=True)
    sigma_1 = Number(6, 2, 14).tag(sync=True)
    cost_false_positive = Number(2, 0.1, 10).tag(sync=True)
    cost_false_negative = Number(5, 0.1, 10).tag(sync=True)
    threshold = Number(0.5, 0, 1).tag(sync=True)
    use_bayes_threshold = traitlets.Bool(False).tag(sync=True)

    @property
    def world(self) -> TwoGaussians:
        """The two classes, as the reference implementation holds them."""
        return TwoGaussians(
            prior=self.prior,
            means=(self.mean_0, self.mean_1),
            sigmas=(self.sigma_0, self.sigma_1),
        )

    @property
    def loss(self) -> np.ndarray:
        """Loss table, shape (2, 2): truth in rows, decision in columns."""
        return binary_loss(self.cost_false_positive, self.cost_false_negative)

    @property
    def bayes_threshold(self) -> float:
        """The threshold of least risk."""
        return self.world.bayes_threshold(self.loss)

    @property
    def current_threshold(self) -> float:
        """The threshold in force: `bayes_threshold` or `threshold`."""
        return self.bayes_threshold if self.use_bayes_threshold else self.threshold

    @property
    def boundaries(self) -> list[float]:
        """The readings (hPa), in increasing order, where the decision changes: none, one or two."""
        return self.world.boundaries(self.current_threshold)

    @property
    def confusion(self) -> np.ndarray:
        """Joint probabilities of truth (rows) and decision (columns), shape (2, 2)."""
        return self.world.confusion(self.current_threshold)

    @property
    def risk(self) -> float:
        """Expected cost of the current rule."""
        return self.world.risk(self.loss, self.current_threshold)

    @property
    def bayes_risk(self) -> float:
        """The least expected cost that any rule can have."""
        return self.world.bayes_risk(self.loss)
