"""The Mark I perceptron, rebuilt: 400 photocells, 512 association units, 8 response units.

Rosenblatt and colleagues at the Cornell Aeronautical Laboratory ran the machine from 1960 on. A
plugboard wired photocells to association units, at random "to eliminate any particular intentional
bias"; that wiring stayed fixed. Only the weights from association to response units learned, each a
potentiometer turned by an electric motor. Hay, Lynch & Smith (1960), *Mark I Perceptron Operators'
Manual*. The number of wires per unit and the thresholds were set by the operator; ours are choices.
"""

import numpy as np
from numpy.typing import ArrayLike

from course_utils.data import RETINA
from course_utils.neuron import heaviside
from course_utils.perceptron import update_plus_minus

PHOTOCELLS = RETINA * RETINA
ASSOCIATION_UNITS = 512
RESPONSE_UNITS = 8


class MarkOne:
    """A machine with its own random wiring and all potentiometers at 0.

    Parameters
    ----------
    rng
        Draws the wiring.
    excitatory, inhibitory
        Wires into each association unit that count +1 and −1. The machine's photocells had at most
        40 wires each, hence at most 31 here on average.
    threshold
        An association unit is on when its sum reaches this.

    Attributes
    ----------
    wiring
        −1, 0 or 1, shape (512, 400); never changed.
    potentiometers
        Weights, shape (8, 512).

    Raises
    ------
    ValueError
        Where there are more wires than photocells can take.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        excitatory: int = 5,
        inhibitory: int = 5,
        threshold: int = 1,
    ) -> None:
        wires = excitatory + inhibitory
        if not 1 <= wires <= 31:
            raise ValueError(f"an association unit has 1 to 31 wires, got {wires}")
        self.threshold = threshold
        self.wiring = np.zeros((ASSOCIATION_UNITS, PHOTOCELLS))  # (512, 400)
        for unit in self.wiring:
            cells = rng.choice(PHOTOCELLS, size=wires, replace=False)
            unit[cells[:excitatory]] = 1
            unit[cells[excitatory:]] = -1
        self.potentiometers = np.zeros((RESPONSE_UNITS, ASSOCIATION_UNITS))  # (8, 512)

    def associate(self, images: ArrayLike) -> np.ndarray:
        """Which association units each image turns on.

        Parameters
        ----------
        images
            Light on each photocell, 0 or 1, shape (N, 20, 20).

        Returns
        -------
        ndarray of 0 and 1, shape (N, 512)

        Raises
        ------
        ValueError
            Where the images do not fit the retina.
        """
        images = np.asarray(images, dtype=float)
        if images.ndim != 3 or images.shape[1:] != (RETINA, RETINA):
            raise ValueError(f"images should have shape (N, 20, 20), not {images.shape}")
        cells = images.reshape(len(images), PHOTOCELLS)  # (N, 400)
        return heaviside(cells @ self.wiring.T - self.threshold)  # (N, 512)

    def respond(self, images: ArrayLike) -> np.ndarray:
        """Sums that arrive at the response units; images (N, 20, 20) → (N, 8)."""
        return self.associate(images) @ self.potentiometers.T  # (N, 8)

    def classify(self, images: ArrayLike) -> np.ndarray:
        """Index of the response unit with the largest sum; images (N, 20, 20) → (N,)."""
        return self.respond(images).argmax(axis=1)  # (N,)

    def learn(
        self, images: ArrayLike, labels: ArrayLike, max_epochs: int, rng: np.random.Generator
    ) -> np.ndarray:
        """Show the images again and again; after each, motors correct the wrong response units.

        Unit k should answer +1 to images with label k and −1 to all others.

        Parameters
        ----------
        images, labels
            Shapes (N, 20, 20) and (N,); labels from 0 to 7.
        max_epochs
            Stop after so many passes at the latest.
        rng
            Draws the order of every pass.

        Returns
        -------
        ndarray, shape (E,)
            Wrong responses of the eight units together in each pass, the last 0 if all is learnt.

        Raises
        ------
        ValueError
            Where a label has no response unit, or there is not one label per image.
        """
        active = self.associate(images).astype(float)  # (N, 512)
        labels = np.asarray(labels)
        if labels.shape != (len(active),) or not np.isin(labels, np.arange(RESPONSE_UNITS)).all():
            raise ValueError(f"one label from 0 to 7 per image is needed, got {labels!r}")
        targets = np.where(labels[:, None] == np.arange(RESPONSE_UNITS), 1, -1)  # (N, 8)
        mistakes = []
        for _ in range(max_epochs):
            mistakes.append(0)
            for i in rng.permutation(len(active)):
                sums = self.potentiometers @ active[i]  # (8,)
                for k in np.flatnonzero(targets[i] * sums <= 0):
                    self.potentiometers[k] = update_plus_minus(
                        self.potentiometers[k], active[i], targets[i, k]
                    )
                    mistakes[-1] += 1
            if mistakes[-1] == 0:
                break
        return np.array(mistakes)
