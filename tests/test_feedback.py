"""The page a student gets: what it says, what it keeps to itself, and that it does nothing."""

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from course_utils.grading import inert
from course_utils.grading.class_run import ClassRun
from course_utils.grading.mathml import to_mathml
from tests.conftest import REPOSITORY
from tests.graded_notebook import (
    answer,
    code,
    hidden_cell,
    marked,
    page_of,
    picture,
    printed,
    question,
    raised,
    shown,
    text,
)
from tests.hostile_markdown import HOSTILE
from tests.tiny_course import (
    NAME,
    RIGHT,
    SPOKEN,
    SUMMED,
    WITHOUT_KERNEL,
    answered,
    class_before_it_begins,
    hand_in,
    make_course,
)

TITLE = text("# A tiny assignment\n\nHow it works.")


@pytest.fixture
def course(tmp_path, monkeypatch):
    shutil.copytree(class_before_it_begins(), tmp_path / "class")
    monkeypatch.setenv("COURSE_CLASS", str(tmp_path / "class"))
    course = make_course(tmp_path / "course", extra_config=WITHOUT_KERNEL)
    hand_in(course, "ada", answered(course, RIGHT, SUMMED, SPOKEN))
    ClassRun(course, NAME).grade(lambda outcome, kept: None)
    return course


def page_file(course):
    return course.class_folder / "feedback" / "ada" / NAME / "tiny.html"


def soup_of(*cells, **about):
    return BeautifulSoup(page_of(*cells, **about), "html.parser")


def words(node):
    return " ".join(node.get_text(" ").split())


def article(soup, anchor):
    found = soup.find(id=anchor)
    assert found is not None, anchor
    return found


def rows(soup):
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in soup.select("tbody tr")]


# ---- what it says


def test_a_graded_submission_from_the_gradebook_to_the_page(course):
    with Gradebook(f"sqlite:///{course.class_folder / 'gradebook.db'}") as gradebook:
        comment = gradebook.find_comment("explain_zero", "tiny", NAME, "ada")
        comment.manual_comment = "See **page 3**: $a + 0 = a$."
        gradebook.find_submission_notebook("tiny", NAME, "ada").late_submission_penalty = 0.5
        gradebook.db.commit()
    ClassRun(course, NAME).write_feedback(lambda *_: None)
    soup = BeautifulSoup(page_file(course).read_text(encoding="utf-8"), "html.parser")
    assert words(soup.h1) == "A tiny assignment"
    assert words(soup.select_one(".kind")) == f"Feedback for ada · {NAME}"
    assert words(soup.select_one(".score")) == "2.5 / 8 points so far"
    assert words(soup.select_one("header .note")) == (
        "A late penalty of 0.5 is taken off. Part of your work waits for a person."
    )
    assert rows(soup) == [
        ["Question 1 · Total", "3 / 3", "✓ passed"],
        ["Question 2 · Average", "0 / 3",
         "✗ average([1, 2, 6]): 3 times too large: summed instead of averaged?"],
        ["Question 3 · Explain", "– / 2", "… waits for a person"],
        ["Late penalty", "−0.5", "handed in late"],
    ]  # fmt: skip
    comment = article(soup, "answer-explain_zero").select_one(".comment")
    assert comment.strong.get_text() == "page 3"
    assert comment.find("math") is not None


def test_marks_by_hand(course):
    with Gradebook(f"sqlite:///{course.class_folder / 'gradebook.db'}") as gradebook:
        for grade_id, score in (("explain_zero", 1.5), ("hidden_average", 1)):
            grade = gradebook.find_grade(grade_id, "tiny", NAME, "ada")
            grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()
    ClassRun(course, NAME).write_feedback(lambda *_: None)
    soup = BeautifulSoup(page_file(course).read_text(encoding="utf-8"), "html.parser")
    assert words(soup.select_one(".score")) == "5.5 / 8 points"
    assert rows(soup)[2] == ["Question 3 · Explain", "1.5 / 2", "✎ marked by a person"]
    earned = words(article(soup, "test-hidden_average").select_one(".earned"))
    assert earned == "✗ failed 1 / 2 points, set by a person"


@pytest.mark.slow
def test_nbgraders_own_command_writes_the_same_page(course):
    ClassRun(course, NAME).write_feedback(lambda *_: None)
    ours = page_file(course).read_bytes()
    command = [Path(sys.executable).parent / "nbgrader", "generate_feedback", NAME, "--force"]
    environment = os.environ | {
        "PYTHONPATH": str(REPOSITORY)
    }  # the configuration names an executor of the tests
    subprocess.run(command, cwd=course.root, env=environment, check=True, capture_output=True)
    assert page_file(course).read_bytes() == ours


