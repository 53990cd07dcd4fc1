"""The built book: complete, without warnings, rebuilt only where it changed, never half-written."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import REPOSITORY
from tests.contents import CHAPTERS, PAGES

FONTS = {**os.environ, "MPLCONFIGDIR": str(REPOSITORY / "_build" / "matplotlib")}


def build(root):
    command = [sys.executable, str(root / "book" / "build.py")]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=FONTS)


@pytest.fixture
def small_book(tree, tmp_path):
    """A copy of the course with a book of one page, to break and to interrupt."""
    for name in ("book", "course_utils"):
        shutil.copytree(tree.root / name, tmp_path / name, ignore=shutil.ignore_patterns("__py*"))
    for name in ("pyproject.toml", "package.json", "requirements.txt", "constraints.txt"):
        shutil.copy(tree.root / name, tmp_path / name)
    (tmp_path / "book" / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (tmp_path / "book" / "index.md").write_text("# One page\n\nFirst text.\n")
    return tmp_path


def test_all_pages_of_the_table_of_contents_are_built(tree, site):
    for page in PAGES:
        assert (site / f"{page}.html").is_file()
    written = {path.stem for path in (tree.root / "book").glob("*.md")}
    assert written == set(PAGES), "a page is missing from the table of contents"


def test_pages_carry_no_trace_of_a_failed_cell(site):
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "Traceback (most recent call last)" not in text, page.name


@pytest.mark.parametrize("page", CHAPTERS)
def test_every_figure_has_a_description(site, page):
    text = (site / f"{page}.html").read_text(encoding="utf-8")
    figures = re.findall(r'<div class="figure-ink"><svg[^>]*>', text)
    assert len(figures) >= 3
    for figure in figures:
        label = re.search(r'aria-label="([^"]*)"', figure)
        assert label is not None
        assert len(label[1]) > 40, figure


@pytest.mark.parametrize("page", CHAPTERS)
def test_chapter_contract(site, page):
    text = (site / f"{page}.html").read_text(encoding="utf-8")
    for heading in ("Play", "Summary", "Further reading", "Your turn"):
        assert re.search(rf"<h[23]>{heading}", text), heading
    topic = page.partition("_")[2]
    assert re.search(rf'href="_downloads/[0-9a-f]+/{topic}\.ipynb"', text)
    assert "application/vnd.jupyter.widget-view+json" in text
    assert 'class="proof' in text
    assert "Show code cell source" in text


def test_downloaded_notebook_is_the_student_notebook(tree, site):
    for page in CHAPTERS:
        (copy,) = site.glob(f"_downloads/*/{page.partition('_')[2]}.ipynb")
        assert copy.read_bytes() == tree.exercise(page).read_bytes()


def test_second_build_executes_and_writes_nothing(tree, site):
    before = {path.name: path.read_bytes() for path in site.glob("*.html")}
    result = build(tree.root)
    assert result.returncode == 0
    assert "Executing notebook" not in result.stdout + result.stderr
    assert {path.name: path.read_bytes() for path in site.glob("*.html")} == before


def test_warning_fails_the_build_and_leaves_the_old_pages(small_book):
    assert build(small_book).returncode == 0
    page = small_book / "_build" / "html" / "index.html"
    old = page.read_bytes()
    source = small_book / "book" / "index.md"
    source.write_text("# One page\n\nSee [](nowhere).\n")
    result = build(small_book)
    assert result.returncode != 0
    assert "nowhere" in result.stdout + result.stderr
    assert page.read_bytes() == old
    source.write_text("# One page\n\nSecond text.\n")
    assert build(small_book).returncode == 0
    assert "Second text" in page.read_text()


def test_failing_cell_fails_the_build(small_book):
    head = "---\njupytext: {text_representation: {extension: .md, format_name: myst}}\n"
    head += "kernelspec: {display_name: Python 3, language: python, name: python3}\n---\n"
    cell = "```{code-cell} ipython3\n1 / 0\n```\n"
    (small_book / "book" / "index.md").write_text(f"{head}# One page\n\n{cell}")
    result = build(small_book)
    assert result.returncode != 0
    assert "ZeroDivisionError" in result.stdout + result.stderr
    assert not (small_book / "_build" / "html").exists()


def test_change_in_the_package_executes_pages_again(small_book):
    head = "---\njupytext: {text_representation: {extension: .md, format_name: myst}}\n"
    head += "kernelspec: {display_name: Python 3, language: python, name: python3}\n---\n"
    cell = "```{code-cell} ipython3\nprint(6 * 7)\n```\n"
    (small_book / "book" / "index.md").write_text(f"{head}# One page\n\n{cell}")
    assert "Executing notebook" in (r := build(small_book)).stdout + r.stderr
    assert "Executing notebook" not in (r := build(small_book)).stdout + r.stderr
    with (small_book / "course_utils" / "plot.py").open("a") as file:
        file.write("\n# changed\n")
    assert "Executing notebook" in (r := build(small_book)).stdout + r.stderr


def test_interrupted_build_leaves_the_old_pages_and_the_next_one_is_whole(small_book):
    assert build(small_book).returncode == 0
    page = small_book / "_build" / "html" / "index.html"
    old = page.read_bytes()
    (small_book / "book" / "index.md").write_text("# One page\n\nSecond text.\n")
    process = subprocess.Popen(
        [sys.executable, str(small_book / "book" / "build.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env=FONTS,
    )
    for line in process.stdout:  # in the midst of writing
        if b"updating environment" in line:
            break
    os.killpg(process.pid, signal.SIGINT)
    deadline = time.monotonic() + 30
    output = process.stdout.read().decode()
    assert process.wait(timeout=deadline - time.monotonic()) != 0
    process.stdout.close()
    assert "untouched" in output
    assert page.read_bytes() == old
    assert build(small_book).returncode == 0
    assert "Second text" in page.read_text()


def test_without_npm_assets_pages_use_pinned_addresses_and_the_build_says_so(small_book):
    result = build(small_book)
    assert result.returncode == 0
    assert "CDN" in result.stderr
    text = (small_book / "book" / "index.md").read_text()
    (small_book / "book" / "index.md").write_text(text + "\n$x^2$\n")
    assert build(small_book).returncode == 0
    page = (small_book / "_build" / "html" / "index.html").read_text()
    assert re.search(r"cdn\.jsdelivr\.net/npm/mathjax@\d+\.\d+\.\d+/", page)


def test_folder_that_cannot_be_written_is_one_line(small_book):
    (small_book / "_build").write_text("a file where the folder should be")
    result = build(small_book)
    assert result.returncode != 0
    assert result.stderr.startswith("book: cannot write")
    assert len(result.stderr.splitlines()) == 1
