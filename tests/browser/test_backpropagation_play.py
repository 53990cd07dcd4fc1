"""BackpropagationPlay as a reader meets it: scrubbed, stepped, edited; by keyboard, mouse and finger."""

import pytest
import traitlets
from explorable_page import mount, nudge, overflowing, read_all, read_quantity, receive, saved

from course_utils.backpropagation import graph as tape
from course_utils.explore.backpropagation.play import GRAPHS, BackpropagationPlay

pytestmark = pytest.mark.browser


def agree(page, play):
    """Every number on the page is the package's; what is not known yet is not shown."""
    graph, values, got = play.tape, play.values, read_all(page)
    if play.mode == "reverse":
        sent, done = tape.messages(graph, values), play.step - len(graph.steps) - 1
        sent = sent[: max(done, 0)]
        expected = {f"adjoint_{m.input}": m.total for m in sent}
        if done >= 0:
            expected[f"adjoint_{graph.output}"] = 1.0
        expected |= {f"part_{m.result}_{m.position}": m.part for m in sent}
        full = {m.input for m in sent if m.complete}
        found = {name: play.adjoints[name] for name in graph.inputs if name in full}
        computed = graph.steps[: play.step]
    else:
        computed = graph.steps[: play.step]
        known = {*graph.inputs, *(step.result for step in computed)}
        expected = {f"tangent_{name}": play.tangents[name] for name in known}
        whole = {*play.collected} | ({play.seeded} if play.step >= len(graph.steps) else set())
        found = {name: play.adjoints[name] for name in whole}
        local = tape.slopes(graph, values)
        expected |= {
            f"part_{step.result}_{i}": local[step.result, i] * play.tangents[name]
            for step in computed
            for i, name in enumerate(step.inputs)
        }
    expected |= {f"value_{name}": values[name] for name in graph.inputs}
    expected |= {f"value_{step.result}": values[step.result] for step in computed}
    expected |= {f"derivative_{name}": found.get(name) for name in graph.inputs}
    drawn = ("adjoint_", "tangent_", "value_", "part_", "derivative_")
    assert {name for name in got if name.startswith(drawn)} == set(expected)
    for name, value in expected.items():
        wanted = None if value is None else pytest.approx(value, rel=1e-12, abs=1e-12)
        assert got[name] == wanted, name
    edges = sum(len(step.inputs) for step in graph.steps)
    assert (got["passes"], got["passes_needed"]) == (len(found), len(graph.inputs))
    assert got["rules"] == sum(name.startswith("part_") for name in expected)
    assert (got["rules_reverse"], got["rules_forward"]) == (edges, edges * len(graph.inputs))


def step_button(page):
    return page.get_by_role("button", name="Step", exact=True)


def rule(page):
    return page.locator(".fnn-rule").inner_text()


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize("title", GRAPHS)
def test_every_step_agrees_with_python(page, tmp_path, title, mode):
    seed = GRAPHS[title][0].inputs[-1]
    mount(page, BackpropagationPlay(title, mode=mode, seed=seed), tmp_path)
    step = 0
    while True:
        agree(page, BackpropagationPlay(title, mode=mode, seed=seed, step=step))
        if step_button(page).is_disabled():
            break
        step_button(page).press("Enter")
        step += 1
        assert saved(page)["step"] == step
    assert "Done" in rule(page)
    page.get_by_role("button", name="Back").press("Space")
    agree(page, BackpropagationPlay(title, mode=mode, seed=seed, step=step - 1))


def test_the_rule_is_written_out_with_its_numbers(page, tmp_path):
    mount(page, BackpropagationPlay("Used twice", step=3), tmp_path)
    assert "f = u · v = 6 · 8 = 48" in rule(page)
    assert "∂f/∂u = v = 8, ∂f/∂v = u = 6" in rule(page)
    step_button(page).press("Enter")
    assert "the adjoint of f is ∂f/∂f = 1" in rule(page)
    step_button(page).press("Enter")
    assert "adjoint of u += adjoint of f × ∂f/∂u = 1 × 8 = 8" in rule(page)
    assert "u is used once more" in rule(page)
    for _ in range(2):
        step_button(page).press("Enter")
    assert "adjoint of u += adjoint of v × ∂v/∂u = 6 × 1 = 6" in rule(page)
    assert "All uses of u have reported: 8 + 6 = 14" in rule(page)
    page.wait_for_function(
        "document.querySelector('.fnn-announcer').textContent.includes('8 + 6 = 14')"
    )
    assert page.locator(".fnn-announcer").get_attribute("aria-live") == "polite"