def test_a_failed_visible_test_shows_everything():
    message = "total([1]): not what was expected.\n  expected 1\n  got      2"
    soup = soup_of(
        TITLE,
        question(),
        answer(),
        marked("test_total", 0, 1, printed("so far\n"), raised("CheckFailed", message, "✗ x")),
    )
    test = article(soup, "test-test_total")
    assert words(test.h3) == "Visible tests Question 1 · Total"
    assert words(test.select_one(".earned")) == "✗ failed 0 / 1 points"
    assert words(test.select_one(".diagnosis")) == "✗ total([1]): not what was expected."
    assert test.select_one(".detail").get_text().strip("\n") == "expected 1\ngot      2"
    assert words(test.select_one(".output")) == "so far"
    assert test.details.pre.get_text().strip() == "checks.close(total([1]), 1, 'x')"
    assert not test.details.has_attr("open")
    assert test.select_one(".raised") is None


def test_a_failed_hidden_test_shows_its_first_line_alone():
    message = "total(values): not what was expected.\n  expected 3.14159\n  got      2.71828"
    frames = ["Cell In[7], line 2", "----> 2 secret = draw()", "ValueError: x"]
    page = page_of(
        TITLE,
        question(),
        answer(),
        hidden_cell(0, printed("drew 1.61803"), shown(image_png=picture(), text_plain="1.41421"),
                    raised("CheckFailed", message, *frames, *message.splitlines())),
    )  # fmt: skip
    test = article(BeautifulSoup(page, "html.parser"), "test-hidden_total")
    assert words(test) == (
        "Hidden tests Question 1 · Total ✗ failed 0 / 2 points "
        "✗ total(values): not what was expected."
    )
    for secret in ("3.14159", "2.71828", "1.61803", "1.41421", "secret", "draw()", "HIDDEN TESTS"):
        assert secret not in page


def test_where_the_students_code_raised():
    frames = ["Cell [total], line 2, in total", "    return values[5]", "IndexError: out of range"]
    error = raised("IndexError", "out of range\nmore", "\x1b[31m" + frames[0], *frames[1:])
    test = hidden_cell(0, error, source="def check():\n    return\ntotal\nvalues[5]")
    soup = soup_of(TITLE, question(), answer(), test)  # words in common are no quotation
    test = article(soup, "test-hidden_total")
    assert words(test.select_one(".diagnosis")) == "✗ IndexError: out of range"
    assert test.select_one(".raised").get_text().strip("\n") == "\n".join(frames)


def test_a_traceback_that_quotes_a_hidden_test_is_left_out():
    """As a kernel writes it, with the lines of the test between colours."""
    frames = ["Cell In[7]", "\x1b[32m----> 2\x1b[39m \x1b[34msecret\x1b[39m = draw()", "in total"]
    page = page_of(question(), hidden_cell(0, raised("IndexError", "out", *frames)))
    assert "in total" not in page
    assert "secret" not in page
    assert "✗ IndexError: out" in page


def test_a_test_that_was_stopped():
    sentence = "stopped after 3 s: is there an endless loop?"
    soup = soup_of(question(), hidden_cell(0, raised("Stopped", sentence)))
    assert rows(soup) == [["Question 1 · Total", "0 / 2", f"✗ {sentence}"]]
    assert article(soup, "test-hidden_total").select_one(".raised") is None


def test_untouched_questions():
    stub = raised("NotImplementedError", "Write your answer here, then delete this line.", "a", "b")
    soup = soup_of(
        question(),
        answer(comment="No response."),
        marked("test_total", 0, 1, stub),
        question("explain", "Question 2 · Explain"),
        text("*Write your answer here.*", grade_id="explain", grade=True, solution=True,
             points=2, score=0.0, comment="No response."),
    )  # fmt: skip
    assert rows(soup) == [
        ["Question 1 · Total", "0 / 1", "✗ not answered"],
        ["Question 2 · Explain", "0 / 2", "✗ not answered"],
    ]
    assert soup.select_one(".raised") is None
    assert soup.select_one(".comment") is None


def test_points_lost_without_a_message():
    soup = soup_of(question(), hidden_cell(1))
    assert rows(soup) == [["Question 1 · Total", "1 / 2", "✗ not all points"]]


def test_a_notebook_without_headings_or_questions():
    soup = soup_of(code("1 + 1", printed("2")), marked("lonely", 1, 1))
    assert words(soup.h1) == "01_tiny"
    assert rows(soup) == [["Notebook", "1 / 1", "✓ passed"]]
    assert "2" in words(soup.main)


# ---- the student's own cells


