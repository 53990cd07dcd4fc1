"""What a student wrote, printed or plotted, as HTML that does nothing.

Everything is escaped, or made anew from what it says. A page adds a Content-Security-Policy on top.
"""

import base64
import re
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from markupsafe import Markup
from mistune.plugins import import_plugin
from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course_utils.grading.mathml import to_mathml

#: Of one output or cell.
MAX_LINES, MAX_CHARACTERS = 200, 20_000
MAX_IMAGE_BYTES = 4_000_000

_IMAGE_BEGINS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_LINK = re.compile(r"(https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
#: The only raw HTML that counts, for hints that unfold; written without attributes.
_FOLDS = re.compile(r"&lt;(/?(?:details|summary)|br ?/?)&gt;")
_HEADING = re.compile(r"\s*#{1,6}[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|$)")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){3,}")
#: Other terminal sequences than colours, and what is no text.
_CONTROL = re.compile(r"\x1b\][^\x07\x1b]*(\x07|\x1b\\)?|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str, *, lines: int = MAX_LINES) -> tuple[str, str]:
    """Printed text without terminal codes, capped; and a note where something is left out."""
    visible = strip_ansi(text[: 4 * MAX_CHARACTERS])
    kept = visible[:MAX_CHARACTERS].split("\n")[:lines]
    # A progress bar writes over its line: what stays on a terminal is what follows the last return.
    shown = "\n".join(_CONTROL.sub("", line.rstrip("\r").rpartition("\r")[2]) for line in kept)
    more_lines = text.count("\n") + 1 - len(kept)
    if more_lines:
        return shown, f"left out: {more_lines:,} more line{'s'[: more_lines > 1]}"
    if len(text) > 4 * MAX_CHARACTERS or len(visible) > MAX_CHARACTERS:
        return shown, f"left out: {len(text) - MAX_CHARACTERS:,} more characters"
    return shown, ""


def code(source: str) -> Markup:
    """Python source with its syntax marked; to stand in ``<pre>``."""
    return Markup(
        highlight(source, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)).rstrip()
    )


def image(kind: str, data: Any) -> str | None:
    """A ``data:`` address of a picture; None where it is none, or too large.

    Parameters
    ----------
    kind
        ``"image/png"`` or ``"image/jpeg"``.
    data
        What the notebook holds: text in base64.
    """
    if not isinstance(data, str) or len(data) > 2 * MAX_IMAGE_BYTES:
        return None
    try:
        content = base64.b64decode("".join(data.split()), validate=True)
    except ValueError:
        return None
    if len(content) > MAX_IMAGE_BYTES or not content.startswith(_IMAGE_BEGINS[kind]):
        return None
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def split_heading(source: str) -> tuple[str, str]:
    """The heading that a Markdown text begins with, and the rest; the first empty without one."""
    found = _HEADING.match(source)
    return (found["title"], source[found.end() :]) if found else ("", source)


def words(markdown: str) -> str:
    """One line of Markdown as plain words."""
    return " ".join(BeautifulSoup(prose(markdown), "html.parser").get_text().split())


def inline(markdown: str) -> Markup:
    """One line of Markdown, without a paragraph around it."""
    return Markup(prose(markdown).strip().removeprefix("<p>").removesuffix("</p>"))


def prose(source: str, *, top: int = 3) -> Markup:
    """Markdown as HTML in which only text, links, formulas and folds are left.

    Parameters
    ----------
    source
        Markdown; raw HTML in it is shown as text, but for bare ``<details>`` and ``<summary>``.
    top
        Highest level a heading may have.
    """
    if len(source) > MAX_CHARACTERS:
        return _as_written(source)
    renderer = _Inert(top)
    plugins = [import_plugin(name) for name in ("strikethrough", "table", "url", "def_list")]
    try:
        text = MarkdownWithMath(renderer=renderer, plugins=plugins).render(source)
    except RecursionError:  # a few thousand brackets
        return _as_written(source)
    if renderer.folds:
        text = str(BeautifulSoup(text, "html.parser"))  # each fold is closed where it belongs
    return Markup(text)


def _as_written(source: str) -> Markup:
    shown, note = plain(source)
    return Markup("<pre>{}</pre>").format(f"{shown}\n… {note}" if note else shown)


class _Inert(IPythonRenderer):
    """Writes HTML of which every tag and attribute is ours."""

    def __init__(self, top: int) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
        self.top, self.folds = top, False

    def heading(self, text: str, level: int, **_: Any) -> str:
        level = max(level, self.top)
        return f"<h{level}>{text}</h{level}>\n"

    def block_code(self, code_: str, info: str | None = None) -> str:
        is_python = (info or "python").strip().lower() in ("python", "py", "ipython3", "python3")
        shown = _EMPTY_LINES.sub("\n\n", plain(code_)[0])  # thousands take the highlighter minutes
        return f"<pre>{code(shown) if is_python else escape(shown)}</pre>\n"

    def block_html(self, html: str) -> str:
        return self._fold(html)

    def inline_html(self, html: str) -> str:
        return self._fold(html)

    def _fold(self, html: str) -> str:
        text, count = _FOLDS.subn(r"<\1>", escape(re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)))
        self.folds = self.folds or count > 0
        return text

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if not _LINK.fullmatch(url):
            return text
        return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f"<em>[image: {escape(BeautifulSoup(text, 'html.parser').get_text())}]</em>"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        tag = "th" if head else "td"
        return f"<{tag}>{text}</{tag}>\n"  # the policy of the page allows no style attributes

    def block_math(self, body: str) -> str:
        return str(to_mathml(body, display=True))

    def inline_math(self, body: str) -> str:
        return str(to_mathml(body))

    def latex_environment(self, name: str, body: str) -> str:
        return str(to_mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", display=True))