def test_scrubbed_by_keyboard_and_arrow_keys_on_the_buttons(page, tmp_path):
    mount(page, BackpropagationPlay(), tmp_path)
    nudge(page, "Step", "ArrowRight", 4)
    assert saved(page)["step"] == 4
    nudge(page, "Step", "End")
    agree(page, BackpropagationPlay(step=9))
    nudge(page, "Step", "Home")
    assert saved(page)["step"] == 0
    step_button(page).press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert saved(page)["step"] == 1
    agree(page, BackpropagationPlay(step=1))


def test_scrubbed_by_mouse(page, tmp_path):
    mount(page, BackpropagationPlay(), tmp_path)
    box = page.get_by_label("Step", exact=True).first.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
    assert saved(page)["step"] == 9


def test_a_tap_steps(chromium, tmp_path):
    context = chromium.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    mount(page, BackpropagationPlay(), tmp_path)
    step_button(page).tap()
    assert saved(page)["step"] == 1
    context.close()


def test_inputs_are_edited(page, tmp_path):
    mount(page, BackpropagationPlay("ReLU neuron", step=40), tmp_path)
    field = page.get_by_label("Value of w1", exact=True)
    field.fill("-2.25")
    play = BackpropagationPlay("ReLU neuron", at={"w1": -2.25}, step=20)
    agree(page, play)
    assert saved(page)["inputs"]["ReLU neuron"]["w1"] == -2.25
    assert read_quantity(page, "derivative_w2") == 0  # the neuron is dead now
    for bad in ("99", "-", ""):
        if bad:
            field.press("ControlOrMeta+a")
            page.keyboard.type(bad)
        else:
            field.fill(bad)
        agree(page, play)
    page.get_by_label("Value of b", exact=True).focus()
    assert field.input_value() == "-2.25"
    assert saved(page)["inputs"]["Used twice"] == GRAPHS["Used twice"][1]


def test_passes_are_collected_one_seed_after_the_other(page, tmp_path):
    mount(page, BackpropagationPlay(mode="forward"), tmp_path)
    for k, name in enumerate("abc"):
        page.get_by_role("radio", name=name, exact=True).press("Space")
        assert saved(page).get("step", 0) == 0
        nudge(page, "Step", "End")
        assert read_quantity(page, "passes") == k + 1
    agree(page, BackpropagationPlay(mode="forward", seed="c", step=3, collected=["a", "b"]))
    page.get_by_label("Value of a", exact=True).fill("1")  # other inputs: all passes are void
    assert read_quantity(page, "passes") == 1
    page.get_by_role("radio", name="Reverse: adjoints").press("Space")
    assert page.get_by_text("Seed, the input").count() == 0
    assert saved(page)["step"] == 0


def test_graphs_are_changed_and_started_again(page, tmp_path):
    mount(page, BackpropagationPlay(at={"b": 1.5}, step=3), tmp_path)
    page.get_by_role("radio", name="2-2-1 network").press("Space")
    agree(page, BackpropagationPlay("2-2-1 network"))
    page.get_by_role("radio", name="Square of a sum").press("Space")
    agree(page, BackpropagationPlay(at={"b": 1.5}))
    page.get_by_label("Value of c", exact=True).fill("4")
    page.get_by_role("button", name="Start again").press("Enter")
    agree(page, BackpropagationPlay(at={"b": 1.5}, step=3))
    assert page.get_by_label("Value of c", exact=True).input_value() == "-1"