def test_printed_and_plotted_output_is_kept_and_the_rest_is_named():
    soup = soup_of(
        question(),
        answer(
            "plot()",
            printed("\x1b[1;31mred\x1b[0m <b>bold</b>\n"),
            printed("\n"),
            shown(image_png=picture(), text_html="<b>x</b>", text_plain="<Figure>"),
            shown(image_jpeg=picture(b"\xff\xd8\xff\xe0")),
            shown(text_html="<marquee>", text_plain="A table"),
            shown(text_html="<marquee>"),
            shown(image_svg="<svg onload=alert(1)>"),
            shown(image_png="no base64!", text_plain="<Figure>"),
            raised("ZeroDivisionError", "division by zero", "line 1", "ZeroDivisionError: …"),
        ),
    )
    own = article(soup, "answer-total")
    images = own.find_all("img")
    assert [image["alt"] for image in images] == ["<Figure>", "Plot"]
    assert images[0]["src"] == f"data:image/png;base64,{picture()}"
    assert images[1]["src"].startswith("data:image/jpeg;base64,")
    assert [words(output) for output in own.select(".output")] == [
        "red <b>bold</b>",
        "",
        "",
        "A table",
        "… left out: an output of kind text/html",
        "… left out: an output of kind image/svg+xml",
        "<Figure> … left out: a picture, too large or damaged",
        "line 1 ZeroDivisionError: …",
    ]


def test_what_is_too_long_is_cut_with_a_note():
    flood = "line\n" * 5000
    many = [printed("x")] * 50
    soup = soup_of(question(), answer("a", printed(flood), key="a"), answer("b", *many, key="b"))
    first = article(soup, "answer-a").select_one(".output")
    assert words(first.p) == "… left out: 4,801 more lines"
    assert first.pre.get_text().count("line") == 200
    assert words(article(soup, "answer-b").select(".output")[-1]) == "… left out: 10 more outputs"
    deep = raised("RecursionError", "deep", *[f"frame {n}" for n in range(500)])
    pre = soup_of(answer("c", deep)).select_one("pre.raised").get_text()
    assert "frame 0\n" in pre
    assert "frame 499" in pre
    assert "… left out: 440 lines …" in pre


@pytest.mark.parametrize(
    ("written", "text_", "note"),
    [
        ("10%\r50%\r100%\ndone", "100%\ndone", ""),
        ("dos\r\nlines\r\n", "dos\nlines\n", ""),
        ("\x1b]0;title\x07a\x08\x00b\tc", "ab\tc", ""),
        ("x" * 30_000, "x" * 20_000, "left out: 10,000 more characters"),
        ("a\n" * 200 + "b", "a\n" * 199 + "a", "left out: 1 more line"),
    ],
)
def test_printed_text(written, text_, note):
    assert inert.plain(written) == (text_, note)


def test_fifty_megabytes_on_one_line():
    shown_, note = inert.plain("x" * 50_000_000)
    assert (len(shown_), note) == (20_000, "left out: 49,980,000 more characters")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image/png", picture(b"\xff\xd8\xff")),
        ("image/jpeg", picture()),
        ("image/png", picture(b"<svg onload=alert(1)>")),
        ("image/png", picture()[:-3]),
        ("image/png", 'x" onerror="alert(1)'),
        ("image/png", picture(b"\x89PNG\r\n\x1a\n" + bytes(5_000_000))),
        ("image/png", {"no": "text"}),
    ],
)
def test_what_is_no_picture(kind, data):
    assert inert.image(kind, data) is None


def test_half_a_surrogate_pair_does_not_stop_the_page():
    page_of(answer("'\ud83d'", printed("\ud83d"))).encode("utf-8")


# ---- that it does nothing

ALLOWED = re.compile(
    "p|h[1-6]|ul|ol|li|pre|code|em|strong|del|table|thead|tbody|tr|th|td|a|span|br|hr|blockquote|"
    "details|summary|dl|dt|dd|math|mrow|mi|mo|mn|mtext|mspace|mstyle|msup|msub|msubsup|"
    "mover|munder|munderover|mfrac|msqrt|mroot|mtable|mtr|mtd|mpadded|mphantom"
)


def assert_inert(html):
    for node in BeautifulSoup(html, "html.parser").find_all(True):
        assert ALLOWED.fullmatch(node.name), node
        for key, value in node.attrs.items():
            assert not key.startswith("on"), node
            assert key not in ("style", "src", "id", "action", "formaction"), node
            if key == "href":
                assert re.match("https?://|mailto:", value, re.IGNORECASE), node
            if key == "width":
                assert re.fullmatch(r"-?\d(\.\d+)?em", value), node


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_markdown(source):
    assert_inert(inert.prose(source))
    assert_inert(inert.prose(f"a\n\n{source}\n\n{source} b *{source}*"))
    assert_inert(inert.inline(source))


@given(
    st.lists(st.sampled_from([*HOSTILE, "\n\n", "$", "*", "`", "<", ">", '"', "[", "](", "<a "]))
)
def test_hostile_markdown_mixed(parts):
    assert_inert(inert.prose("".join(parts)))


