"""From two arrays that differ to the mistake that is likely behind it.

`explain` tries the usual slips one after another on the numbers themselves: transposed, sign
flipped, a factor N, degrees, an offset. It never guesses from names.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

#: Ratios got / expected with a name of their own.
_KNOWN_RATIOS = {
    2.0: "twice too large: is there a factor 2 too many, or a ½ missing?",
    0.5: "half of what it should be: is a factor 2 missing?",
    180 / math.pi: "in degrees, where radians are asked for",
    math.pi / 180: "in radians, where degrees are asked for",
    1 / math.log(2): "in bits (log base 2), where nats (natural log) are asked for",
    math.log(2): "in nats (natural log), where bits (log base 2) are asked for",
    1 / math.log(10): "computed with log base 10, where the natural log is asked for",
    100.0: "in percent, where a fraction is asked for",
    0.01: "a fraction, where percent are asked for",
}


def as_numbers(value: Any) -> np.ndarray:
    """``value`` as an array of floats.

    Raises
    ------
    TypeError
        With one sentence for the student, where it is not made of real numbers. NumPy alone would
        take the text "3.5" for a number, None for NaN, and drop an imaginary part.
    """
    if value is None:
        raise TypeError("nothing was returned; is the `return` missing?")
    problem = f"a number or an array of numbers is expected, not {type(value).__name__}"
    try:
        found = np.asarray(detached(value))
        kind = found.dtype.kind
        if kind == "c" and found.imag.any():
            problem = "real numbers are expected, not complex ones"
        elif kind == "O" and any(entry is None for entry in found.flat):
            problem = "None stands where a number is expected"
        elif kind in "biufcO":  # O: fractions, decimals, or no numbers at all
            return (found.real if kind == "c" else found).astype(float)
    except (TypeError, ValueError, OverflowError):
        pass  # ragged lists, objects, integers beyond floating point
    raise TypeError(f"{problem}: {shorten(value)}")


def detached(value: Any) -> Any:
    """PyTorch tensors, also those in lists, as arrays without their graph; all else as it is."""
    if hasattr(value, "detach"):
        tensor = value.detach().cpu()
        return np.asarray(tensor.double() if tensor.is_floating_point() else tensor)
    if isinstance(value, list | tuple):
        return [detached(entry) for entry in value]
    return value


def shorten(value: Any, length: int = 160) -> str:
    """``value`` as one short line."""
    if isinstance(value, np.ndarray):
        text = np.array2string(value, precision=5, threshold=12, edgeitems=3, separator=", ")
        text = " ".join(text.split())
    else:
        text = " ".join(repr(value).split())
    return text if len(text) <= length else text[: length - 1] + "…"


def explain_shape(got: np.ndarray, expected: np.ndarray, mistakes: Mapping[str, np.ndarray]) -> str:
    """Say why two arrays have different shapes."""
    shapes = f"the shape is {got.shape}, expected {expected.shape}"
    for text, value in mistakes.items():
        if got.shape == value.shape and np.allclose(got, value, rtol=1e-5):
            return f"{text} ({shapes})"
    if got.ndim == expected.ndim >= 2 and got.shape == expected.shape[::-1]:
        return f"transposed: {shapes}"
    if got.size == expected.size and got.squeeze().shape == expected.squeeze().shape:
        return f"right number of entries, but an axis of length 1 too many or too few: {shapes}"
    if expected.ndim == 1 and got.shape == (expected.size, expected.size):
        return f"{shapes}: an (N, 1) array met an (N,) array and broadcasting made (N, N)"
    if expected.ndim == 0:
        return f"{shapes}: one number is asked for; is a sum, mean or dot product missing?"
    if got.ndim == 0:
        return f"{shapes}: one number came back; was everything summed, where one axis is meant?"
    return shapes


def explain(
    got: np.ndarray,
    expected: np.ndarray,
    mistakes: Mapping[str, np.ndarray],
    *,
    count: int | None,
    rtol: float,
    atol: float,
) -> str:
    """Say what turns ``expected`` into ``got``; both of one shape.

    ``mistakes`` come first: they know the question. The general slips follow.
    """

    def same(a: np.ndarray, b: np.ndarray) -> bool:
        return bool(np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True))

    with np.errstate(all="ignore"):  # a guess that overflows is just not the explanation
        for text, value in mistakes.items():
            if value.shape == got.shape and same(got, value):
                return sentence(text)
        return _explain_values(got, expected, count, same, rtol, atol)


def _explain_values(
    got: np.ndarray,
    expected: np.ndarray,
    count: int | None,
    same: Callable[[np.ndarray, np.ndarray], bool],
    rtol: float,
    atol: float,
) -> str:
    if not np.isfinite(got).all() and np.isfinite(expected).all():
        kind = "NaN" if np.isnan(got).any() else "infinity"
        return f"{kind} in the result: a division by zero, log(0) or an overflow."
    if got.ndim == 2 and got.shape[0] == got.shape[1] and same(got, expected.T):
        return "transposed."
    if same(got, -expected):
        return "sign flipped: is a minus missing, or one too many?"
    if _is_probability(expected) and same(got, 1 - expected):
        return "0 and 1 are swapped (got is 1 − expected)."
    if (text := _explain_ratio(got, expected, count, same)) is not None:
        return text
    if (offset := _constant_offset(got, expected, rtol, atol)) is not None:
        return f"every entry is off by {offset:.6g}: was a bias forgotten or added twice?"
    if got.size > 1 and same(np.sort(got, axis=None), np.sort(expected, axis=None)):
        return "the right values in the wrong order."
    if (got == np.trunc(got)).all() and same(got, np.trunc(expected)):
        return "rounded to whole numbers: is an integer array in the way?"
    return "not what was expected."


def _explain_ratio(
    got: np.ndarray,
    expected: np.ndarray,
    count: int | None,
    same: Callable[[np.ndarray, np.ndarray], bool],
) -> str | None:
    if not (np.isfinite(got).all() and np.abs(expected).max(initial=0) > 0):
        return None
    largest = np.unravel_index(np.argmax(np.abs(expected)), expected.shape)
    ratio = float(got[largest] / expected[largest])
    if ratio == 0 or not same(got, ratio * expected):
        if (expected >= 0).all() and same(got, expected**2):
            return "squared, where it should not be: is a square root missing?"
        if (expected >= 0).all() and same(got, np.sqrt(expected)):
            return "the square root of what it should be."
        return None
    named = dict(_KNOWN_RATIOS)
    if count is not None and count > 1:
        too_large = f"{count} times too large: summed instead of averaged?"
        too_small = f"{count} times too small: divided by N twice, or averaged instead of summed?"
        named |= {float(count): too_large, 1 / count: too_small}  # says more than "factor 2"
    for value, text in named.items():
        if math.isclose(ratio, value, rel_tol=1e-5):
            return sentence(text)
    return f"every entry is {ratio:.6g} times what it should be." if got.size > 1 else None


def _constant_offset(
    got: np.ndarray, expected: np.ndarray, rtol: float, atol: float
) -> float | None:
    """What was added to every entry; None where it is not the same, or is lost in rounding."""
    difference = got - expected
    if got.size == 1 or not np.isfinite(difference).all():
        return None
    offset = float(np.median(difference))
    rounding = atol + rtol * abs(offset) + 1e-6 * np.abs(expected).max()
    return offset if np.ptp(difference) <= rounding < abs(offset) / 10 else None


def _is_probability(values: np.ndarray) -> bool:
    return bool((values >= 0).all() and (values <= 1).all())


def sentence(text: str) -> str:
    """``text`` with a full stop, where it has none."""
    return text if text.endswith(("?", ".")) else f"{text}."