def test_play_and_pause(page, tmp_path):
    mount(page, BackpropagationPlay(step=6), tmp_path)
    page.get_by_role("button", name="Play").press("Enter")
    page.get_by_role("button", name="Pause").wait_for()
    page.wait_for_function("values.step === 9")
    page.get_by_role("button", name="Play").wait_for()  # it ends by itself
    page.get_by_role("button", name="Play").press("Enter")  # and begins anew
    page.wait_for_function("values.step === 1")
    page.get_by_role("button", name="Pause").press("Enter")
    page.wait_for_timeout(1300)
    assert page.evaluate("values.step") == 1


def test_nothing_goes_on_when_the_view_is_gone(page, tmp_path):
    mount(page, BackpropagationPlay(), tmp_path, views=2)
    page.get_by_role("button", name="Play").first.press("Enter")
    page.evaluate("disposers.forEach((dispose) => dispose())")
    page.wait_for_timeout(1300)
    assert page.evaluate("values.step") == 0
    assert page.evaluate("listenerCount()") == 0
    assert page.locator(".fnn-play").count() == 0


def test_reduced_motion_jumps_to_the_end(page, tmp_path):
    page.emulate_media(reduced_motion="reduce")
    mount(page, BackpropagationPlay(), tmp_path)
    page.get_by_role("button", name="Play").press("Enter")
    assert page.evaluate("values.step") == 9
    assert page.get_by_role("button", name="Pause").count() == 0


def test_it_follows_python(page, tmp_path):
    mount(page, BackpropagationPlay(), tmp_path, views=2)
    receive(page, mode="forward", seed="c", step=2)
    agree(page, BackpropagationPlay(mode="forward", seed="c", step=2))
    receive(page, graph="Used twice", seed="b", step=3, mode="reverse")
    agree(page, BackpropagationPlay("Used twice", step=3))
    assert saved(page) == {}


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (390, "dark"), (760, "light")])
@pytest.mark.parametrize("title", GRAPHS)
def test_nothing_sticks_out_and_boxes_stay_apart(page, tmp_path, screenshots, title, width, theme):
    page.set_viewport_size({"width": width, "height": 844})
    mount(page, BackpropagationPlay(title, step=40), tmp_path, theme=theme)
    assert overflowing(page) == []
    boxes = page.eval_on_selector_all(
        ".fnn-node",
        "n => n.map(r => r.getBoundingClientRect()).map(r => [r.x, r.y, r.right, r.bottom])",
    )
    assert len(boxes) == len(GRAPHS[title][0].names)
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    if title == "2-2-1 network" and width in (390, 760):
        page.screenshot(path=screenshots / f"backpropagation-{width}-{theme}.png", full_page=True)


def test_bad_values_get_one_line():
    with pytest.raises(ValueError, match="no graph 'LSTM': there are Square of a sum, Used twice"):
        BackpropagationPlay("LSTM")
    with pytest.raises(traitlets.TraitError, match="'Used twice' has no input 'c'; it has a, b"):
        BackpropagationPlay("Used twice", at={"c": 1})
    with pytest.raises(traitlets.TraitError, match="a must be a number between -5 and 5, got 7"):
        BackpropagationPlay(at={"a": 7})
    with pytest.raises(traitlets.TraitError, match="must be a dict such as"):
        BackpropagationPlay(inputs=[1, 2])
    with pytest.raises(ValueError, match="not both"):
        BackpropagationPlay(at={"a": 1}, inputs={})
    with pytest.raises(TypeError, match="has no trait speed"):
        BackpropagationPlay(speed=2)
    with pytest.raises(traitlets.TraitError, match="step must be a whole number between 0 and 40"):
        BackpropagationPlay(step=41)


def test_numbers_by_hand():
    play = BackpropagationPlay("Used twice")  # f = ab(ab + a), so ∂f/∂a = 2ab² + 2ab
    assert play.adjoints == {"a": 48.0, "b": 28.0, "u": 14.0, "v": 6.0, "f": 1.0}
    assert BackpropagationPlay("Used twice", seed="b").tangents["f"] == 28.0
    assert BackpropagationPlay("Used twice", seed="nobody").seeded == "a"