@given(st.text(alphabet="<>/\"'=$\\{}[]()!*`_|-:#&; abcdetlisumary\n", max_size=80))
def test_any_markdown(source):
    assert_inert(inert.prose(source))


def test_folds_of_a_student_stay_within_the_cell():
    page = page_of(question(), text("</details></article></section>\n\n<details>\n\nopen", **{
        "grade_id": "explain", "solution": True, "grade": True, "score": 1.0, "points": 2,
    }), hidden_cell(2))  # fmt: skip
    soup = BeautifulSoup(page, "html5lib" if _has_html5lib() else "html.parser")
    assert article(soup, "test-hidden_total").find_parent("details") is None
    assert article(soup, "test-hidden_total").find_parent("section")["id"] == "question-total"


def _has_html5lib():
    try:
        import html5lib  # noqa: F401
    except ImportError:
        return False
    return True


def test_hints_unfold_and_text_is_rendered():
    html = inert.prose(
        "# Head\n\n**b** `c` $x_0$ [l](https://example.org)\n\n"
        "<details><summary>Hint 1</summary>\n\ninner $y$\n\n</details>\n\n"
        "| a | b |\n|--:|---|\n| 1 | 2 |\n\n```python\ndef f(): pass\n```"
    )
    soup = BeautifulSoup(html, "html.parser")
    assert soup.h3.get_text() == "Head"
    assert soup.details.summary.get_text() == "Hint 1"
    assert soup.details.p.math is not None
    assert soup.a["href"] == "https://example.org"
    assert [cell.get_text() for cell in soup.find_all("td")] == ["1", "2"]
    assert soup.pre.span["class"] == ["k"]


def test_too_long_or_too_deep_text_is_shown_as_written():
    assert inert.prose("*a* " * 10_000).startswith("<pre>*a* *a*")
    deep = "".join("  " * n + "- a\n" for n in range(140))
    assert "- a" in inert.prose(deep)


# ---- formulas


def course_formulas(tree):
    sources = "".join(p.read_text(encoding="utf-8") for p in tree.solutions.glob("*/*.py"))
    return sorted(set(re.findall(r"\$([^$\n]+)\$", sources)))


def test_every_formula_of_the_assignments_is_converted(tree):
    formulas = course_formulas(tree)
    assert len(formulas) > 50
    assert [f for f in formulas if not to_mathml(f).startswith("<math")] == []


@pytest.mark.parametrize(
    ("tex", "pieces"),
    [
        (r"\frac12", ["<mfrac><mn>1</mn><mn>2</mn></mfrac>"]),
        (r"w^\top x", ["<msup><mi>w</mi><mo>⊤</mo></msup>"]),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", ["<mtr>", "<mtd"]),
        (r"\begin{equation}a < b\end{equation}", ["<mo>&lt;</mo>"]),
    ],
)
def test_formulas(tex, pieces):
    html = to_mathml(tex)
    assert all(piece in html for piece in pieces), html


@pytest.mark.parametrize("tex", ["\\frac{", "", "\\unknown x", "{" * 900, "a" * 3000])
def test_what_is_no_formula_is_shown_as_it_is(tex):
    node = BeautifulSoup(to_mathml(tex), "html.parser").code
    assert node.get_text() == f"${tex}$"


def test_a_formula_cannot_be_pushed_over_the_page():
    assert "99em" not in to_mathml(r"\hspace{99em}x")
    assert 'width="0.167em"' in to_mathml(r"a\,b")


# ---- the page as a document


def test_the_page_is_one_document_without_requests():
    page = page_of(
        TITLE, question(body="$x$\n\n### More"), answer(), marked("test_total", 1, 1),
        hidden_cell(2), question("b", "Question 2 · B"), answer(key="b", comment="well"),
        text("words", grade_id="explain", solution=True, grade=True, points=2, score=0, waits=True),
    )  # fmt: skip
    soup = BeautifulSoup(page, "html.parser")
    assert page.startswith("<!DOCTYPE html>")
    ids = [node["id"] for node in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    anchors = [a["href"] for a in soup.find_all("a")]
    assert anchors
    assert all(a.startswith("#") and a[1:] in ids for a in anchors)
    levels = [int(h.name[1]) for h in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels)), levels
    assert not soup.find_all(["script", "iframe", "form", "object", "embed", "base"])
    assert [link["href"] for link in soup.find_all("link")] == ["data:,"]
    style = soup.style.string
    assert "url(" not in style
    assert "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not soup.find_all(style=True)


def test_names_of_students_are_escaped():
    page = page_of(TITLE, student="<b>O'Brien & 1")
    assert "<b>O'Brien" not in page
    assert "&lt;b&gt;O&#39;Brien &amp; 1" in page
