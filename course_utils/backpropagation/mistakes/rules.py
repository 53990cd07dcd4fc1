"""What the usual mistakes with dual numbers and with differences would give.

Each function takes the arguments of a question and gives {description: value}.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

Pair = tuple[float, float]
#: What a mistake is, in words for the student, and the result that it gives.
Values = dict[str, Any]


def total(z: Pair, w: Pair) -> Values:
    """Of (a + b ε) + (c + d ε) = a + c + (b + d) ε."""
    (a, b), (c, d) = z, w
    return {
        "+ joins two tuples to one of four numbers; add their parts": (a, b, c, d),
        "the slopes were left out; they add up too": a + c,
        "everything was added up; keep value and slope apart": a + b + c + d,
        "the slope follows the product rule; slopes of a sum add up": (a + c, a * d + b * c),
    }


def product(z: Pair, w: Pair) -> Values:
    """Of (a + b ε)(c + d ε) = a c + (a d + b c) ε."""
    (a, b), (c, d) = z, w
    rule = "the slope of a product is a d + b c"
    return {
        f"the slopes were multiplied, but b d goes with ε² = 0; {rule}": (a * c, b * d),
        f"b d was added to the slope, but it goes with ε² = 0; {rule}": (
            a * c,
            a * d + b * c + b * d,
        ),
        "this takes ε² for −1, as with complex numbers; it is 0": (a * c - b * d, a * d + b * c),
        "this takes ε² for 1; it is 0": (a * c + b * d, a * d + b * c),
        f"the sign in the product rule: {rule}": (a * c, b * c - a * d),
        f"the sign in the product rule, with a plus: {rule}": (a * c, a * d - b * c),
        f"the first half of the product rule alone; {rule}": (a * c, a * d),
        f"the second half of the product rule alone; {rule}": (a * c, b * c),
        f"the slopes were added; {rule}": (a * c, b + d),
    }


def quotient(z: Pair, w: Pair) -> Values:
    """Of (a + b ε) / (c + d ε) = a / c + (b c − a d) / c² ε."""
    (a, b), (c, d) = z, w
    rule = "the slope of a quotient is (b c − a d) / c²"
    return {
        f"the sign of the quotient rule is flipped: {rule}": (a / c, (a * d - b * c) / c**2),
        f"a plus instead of a minus: {rule}": (a / c, (b * c + a * d) / c**2),
        f"the denominator was not squared: {rule}": (a / c, (b * c - a * d) / c),
        f"the slopes were divided; {rule}": (a / c, b / d if d else np.nan),
        f"divided by d² instead of c²: {rule}": (a / c, (b * c - a * d) / d**2 if d else np.nan),
        f"the slope of the divisor was left out: {rule}": (a / c, b / c),
        "this is w / z; z / w is asked for": (
            (c / a, (d * a - c * b) / a**2) if a else (np.nan, np.nan)
        ),
        "rounded down: write / and not //": (a // c, (b * c - a * d) // c**2),
    }


def exponential(z: Pair) -> Values:
    """Of exp(a + b ε) = exp(a) + exp(a) b ε."""
    a, b = z
    y = np.exp(a)
    return {
        "the factor b is missing; the slope is exp(a) b": (y, y),
        "exp was applied to each part; the slope is exp(a) b": (y, np.exp(b)),
        "the slope was left as it was; it is exp(a) b": (y, b),
        "that is the rule for powers; the slope is exp(a) b": (y, a * np.exp(a - 1) * b),
        "b was added to the slope, not multiplied; the slope is exp(a) b": (y, y + b),
    }


def sine(z: Pair) -> Values:
    """Of sin(a + b ε) = sin(a) + cos(a) b ε."""
    a, b = z
    y, slope = np.sin(a), np.cos(a)
    return {
        "the factor b is missing; the slope is cos(a) b": (y, slope),
        "the sign is flipped: the derivative of sin is +cos": (y, -slope * b),
        "the derivative of sin is cos, not sin; the slope is cos(a) b": (y, y * b),
        "sin was applied to each part; the slope is cos(a) b": (y, np.sin(b)),
        "cos of b was taken; the slope is cos(a) b": (y, np.cos(b)),
        "a was taken to be in degrees; it is in radians": (
            np.sin(np.deg2rad(a)),
            np.cos(np.deg2rad(a)) * b,
        ),
    }


def polynomial(c: np.ndarray, z: Pair) -> Values:
    """Of P(a + b ε) = P(a) + P′(a) b ε, with the coefficients c (n + 1,), the constant first."""
    (a, b), c = z, np.asarray(c, dtype=float)
    k = np.arange(len(c))
    down = a ** np.maximum(k - 1, 0)  # aᵏ⁻¹, and 1 for the constant, whose factor k is 0
    value, slope = float(c @ a**k), float((c * k) @ down)
    upside = c[::-1]
    return {
        "the factor b is missing; the slope is P′(a) b": (value, slope),
        "the coefficients were taken in reverse order; the constant comes first": (
            float(upside @ a**k),
            float((upside * k) @ down) * b,
        ),
        "the exponents as factors are missing: P′ has the terms k cₖ aᵏ⁻¹": (
            value,
            float(c[1:] @ a ** k[:-1]) * b,
        ),
        "the exponents did not go down: P′ has the terms k cₖ aᵏ⁻¹": (
            value,
            float((c * k) @ a**k) * b,
        ),
        "P was applied to each part; the slope is P′(a) b": (value, float(c @ b**k)),
        "b was raised to powers, but ε² = 0; the slope is P′(a) b": (
            value,
            float((c * k) @ (down * b**k)),
        ),
        "each step of Horner computed the slope with the new value; it takes the old one": (
            value,
            _horner_with_new_value(c, a, b),
        ),
        "the slope of each coefficient was taken to be 1; a constant has the slope 0": (
            value,
            slope * b + float(np.sum(a**k)),
        ),
    }


def _horner_with_new_value(c: np.ndarray, a: float, b: float) -> float:
    value = slope = 0.0
    for coefficient in reversed(c):
        value = value * a + coefficient
        slope = slope * a + value * b
    return float(slope)


def central(f: Callable, x: float, h: float) -> Values:
    """Of (f(x + h) − f(x − h)) / 2h."""
    up, here, down = f(x + h), f(x), f(x - h)
    return {
        "this is the forward difference (f(x + h) − f(x)) / h": (up - here) / h,
        "this is the backward difference (f(x) − f(x − h)) / h": (here - down) / h,
        "divided by h; the two points are 2h apart": (up - down) / h,
        "the difference was not divided by 2h": up - down,
        "a step of h/2 to each side was made; it is h": (f(x + h / 2) - f(x - h / 2)) / h,
        "multiplied by h at the end: / 2 * h needs brackets, / (2 * h)": (up - down) / 2 * h,
        "the sign is flipped: f(x + h) comes first": (down - up) / (2 * h),
        "the given h was not used, but a smaller step": (f(x + 1e-6) - f(x - 1e-6)) / 2e-6,
    }


def step(value: float, third: float, eps: float) -> Values:
    """Of h = (3 ε |f| / 2 |f‴|)^⅓, where h² |f‴| / 6 + ε |f| / 2h is least."""
    f, third, negative = abs(value), abs(third), value * third < 0
    cube = 1.5 * eps * f / third
    return {
        "a negative step: take the absolute values of f and f‴": -np.cbrt(cube)
        if negative
        else np.nan,
        "a square root was taken, as for forward differences; here h³ is known": cube**0.5,
        "this is the best step of forward differences, with f‴ for f″; here it is h³ that one "
        "solves for": (2 * eps * f / third) ** 0.5,
        "this is h³; the cube root is missing": cube,
        "h is too small: as h falls rounding grows, and eps itself is far too short a step": eps,
        "is the ½ of the rounding term missing, or were both terms set equal? Where their sum is "
        "least, their slopes cancel": np.cbrt(2 * cube),
        "a factor 3 is missing: the derivative of h²/6 is h/3": np.cbrt(cube / 3),
        "a factor is wrong: the derivative of 1/(2h) is −1/(2h²)": np.cbrt(2 * cube / 3),
        "f and f‴ were swapped": np.cbrt(1.5 * eps * third / f),
        "this is the least error E; the step where it is reached is asked for": (
            cube ** (2 / 3) * third / 6 + eps * f / (2 * np.cbrt(cube))
        ),
    }
