"""What the book holds: its pages and its chapters, as its table of contents lists them."""

import re

import yaml

from tests.conftest import REPOSITORY

_toc = yaml.safe_load((REPOSITORY / "book" / "_toc.yml").read_text(encoding="utf-8"))

#: Every page, by the name of its file without the ending.
PAGES = [_toc["root"], *(c["file"] for part in _toc["parts"] for c in part["chapters"])]
#: Those that teach: each has an explorable and a graded notebook.
CHAPTERS = [page for page in PAGES if re.match(r"\d\d_", page)]
