"""What the explorables ought to show, computed in Python."""

import pytest
from explorable_page import read_all

from course_utils.margin import margin, max_margin_separator, radius


def expected_of_decision(play):
    (tn, fp), (fn, tp) = play.confusion
    ends = [*play.boundaries, None, None]
    return {
        **{name: getattr(play, name) for name in play.start if "threshold" not in name},
        "current_threshold": play.current_threshold,
        "bayes_threshold": play.bayes_threshold,
        "boundary_1": ends[0], "boundary_2": ends[1],
        "true_negative": tn, "false_positive": fp, "false_negative": fn, "true_positive": tp,
        "cost_of_false_positives": fp * play.cost_false_positive,
        "cost_of_false_negatives": fn * play.cost_false_negative,
        "risk": play.risk, "bayes_risk": play.bayes_risk,
        "excess_risk": max(0, play.risk - play.bayes_risk),
    }  # fmt: skip


def expected_of_perceptron(play):
    w, k = play.weights, play.mistakes
    R = radius(play.X) if play.points else 0
    best = max_margin_separator(play.X, play.y) if play.separable else None
    gamma = margin(best, play.X, play.y) if play.separable else None
    return {
        **dict(zip(("weight_0", "weight_1", "weight_2"), w, strict=True)),
        "mistakes": k, "radius": R, "margin": gamma,
        "mistake_bound": play.mistake_bound if play.separable else None,
        "inner_product": w @ best if play.separable else None,
        "inner_product_bound": k * gamma if play.separable else None,
        "squared_norm": w @ w, "squared_norm_bound": k * R**2,
        "errors": int((play.y * (play.X @ w) <= 0).sum()) if play.points else 0,
    }  # fmt: skip


def agree(page, expected):
    got = read_all(page)
    for name, value in expected.items():
        if value is None:  # shown without a number, or not shown at all
            assert got.get(name) is None, name
        else:
            assert name in got
            assert got[name] == pytest.approx(value, rel=1e-9, abs=1e-9), name
