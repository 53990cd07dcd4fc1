"""What the usual mistakes of notebook 01 give: the tables that its test cells hand to `checks`.

Each table reads ``{what is likely wrong: the value that this mistake gives}``, for the numbers of
the case after which it is named.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

Table = Mapping[str, Any]


def risk_matrix(posterior: np.ndarray, loss: np.ndarray) -> Table:
    """Question 1; posterior (2, 2) and loss (2, 2) of the first case."""
    return {
        "the loss table was used transposed; its rows are the truth": posterior @ loss.T,
        "entries multiplied one by one; sum over the classes: a matrix product": posterior * loss,
        "posterior was used transposed; its rows are the patients": posterior.T @ loss,
        "only the least risk of each patient; the risk of every decision is asked for": (
            posterior @ loss
        ).min(axis=1),
        "averaged over the classes; the probabilities are weights already": posterior @ loss / 2,
        "unweighted: multiply each loss by the probability of its class": np.array(
            [[5.0, 2.0], [5.0, 2.0]]
        ),
        "the cost under the most probable class alone; sum over all classes": loss[
            posterior.argmax(axis=1)
        ],
    }


def bayes_rule(posterior: np.ndarray, loss: np.ndarray) -> Table:
    """Question 2; posterior (4, 2) and loss (2, 2) of the first case."""
    risk = posterior @ loss  # (4, 2)
    return {
        "the most probable class, with the costs left out": posterior.argmax(axis=1),
        "the decision of the largest risk; the smallest is wanted": risk.argmax(axis=1),
        "the loss table was used transposed; its rows are the truth": (posterior @ loss.T).argmin(
            axis=1
        ),
        "wrong axis: the best patient for each decision": risk.argmin(axis=0),
        "the least risks, not the decisions that have them": risk.min(axis=1),
        "one number for all patients: look along the axis of the decisions": risk.argmin(),
        "one number came back: collect one decision for each patient": risk[-1].argmin(),
        "decisions are counted from 0": risk.argmin(axis=1) + 1,
        "a table of 0 and 1; the number of the decision is asked for": np.eye(2)[
            risk.argmin(axis=1)
        ],
        "a column, shape (4, 1); one row of 4 numbers is asked for": risk.argmin(axis=1)[:, None],
        "the least probable class, with the costs left out": posterior.argmin(axis=1),
    }


#: Question 3, by case.
THRESHOLD: dict[str, Table] = {
    "costs 2 and 5": {
        "misses and false alarms are swapped: a false alarm is loss[0, 1]": 5 / 7,
        "the ratio of the two costs; divide by their sum": 2 / 5,
        "one half: that holds only where both mistakes cost the same": 1 / 2,
        "the ratio upside down; and divide by the sum of both": 5 / 2,
        "a sign is wrong: a false alarm costs 2 more than being right, a miss 5 more": -2 / 3,
        "2 is no probability: divide by the sum, and mind the brackets": 2,
        "rounded; return the number as it is": 0.29,
        "rounded to three digits; return the number as it is": 0.286,
        "cut down to 0; whole-number division (//) loses the fraction": 0,
    },
    "treating costs 2 always": {
        "costs from two rows are subtracted; compare within one row": 0,
        "the diagonal was left out: what does the wrong decision cost more": 2 / 7,
        "the diagonal was added; subtract the cost of the right decision": 2 / 9,
    },
    "all four costs differ": {
        "the diagonal was left out: what does the wrong decision cost more": 4 / 13,
        "the diagonal was added; subtract the cost of the right decision": 5 / 16,
        "costs from two rows are subtracted; compare within one row": 2 / 10,
        "the table was read transposed: the truth is in its rows": 8 / 10,
        "misses and false alarms are swapped": 7 / 10,
    },
}


def reject(posterior: np.ndarray, loss: np.ndarray, cost: float) -> Table:
    """Question 4; posterior (5, 2), loss (2, 2) and cost of the first case."""
    risk = posterior @ loss  # (5, 2)
    best = risk.argmin(axis=1)  # (5,)
    return {
        "nobody is referred: compare the least expected cost with `cost`, patient by patient": best,
        "the comparison with the cost is the wrong way round": np.where(
            risk.min(axis=1) > cost, best, -1
        ),
        "a referral is -1, not the number after the last decision": [0, 2, 2, 2, 1],
        "a referral is -1, not None": [0, None, None, None, 1],
        "who is referred was returned; give -1 for them, the best decision for the others": [
            0,
            1,
            1,
            1,
            0,
        ],
        "the referred were left out; give -1 for them": [0, 1],
        "everybody is referred: compare the least risk, not the largest or the mean": [-1] * 5,
        "the loss table was used transposed; its rows are the truth": [0, 0, 0, -1, 1],
        "a probability was compared with the cost; an expected cost is meant": np.where(
            posterior.max(axis=1) > cost, -1, best
        ),
    }


_EVEN = np.exp(2.0)
_TEN = 1 / (1 + np.exp(2 - 2 / np.log(10)))

#: Question 5, by case.
POSTERIOR: dict[str, Table] = {
    "half-way": {
        "not normalised: divide by the sum over the classes": [
            [0.5 * np.exp(-0.5) / np.sqrt(2 * np.pi)] * 2
        ],
        "normalised over the patients (axis 0), not the classes (axis 1)": [[1.0, 1.0]],
        "multiply by the priors before dividing by the sum, not after": [[0.25, 0.25]],
        "these are logarithms; np.exp is missing at the end": np.log([[0.5, 0.5]]),
        "one class only; every class has its column": [0.5],
        "the most probable class as 1, the others 0; probabilities are asked for": [[1.0, 0.0]],
    },
    "at the common mean": {
        "the priors were left out (or 1/σ² stands where 1/σ belongs)": [[0.8, 0.2]],
        "the 1/σ in front of the density was left out": [[0.2, 0.8]],
        "1/√σ in front: sigmas are standard deviations, not variances": [[1 / 3, 2 / 3]],
    },
    "at the mean of class 1": {
        "the logarithms are natural ones, np.log": [[_TEN, 1 - _TEN]] * 2,
        "the ½ in the exponent is missing": [[1 / (1 + _EVEN), _EVEN / (1 + _EVEN)]] * 2,
        "the exponent has σ where σ² belongs": [[1 / (1 + np.exp(4.0)), 1 / (1 + np.exp(-4.0))]]
        * 2,
        "the exponent has no σ: divide x − μ by σ before squaring": [
            [1 / (1 + np.exp(16.0)), 1 / (1 + np.exp(-16.0))]
        ]
        * 2,
    },
    "far out": {
        "rows of zeros: something hides 0/0, but each row must sum to 1": [[0.0, 0.0]] * 2,
        "one half each: far out the nearer class is certain, not undecided": [[0.5, 0.5]] * 2,
    },
}


def plug_in(x_train: np.ndarray) -> Table:
    """Question 6, the first case; x_train (210,), the answers of the past patients."""
    return {
        "answer 3 never occurred: use the fractions among all patients": [0, 1, 1, 0],
        "answer 1 is sent home: costs left out, or the loss table transposed": [0, 0, 1, 0],
        "answer 1 is sent home: costs left out, or the table transposed": [0, 0, 1, 1],
        "everybody is treated: rows of q must sum to 1, each record must count, "
        "and only the records with this answer": [1, 1, 1, 1],
        "decisions for the past patients; the new ones are asked for": np.where(x_train > 0, 1, 0),
        "probabilities were returned; go on to decide": [
            [60 / 80, 20 / 80],
            [50 / 80, 30 / 80],
            [10 / 50, 40 / 50],
            [120 / 210, 90 / 210],
        ],
        "the decision of the largest risk; the smallest is wanted": [1, 0, 0, 0],
    }


#: Question 7: what each mistake *predicts*; the tests compare what that costs.
THREE_STAYS: Table = {
    "the mean was returned: it minimises the squared loss": 6.1,
    "the place of the best value was returned, not the value": 1,
    "the least cost was returned, not the prediction that has it": 2.7,
    "the prediction of largest cost was returned": 12,
    "3 came back: one place too low, or |·| was left out": 3,
    "interpolated between two values; the cost is least at one of them": 3.5,
}
SIX_STAYS: Table = {
    "the mean was returned: it minimises the squared loss": 15.25,
    "the probabilities were left out: the plain median was returned": 14.0,
    "the value nearest to the mean (squared loss), or probabilities left out": 15,
    "the mode was returned: it minimises the zero-one loss": 22,
    "the values were not sorted before adding up probabilities": 9,
    "values sorted, but the probabilities not along with them": 17,
}
