"""Outputs of cells as a notebook may hold them: rebuilt, capped, and nothing that runs."""

import base64
from dataclasses import dataclass
from typing import Any

from course_utils.grading.raised import RaisedByStudent, Stopped, clean

_TEXT, _PICTURES = 25_000, 6_000_000
_TEXT_OF_ALL, _PICTURES_OF_ALL = 2_000_000, 24_000_000
_SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_MOST_OUTPUTS = 60


@dataclass
class Budget:
    """What the outputs of all cells of a notebook may still hold: characters, base64 ones too."""

    text: int = _TEXT_OF_ALL
    pictures: int = _PICTURES_OF_ALL


def rebuild(outputs: list[Any], budget: Budget) -> list[dict[str, Any]]:
    """Outputs that a student's process sent, as far as they are text and pictures.

    HTML, SVG, JavaScript and widgets are left out; the text that stands for them stays.

    Parameters
    ----------
    outputs
        Of one cell.
    budget
        Of the notebook; what is kept is taken from it.
    """
    kept = []
    text_left, pictures_left = min(_TEXT, budget.text), min(_PICTURES, budget.pictures)
    begun = text_left, pictures_left
    for output in outputs[:_MOST_OUTPUTS]:
        made = _rebuild_one(_plain(output), text_left, pictures_left)
        if made is None:
            continue
        kept.append(made)
        data = made.get("data", {})
        text_left -= len(made.get("text", "")) + len(data.get("text/plain", ""))
        pictures_left -= sum(len(data.get(kind, "")) for kind in _SIGNATURES)
    budget.text -= begun[0] - text_left
    budget.pictures -= begun[1] - pictures_left
    return kept


def printed(text: str) -> list[dict[str, Any]]:
    """Printed text as outputs; none where there is no text."""
    return [{"output_type": "stream", "name": "stdout", "text": text}] if text else []


def failure(error: BaseException) -> dict[str, Any]:
    """The output that marks a test as failed, and says why."""
    message = clean(str(error))
    name, lines = type(error).__name__, []
    if isinstance(error, RaisedByStudent):
        name, lines = error.name, error.lines
    elif isinstance(error, Stopped):
        lines = error.lines
    elif name == "Refused":
        name = "CheckFailed"  # to a student it is one
    head = f"✗ {message}" if name == "CheckFailed" else f"✗ {name}: {message}"
    return {
        "output_type": "error",
        "ename": name,
        "evalue": message,
        "traceback": lines or [head],
    }


def _plain(output: Any) -> dict[str, Any]:
    """The entries that outputs have; comparing with an array, say, would raise an exception."""
    entries = output.items() if isinstance(output, dict) else ()
    return {k: v for k, v in entries if isinstance(k, str) and isinstance(v, str | list | dict)}


def _rebuild_one(output: dict[str, Any], text: int, pictures: int) -> dict[str, Any] | None:
    match output:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(words)}:
            kept = clean(words[: max(text, 0)])
            return {"output_type": "stream", "name": name, "text": kept} if kept else None
        case {"output_type": "error", "ename": name, "evalue": message, "traceback": list(lines)}:
            shown = [clean(line)[:300] for line in lines[:40] if isinstance(line, str)]
            return {
                "output_type": "error",
                "ename": clean(str(name))[:80],
                "evalue": clean(str(message))[:2000],
                "traceback": shown,
            }
        case {"output_type": "display_data" | "execute_result" as kind, "data": dict(data)}:
            found = _safe_data(data, text, pictures)
            more = {"execution_count": None} if kind == "execute_result" else {}
            return {"output_type": kind, "data": found, "metadata": {}, **more} if found else None
    return None


def _safe_data(data: dict[str, Any], text: int, pictures: int) -> dict[str, str]:
    kept: dict[str, str] = {}
    for kind, content in data.items():
        if not isinstance(content, str):
            continue
        if kind == "text/plain" and text > 0:
            kept[kind] = clean(content[:text])
        elif kind in _SIGNATURES and len(content) <= pictures:
            try:
                start = base64.b64decode(content, validate=True)[:8]
            except ValueError:  # no base64, or no ASCII
                continue
            if start.startswith(_SIGNATURES[kind]):
                kept[kind] = content
    return kept
