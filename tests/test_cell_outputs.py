"""Outputs that a student's process sent: what is kept is text and pictures, and valid."""

import base64
import json

import nbformat
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course_utils.checks import CheckFailed
from course_utils.grading import cell_outputs
from course_utils.grading.cell_outputs import Budget, failure, printed
from course_utils.grading.learnt import Refused
from course_utils.grading.raised import Stopped, make_exception
from course_utils.grading.values import pack, unpack

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(22)).decode()
JPEG = base64.b64encode(b"\xff\xd8\xff" + bytes(20)).decode()


def rebuild(outputs, budget=None):
    """The outputs of the first cell of a notebook."""
    return cell_outputs.rebuild(outputs, budget or Budget())


def test_all_cells_together_have_a_budget():
    budget = Budget(text=10, pictures=0)
    assert rebuild([{"output_type": "stream", "name": "stdout", "text": "x" * 8}], budget)
    second = rebuild([{"output_type": "stream", "name": "stdout", "text": "y" * 8}], budget)
    assert [o["text"] for o in second] == ["yy"]
    assert rebuild([{"output_type": "stream", "name": "stdout", "text": "z"}], budget) == []


def assert_valid(outputs):
    """They stand in a notebook, cross the wire and go into a file."""
    cell = nbformat.v4.new_code_cell("", outputs=json.loads(json.dumps(outputs)))
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    assert unpack(pack(outputs)) == outputs


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def shown(data, kind="display_data", **more):
    return {"output_type": kind, "data": data, "metadata": {}, **more}


def error(name="ValueError", message="no", lines=("line",)):
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": list(lines)}


def test_text_and_pictures_stay():
    outputs = [
        stream("one\n"),
        stream("two\n", "stderr"),
        shown({"text/plain": "<Figure>", "image/png": PNG}),
        shown({"text/plain": "3"}, "execute_result", execution_count=None),
        shown({"image/jpeg": JPEG}),
        error(),
    ]
    kept = rebuild(outputs)
    assert kept == outputs
    assert_valid(kept)


@pytest.mark.parametrize(
    "kind",
    [
        "text/html", "image/svg+xml", "application/javascript", "text/markdown", "text/latex",
        "application/vnd.jupyter.widget-view+json", "application/json", "application/pdf",
        "image/gif", "TEXT/HTML", "text/html ", "",
    ],
)  # fmt: skip
def test_what_may_run_or_load_something_does_not(kind):
    attack = "<script>alert(1)</script>"
    assert rebuild([shown({kind: attack})]) == []
    kept = rebuild([shown({kind: attack, "text/plain": "a table"})])
    assert kept == [shown({"text/plain": "a table"})]
    assert rebuild([shown({kind: {"deep": attack}, "text/plain": "x"})]) == [
        shown({"text/plain": "x"})
    ]


def test_metadata_and_what_else_hangs_on_an_output_goes():
    output = shown({"text/plain": "x"}) | {"metadata": {"image/png": {"width": 9}}, "transient": {}}
    assert rebuild([output]) == [shown({"text/plain": "x"})]
    assert rebuild([stream("x") | {"extra": "<script>"}]) == [stream("x")]


@pytest.mark.parametrize(
    "content",
    [
        "", "no base64!", PNG[:-1], PNG + "\n<script>", "ü" * 40, JPEG, PNG[1:] + "A",
        base64.b64encode(b"<svg onload='alert(1)'>").decode(), b"\x89PNG\r\n\x1a\n", None, [PNG],
    ],
    ids=lambda c: repr(c)[:20],
)  # fmt: skip
def test_a_picture_that_is_none(content):
    assert rebuild([shown({"image/png": content})]) == []


