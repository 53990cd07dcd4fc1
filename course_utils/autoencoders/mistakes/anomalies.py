"""What the usual mistakes with a ROC curve and the area under it would give."""

import numpy as np

from course_utils.autoencoders import anomaly
from course_utils.autoencoders.mistakes.subspaces import Values


def roc(scores: np.ndarray, anomalous: np.ndarray) -> Values:
    """Of the curve as two rows, (2, points): false rates over true rates."""
    truth = np.asarray(anomalous, dtype=bool)
    false_rate, true_rate, thresholds = anomaly.roc(scores, truth)
    right = np.stack([false_rate, true_rate])
    positives, negatives = truth.sum(), (~truth).sum()
    falling = np.argsort(-scores, kind="stable")
    alone = np.stack(
        [np.cumsum(~truth[falling]) / negatives, np.cumsum(truth[falling]) / positives]
    )
    flipped = np.stack(anomaly.roc(-scores, truth)[:2])
    strict = np.array(
        [
            [(scores[~truth] > t).mean(), (scores[truth] > t).mean()]
            for t in thresholds[1:]  # without ∞
        ]
    ).T
    alarms = false_rate * negatives + true_rate * positives
    precision = np.divide(
        true_rate * positives, alarms, out=np.zeros_like(alarms), where=alarms > 0
    )
    zero = np.zeros((2, 1))
    one_each = np.stack([np.interp(-np.sort(-scores), thresholds[:0:-1], r[:0:-1]) for r in right])
    by_number = [(scores[1 - truth] >= t).mean() for t in thresholds]
    return {
        "the two rates are exchanged: first the false alarms, then the true ones": right[::-1],
        "the curve runs backwards: begin at (0, 0), with the highest threshold": right[:, ::-1],
        "the point (0, 0) is missing: no alarm at all": right[:, 1:],
        "low scores raised the alarm; anomalies have *high* scores": flipped,
        "the low end raised the alarm and the point (0, 0) is missing": flipped[:, 1:],
        "equal scores cross the threshold together and make one point": (
            np.concatenate([zero, alone], axis=1)
        ),
        "equal scores cross the threshold together and make one point (and (0, 0) is missing)": (
            alone
        ),
        "a score equal to the threshold raises the alarm (≥): the last point should be (1, 1)": (
            strict
        ),
        "a score equal to the threshold raises the alarm (≥): the last point should be (1, 1).": (
            np.concatenate([zero, strict], axis=1)
        ),
        "alarms were divided by the number of all examples: false ones by the number of normal "
        "examples, true ones by that of anomalies": (
            right * np.array([[negatives], [positives]]) / len(scores)
        ),
        "equal scores make one point; each different score is a threshold once (np.unique)": (
            np.concatenate([zero, one_each], axis=1)
        ),
        "each different score is a threshold once (np.unique), and the point (0, 0) is missing": (
            one_each
        ),
        "1 − anomalous is made of whole numbers, and selects by position: `~` turns True and False "
        "round": np.stack([by_number, true_rate]),
        "alarms were counted; rates are asked for": right * np.array([[negatives], [positives]]),
        "the divisors are exchanged: false alarms by the number of normal examples": (
            right * np.array([[negatives / positives], [positives / negatives]])
        ),
        "the rate of true *negatives* came first; 1 − it is the rate of false alarms": (
            np.stack([1 - false_rate, true_rate])
        ),
        "precision stands where the rate of true alarms belongs": (
            np.stack([false_rate, precision])
        ),
    }


def auc(scores: np.ndarray, anomalous: np.ndarray) -> Values:
    """Of the area."""
    truth = np.asarray(anomalous, dtype=bool)
    right = anomaly.auc(scores, truth)
    pairs = scores[truth][:, None] - scores[~truth]  # (anomalies, normal)
    ranks = np.argsort(np.argsort(scores, kind="stable"), kind="stable") + 1.0
    later = len(scores) - np.argsort(np.argsort(-scores[::-1], kind="stable"), kind="stable")[::-1]
    anomalies = truth.sum()

    def by_ranks(ranks: np.ndarray) -> float:
        return (ranks[truth].sum() - anomalies * (anomalies + 1) / 2) / pairs.size

    return {
        "flipped: an anomaly should have the *higher* score": 1 - right,
        "ties count one half; they were left out": (pairs > 0).mean(),
        "ties count one half; they were counted in full": (pairs >= 0).mean(),
        "ties count one half: equal scores share a rank, the mean of their ranks": by_ranks(ranks),
        "ties count one half: equal scores share a rank, the mean of their ranks.": (
            by_ranks(later.astype(float))
        ),
        "wins were counted; divide by the number of pairs": (
            (pairs > 0) + 0.5 * (pairs == 0)
        ).sum(),
        "divided by the number of all examples squared; divide by the number of pairs": (
            ((pairs > 0) + 0.5 * (pairs == 0)).sum() / len(scores) ** 2
        ),
        "the sign is flipped: the curve was followed from (1, 1) to (0, 0)": -right,
        "the difference of wins and losses came back (2·AUC − 1)": 2 * right - 1,
        "the share of examples on the right side of the middle score came back; no threshold is "
        "chosen here": ((scores > np.median(scores)) == truth).mean(),
    }
