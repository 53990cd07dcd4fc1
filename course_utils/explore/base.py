"""What every explorable shares: how its module is put together and how its traits are checked."""

import math
import numbers
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

_HERE = Path(__file__).parent
_SHARED_MODULES = ("kit.js", "chart.js")


def compose(*modules: str) -> str:
    """Concatenate the shared modules and an explorable's own into one ES module.

    Parameters
    ----------
    *modules
        Files below this folder, in order, such as fold/model.js; the last one ends in
        ``export default { render }``.

    Returns
    -------
    str
        JavaScript that a browser can import as it is: no build step, no further import.
    """
    return _joined(*_SHARED_MODULES, *modules)


def stylesheet(*sheets: str) -> str:
    """Concatenate the style sheet that all explorables share and an explorable's own."""
    return _joined("explore.css", *sheets)


def _joined(*names: str) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


class Explorable(anywidget.AnyWidget):
    """An anywidget that remembers the state it was created in, for its *Start again* button.

    A subclass lists in ``_restored`` the traits that *Start again* puts back.
    """

    _css = stylesheet()
    _restored: tuple[str, ...] = ()

    start = traitlets.Dict(read_only=True, help="The state at creation.").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        unknown = sorted(name for name in traits if not self.has_trait(name))
        if unknown:
            known = ", ".join(self._restored)
            raise TypeError(
                f"{type(self).__name__} has no trait {', '.join(unknown)}; its traits are {known}"
            )
        super().__init__(**traits)
        self.set_trait("start", {name: getattr(self, name) for name in self._restored})

    def start_again(self) -> None:
        """Put every trait back to its value at creation."""
        with self.hold_sync(), self.hold_trait_notifications():
            for name, value in self.start.items():
                setattr(self, name, value)


def with_choice(
    traits: dict[str, Any], kind: str, name: str | None, choices: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Put what is chosen by its name into an explorable's traits.

    Parameters
    ----------
    traits
        Those that are given by themselves.
    kind
        What is chosen, such as "preset", for messages.
    name
        Which one; None chooses none.
    choices
        {name: {trait: value}}.

    Raises
    ------
    ValueError
        Where there is no such name, or one of its traits is given by itself too.
    """
    if name is None:
        return traits
    if name not in choices:
        raise ValueError(f"no {kind} {name!r}: there are {', '.join(choices)}")
    if given := sorted(set(traits) & set(choices[name])):
        raise ValueError(f"give a {kind} or {', '.join(given)}, not both")
    return traits | dict(choices[name])


def of_trait(trait: str, named: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Named values of one trait, as `with_choice` takes them."""
    return {name: {trait: value} for name, value in named.items()}


def finite_number(value: Any) -> float | None:
    """Return ``value`` as a float, or None if it is no finite real number (a bool is none)."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


class WholeNumber(traitlets.TraitType[int, int]):
    """A whole number between two limits, both included; NumPy integers are welcome."""

    def __init__(self, default: int, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(default_value=default, **kwargs)
        self.low, self.high = low, high

    def validate(self, obj: traitlets.HasTraits, value: Any) -> int:
        """Return the value as an int or raise `TraitError`, saying what is allowed."""
        number = finite_number(value)
        if number is None or number != int(number) or not self.low <= number <= self.high:
            raise traitlets.TraitError(
                f"{type(obj).__name__}.{self.name} must be a whole number between {self.low} and "
                f"{self.high}, got {value!r}"
            )
        return int(number)


class Number(traitlets.TraitType[float, float]):
    """A finite number between two limits, both included; NumPy scalars are welcome."""

    def __init__(self, default: float, low: float, high: float, **kwargs: Any) -> None:
        super().__init__(default_value=float(default), **kwargs)
        self.low, self.high = low, high

    def validate(self, obj: traitlets.HasTraits, value: Any) -> float:
        """Return the value as a float or raise `TraitError`, saying what is allowed."""
        number = finite_number(value)
        if number is None or not self.low <= number <= self.high:
            raise traitlets.TraitError(
                f"{type(obj).__name__}.{self.name} must be a number between {self.low:g} and "
                f"{self.high:g}, got {value!r}"
            )
        return number