def test_texts_are_cut_where_they_are_too_long():
    kept = rebuild([stream("x" * 20_000), stream("y" * 20_000), stream("z")])
    assert [len(output["text"]) for output in kept] == [20_000, 5_000]
    kept = rebuild([shown({"text/plain": "x" * 30_000, "image/png": PNG}), stream("y")])
    assert len(kept[0]["data"]["text/plain"]) == 25_000
    assert len(kept) == 1
    kept = rebuild([error("N" * 1000, "m" * 9000, ["l" * 1000] * 100)])[0]
    assert (len(kept["ename"]), len(kept["evalue"])) == (80, 2000)
    assert [len(line) for line in kept["traceback"]] == [300] * 40


def test_pictures_are_left_out_where_they_are_too_many():
    big = PNG + "AAAA" * 625_000  # 2.5 million characters
    kept = rebuild([shown({"image/png": big})] * 4 + [shown({"image/png": PNG})])
    assert [len(output["data"]["image/png"]) for output in kept] == [len(big)] * 2 + [len(PNG)]


def test_a_flood_of_outputs_is_cut():
    assert len(rebuild([stream("x")] * 10_000)) == 60


def test_control_characters_and_addresses_go():
    text = "\x1b[31mred\x00 <object at 0x7f3a2b1c>\ttab\nline \ud800"
    assert rebuild([stream(text)]) == [stream("�[31mred� <object at 0x…>\ttab\nline �")]
    assert rebuild([error("A\x00", text, [text])])[0]["ename"] == "A�"


def test_what_has_no_length_to_cut_is_left_out():
    for output in (stream(7), stream(None), stream(["x"]), shown([]), shown({"text/plain": 7}),
                   error(lines=()) | {"traceback": "no list"}, "stream", None, [], 3, {},
                   {"output_type": "unheard"}, stream("", "stdin"), stream("")):  # fmt: skip
        assert rebuild([output]) == []
    assert rebuild([error(lines=[1, None, "x"])])[0]["traceback"] == ["x"]


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.binary(max_size=4) | st.just(np.arange(3)) | st.just(np.str_("stdout")) | st.just(PNG)
    | st.sampled_from(["stream", "error", "display_data", "execute_result", "stdout"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["text/plain", "image/png", "text/html", "x"]) | st.integers(), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
ODD_OUTPUT = st.fixed_dictionaries(
    {"output_type": st.sampled_from(["stream", "error", "display_data", "execute_result"]) | ODD},
    optional={key: ODD for key in ("name", "text", "ename", "evalue", "traceback", "data", 7)},
)


@given(st.lists(ODD | ODD_OUTPUT, max_size=6))
@example([{"output_type": np.arange(2)}])
@example([{"output_type": "stream", "name": np.arange(2), "text": "x"}])
@example([{"output_type": "error", "ename": np.arange(2), "evalue": 10**3000, "traceback": []}])
def test_no_output_of_any_kind_stops_the_judge(outputs):
    assert_valid(rebuild(unpack(pack(outputs))))


def test_printed():
    assert printed("") == []
    assert printed("✓ right\n") == [stream("✓ right\n")]


def test_a_failed_check_says_what_it_says():
    output = failure(CheckFailed("total: sign flipped.\nmore"))
    assert output == error(
        "CheckFailed", "total: sign flipped.\nmore", ["✗ total: sign flipped.\nmore"]
    )
    assert failure(Refused("total(): a plain value is expected"))["ename"] == "CheckFailed"
    assert_valid([output])


def test_what_a_student_raised_is_shown_with_their_frames():
    raised = make_exception(
        ["MyError", "KeyError", "Exception"], "MyError", "no \x00", ["in total"]
    )
    assert isinstance(raised, KeyError)
    assert failure(raised) == error("MyError", "no �", ["in total"])


def test_what_was_stopped_and_what_a_test_raised_itself():
    assert failure(Stopped("stopped after 3 s")) == error(
        "Stopped", "stopped after 3 s", ["✗ Stopped: stopped after 3 s"]
    )
    assert failure(Stopped("late", ["in loop"]))["traceback"] == ["in loop"]
    assert failure(TypeError("'<' not supported")) == error(
        "TypeError", "'<' not supported", ["✗ TypeError: '<' not supported"]
    )
