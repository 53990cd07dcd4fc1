"""Associative memories: one pattern calls another, or itself.

Kohonen (1972), "Correlation matrix memories", and Anderson (1972) store pairs in one matrix; the
pseudo-inverse makes the recall exact where the cues are independent (Kohonen and Ruohonen, 1973).
"""

from typing import Any

import numpy as np

from course_utils.autoencoders.tables import table


def heteroassociate(X: Any, Y: Any) -> np.ndarray:
    """The matrix that turns cues into answers with the least squared error.

    Parameters
    ----------
    X, Y
        Cues (N, D) and answers (N, E), pair by pair.

    Returns
    -------
    ndarray, shape (D, E)

    Raises
    ------
    ValueError
        Where there are not as many answers as cues.
    """
    X, Y = table(X, "X"), table(Y, "Y")
    if len(X) != len(Y):
        raise ValueError(f"{len(X)} cues for {len(Y)} answers: they should come in pairs")
    return np.linalg.pinv(X) @ Y


def autoassociate(X: Any) -> np.ndarray:
    """Heteroassociation with the pattern itself as the answer: a projection.

    Parameters
    ----------
    X
        Patterns, shape (N, D).

    Returns
    -------
    ndarray, shape (D, D)
        With as many independent patterns as entries it is the identity, and nothing is learnt.
    """
    return heteroassociate(X, X)


def recall(memory: Any, cues: Any) -> np.ndarray:
    """What a memory (D, E) answers to cues (M, D): shape (M, E).

    Raises
    ------
    ValueError
        Where a cue has another length.
    """
    memory = table(memory, "the memory")
    return table(cues, "the cues", len(memory)) @ memory
