"""TeX to MathML, which a browser shows without a script; nothing but mathematics comes through."""

import html
import re
from xml.etree import ElementTree

from latex2mathml.converter import convert_to_element
from markupsafe import Markup

#: Longer than any formula of a course; keeps a converter that is recursive from being worn out.
MAX_TEX = 2_000

_TAGS = re.compile(
    "math|mrow|mi|mo|mn|mtext|mspace|mstyle|msup|msub|msubsup|mover|munder|munderover|"
    "mfrac|msqrt|mroot|mtable|mtr|mtd|mpadded|mphantom"
)
_ATTRIBUTES = re.compile(
    "display|displaystyle|scriptlevel|mathvariant|stretchy|fence|form|separator|largeop|"
    "movablelimits|accent|accentunder|columnalign|columnspacing|rowspacing|linethickness|"
    "width|minsize|maxsize"
)
#: A word, or lengths of one digit: wider spaces could push a formula over other parts of a page.
_VALUE = re.compile(r"[a-z-]{1,20}|\d|-?\d(\.\d{1,4})?(em|ex|pt|px)( \d(\.\d{1,4})?(em|ex|pt|px))*")

_ENVIRONMENT = re.compile(r"\\(begin|end)\{(aligned|align|gathered|gather|equation)\*?\}")


def to_mathml(tex: str, *, display: bool = False) -> Markup:
    """Convert a formula; where that fails, show its TeX as it is.

    Parameters
    ----------
    tex
        What stands between the dollars; it may be a student's and is not trusted.
    display
        Whether it stands on a line of its own.
    """
    try:
        if len(tex) > MAX_TEX:
            raise ValueError(f"longer than {MAX_TEX} characters")
        kind = "block" if display else "inline"
        element = convert_to_element(_ENVIRONMENT.sub(_known_environment, tex), display=kind)
        _purify(element)
        return Markup(ElementTree.tostring(element, encoding="unicode"))
    except (Exception, RecursionError):  # whatever a broken formula makes of the converter
        mark = "$$" if display else "$"
        return Markup('<code class="tex">{}</code>').format(f"{mark}{tex.strip()}{mark}")


def _known_environment(found: re.Match[str]) -> str:
    """Numbers are of no use here, and the converter knows ``align*`` but not ``aligned``."""
    where, name = found.groups()
    return "" if name == "equation" else f"\\{where}{{align*}}"


def _purify(element: ElementTree.Element) -> None:
    """Keep known elements and attributes; the converter's text is escaped when it is written.

    Raises
    ------
    ValueError
        For an element or a command that is none of mathematics.
    """
    for node in element.iter():
        text = html.unescape(node.text or "")  # the converter writes operators as &#x…;
        if not _TAGS.fullmatch(node.tag) or text.startswith("\\") or text == "&":
            raise ValueError(f"{node.tag} {text}")
        node.text = text
        node.attrib = {
            key: value
            for key, value in node.attrib.items()
            if key == "xmlns" or (_ATTRIBUTES.fullmatch(key) and _VALUE.fullmatch(value))
        }
