"""AdversarialPlay as a reader meets it: moved, run, drawn on, shared; by keyboard, mouse and finger."""

import pytest
import traitlets
from explorable_page import (
    centre,
    drag,
    mount,
    nudge,
    overflowing,
    read_all,
    read_quantity,
    receive,
    saved,
)

from course_utils.explore.adversarial.play import MAX_CENTRES, PRESETS, AdversarialPlay

pytestmark = pytest.mark.browser


def at_rest(page, moves):
    """Wait until the view has played up to this move."""
    page.wait_for_function(
        "(n) => document.querySelector('[data-quantity=moves]').dataset.value === String(n)",
        arg=moves,
        timeout=120_000,  # ten thousand moves take seconds, and minutes on a busy machine
    )


def agree(page, play):
    """Every number on the page is that of the same game in Python."""
    at_rest(page, play.moves)
    got, game = read_all(page), play.game()
    assert got["round"] == play.moves // (play.critic_moves + 1)
    assert (got["centres"], got["seed"]) == (len(play.centres), play.seed)
    assert (got["rate"], got["critic_moves"]) == (play.rate, play.critic_moves)
    for name, value in game.standing().items():
        assert got[name] == pytest.approx(value, abs=1e-7), name


def press(page, name, key="Enter"):
    page.get_by_role("button", name=name, exact=True).press(key)


def said(page):
    return page.locator(".fnn-last-move").inner_text()


@pytest.mark.parametrize("state", [
    {}, {"moves": 1}, {"form": "minimax", "moves": 40},
    {"form": "critic", "preset": "Two", "critic_moves": 2, "moves": 31},
    {"form": "clipping", "critic_moves": 3, "moves": 44, "seed": 12},
    {"form": "penalty", "preset": "Spiral", "critic_moves": 5, "moves": 36},
    {"centres": [[0.31, -0.2]], "rate": 0.0123, "moves": 20},
])  # fmt: skip
def test_numbers_agree_with_python(page, tmp_path, state):
    play = AdversarialPlay(**state)
    mount(page, play, tmp_path)
    agree(page, play)


def test_moved_by_keyboard(page, tmp_path):
    mount(page, AdversarialPlay(critic_moves=2), tmp_path)
    assert "Both networks are random. D moves first." in said(page)
    for moves, who in enumerate("DDGDDG", start=1):
        press(page, "One move")
        assert saved(page)["moves"] == moves
        assert said(page).startswith(f"Move {moves}: {who}. On 32 ")
        assert f"{'G' if who == 'D' else 'D'} stood still" in said(page)
    agree(page, AdversarialPlay(critic_moves=2, moves=6))
    press(page, "One move", "Space")
    press(page, "One round")  # to the end of this one
    agree(page, AdversarialPlay(critic_moves=2, moves=9))
    press(page, "Back to move 0")
    agree(page, AdversarialPlay(critic_moves=2))
    assert page.get_by_role("button", name="Back to move 0").is_disabled()
    page.wait_for_function(
        "document.querySelector('.fnn-announcer').textContent.includes('D moves first')"
    )


def test_what_is_said_about_a_move_is_true(page, tmp_path):
    mount(page, AdversarialPlay(moves=10), tmp_path)
    play = AdversarialPlay(moves=10)
    move = play.game().move()
    press(page, "One move")
    assert f"from {move.loss:.3f} to" in said(page)


def test_played_fast_and_paused(page, tmp_path):
    mount(page, AdversarialPlay(), tmp_path)
    press(page, "Play")
    page.wait_for_function("values.moves > 40")
    press(page, "Pause")
    moves = saved(page)["moves"]
    at_rest(page, moves)
    assert moves % 2 == 0  # whole rounds
    page.wait_for_timeout(700)
    assert page.evaluate("values.moves") == moves
    assert read_quantity(page, "round") == moves / 2
    drawn = page.locator(".fnn-reached").get_attribute("d")
    assert drawn.count("L") >= 10  # the way there is on record


def test_played_slowly(page, tmp_path):
    mount(page, AdversarialPlay(slow=True), tmp_path)
    press(page, "Play")
    page.wait_for_function("values.moves === 2")
    assert "Move 2: G." in said(page)
    press(page, "Pause")
    page.wait_for_timeout(1100)
    assert page.evaluate("values.moves") == 2
    page.get_by_role("checkbox", name="Slow").press("Space")
    assert saved(page)["slow"] is False


def test_reduced_motion_jumps(page, tmp_path):
    page.emulate_media(reduced_motion="reduce")
    mount(page, AdversarialPlay(), tmp_path)
    press(page, "Play")
    assert page.evaluate("values.moves") == 200
    assert page.get_by_role("button", name="Pause").count() == 0


def test_it_ends(page, tmp_path):
    mount(page, AdversarialPlay(preset="Two", moves=9_990), tmp_path)
    page.wait_for_function("document.querySelector('.fnn-last-move').innerText.includes('Playing')")
    at_rest(page, 9_990)
    press(page, "Play")
    page.wait_for_function("values.moves === 10000")
    page.get_by_role("button", name="Play", exact=True).wait_for()
    assert page.get_by_role("button", name="One move").is_disabled()


def test_settings_begin_anew_with_the_same_weights(page, tmp_path):
    mount(page, AdversarialPlay(moves=8), tmp_path)
    page.get_by_role("radio", name="critic, bounded").press("Space")
    agree(page, AdversarialPlay(form="critic"))
    page.get_by_role("radio", name="Grid").press("Space")
    press(page, "One move")
    nudge(page, "Moves of D in a round", "ArrowRight", 2)
    nudge(page, "Learning rate", "ArrowRight")
    agree(page, AdversarialPlay(form="critic", preset="Grid", critic_moves=3, rate=0.008))
    press(page, "Other weights")
    assert read_quantity(page, "seed") == 2
    assert saved(page)["moves"] == 0
    press(page, "Start again")
    agree(page, AdversarialPlay(moves=8))


def test_the_last_weights_are_followed_by_the_first(page, tmp_path):
    mount(page, AdversarialPlay(seed=999), tmp_path)
    press(page, "Other weights")
    assert saved(page)["seed"] == 1


def spot(page, x, y):
    """Where the point (x, y) of the plane is, in pixels of the window."""
    box = page.locator(".fnn-field").bounding_box()
    return box["x"] + (x + 1.7) / 3.4 * box["width"], box["y"] + (1.7 - y) / 3.4 * box["height"]


def test_data_drawn_by_mouse(page, tmp_path):
    mount(page, AdversarialPlay(moves=4), tmp_path)
    page.mouse.click(*spot(page, 0.5, 0.5))
    assert saved(page) == {}  # nothing happens before drawing is asked for
    page.get_by_role("checkbox", name="Draw the data").check()
    page.mouse.click(*spot(page, 0.5, 0.25))
    x, y = saved(page)["centres"][-1]
    assert (x, y) == (pytest.approx(0.5, abs=0.02), pytest.approx(0.25, abs=0.02))
    assert (len(saved(page)["centres"]), saved(page)["moves"]) == (9, 0)
    page.mouse.click(*spot(page, 1.0, 0.0))  # the first of the ring goes
    assert [1.0, 0.0] not in saved(page)["centres"]
    press(page, "Clear")
    assert saved(page)["centres"] == []
    assert "There is no data" in said(page)
    assert page.get_by_role("button", name="Play", exact=True).is_disabled()
    drag(page, spot(page, -1, 0), spot(page, 1, 0))
    assert 2 <= len(saved(page)["centres"]) <= MAX_CENTRES
    agree(page, AdversarialPlay(centres=saved(page)["centres"]))


def test_data_drawn_by_keyboard(page, tmp_path):
    mount(page, AdversarialPlay(centres=[]), tmp_path)
    page.get_by_role("checkbox", name="Draw the data").press("Space")
    page.get_by_role("application").focus()
    page.keyboard.press("Enter")
    for key in ("ArrowRight", "ArrowUp", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    page.keyboard.press("Space")
    assert saved(page)["centres"] == [[0, 0], [-0.4, 0.1]]
    page.keyboard.press("Enter")  # on a centre: removes it
    assert saved(page)["centres"] == [[0, 0]]
    press(page, "One move")
    agree(page, AdversarialPlay(centres=[[0, 0]], moves=1))
    page.get_by_role("checkbox", name="Draw the data").press("Space")
    assert page.get_by_role("application").count() == 0
    assert page.get_by_role("button", name="Clear").count() == 0


def test_data_drawn_by_finger_and_no_more_than_enough(chromium, tmp_path):
    context = chromium.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    full = [
        [round(-1.4 + 0.28 * (i % 10), 2), round(-1.2 + 0.28 * (i // 10), 2)] for i in range(60)
    ]
    mount(page, AdversarialPlay(centres=full), tmp_path)
    page.get_by_role("checkbox", name="Draw the data").tap()
    page.locator(".fnn-field").scroll_into_view_if_needed()
    page.touchscreen.tap(*spot(page, 0, 1.4))
    assert page.evaluate("values.centres.length") == MAX_CENTRES
    page.touchscreen.tap(*spot(page, *full[0]))
    page.touchscreen.tap(*spot(page, 0, 1.4))
    assert page.evaluate("values.centres.length") == MAX_CENTRES
    assert page.evaluate("values.centres.at(-1)")[1] == pytest.approx(1.4, abs=0.03)
    context.close()


def test_the_address_brings_a_game_back(page, tmp_path):
    mount(page, AdversarialPlay(), tmp_path)
    assert page.url.endswith(".html")
    page.get_by_role("radio", name="Wasserstein, penalty").press("Space")
    nudge(page, "Moves of D in a round", "ArrowRight", 2)
    press(page, "One round")
    page.get_by_role("checkbox", name="Draw the data").check()
    page.wait_for_function("location.hash.includes('moves=4')")
    address = page.url
    assert "data=Ring" in address
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    agree(page, AdversarialPlay(form="penalty", critic_moves=3, moves=4))
    assert saved(page) == {"form": "penalty", "critic_moves": 3, "moves": 4}
    press(page, "Start again")
    page.wait_for_function("location.hash === ''")
    agree(page, AdversarialPlay())


def test_drawn_data_are_in_the_address_too(page, tmp_path):
    play = AdversarialPlay(centres=[[-1.5, 0.25], [0.1, 1]], slow=True, seed=7)
    mount(page, AdversarialPlay(), tmp_path)
    page.goto(page.url + "#adversarial?data=-150,25_10,100&seed=7&slow=1&moves=5")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.evaluate("values.centres") == play.centres
    agree(page, AdversarialPlay(centres=play.centres, seed=7, moves=5))


@pytest.mark.parametrize("nonsense", [
    "form=GAN&seed=0&moves=-1&rate=9", "data=1,2,3", "data=200,0", "data=a,b", "seed=1.5", "moves=1e9",
    "data=" + "_".join(["0,0"] * 61), "", "seed=&moves=&rate=",
])  # fmt: skip
def test_nonsense_in_the_address_is_left_out(page, tmp_path, nonsense):
    mount(page, AdversarialPlay(), tmp_path)
    page.goto(page.url + "#adversarial?" + nonsense)
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert saved(page) == {}
    agree(page, AdversarialPlay())


def test_the_address_of_jupyterlab_is_left_alone(page, tmp_path):
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.body.dataset.jpThemeLight = 'true'; })"
    )
    mount(page, AdversarialPlay(), tmp_path)
    press(page, "One move")
    page.wait_for_timeout(700)
    assert page.url.endswith(".html")


def test_two_views_and_python_stay_in_step(page, tmp_path):
    mount(page, AdversarialPlay(), tmp_path, views=2)
    receive(page, form="minimax", moves=12)
    agree(page, AdversarialPlay(form="minimax", moves=12))
    assert read_quantity(page, "moves", 1) == 12
    assert saved(page) == {}
    page.get_by_role("button", name="One move").nth(1).press("Enter")
    agree(page, AdversarialPlay(form="minimax", moves=13))
    assert read_quantity(page, "loss_D", 0) == read_quantity(page, "loss_D", 1)
    page.wait_for_function("location.hash.includes('moves=13')")


@pytest.mark.parametrize("slow", [True, False])
def test_nothing_goes_on_when_the_view_is_gone(page, tmp_path, slow):
    mount(page, AdversarialPlay(slow=slow), tmp_path, views=2)
    page.get_by_role("button", name="Play", exact=True).first.press("Enter")
    page.evaluate("disposers.forEach((dispose) => dispose())")
    moves = page.evaluate("values.moves")
    page.wait_for_timeout(1200)
    assert page.evaluate("values.moves") == moves
    assert page.evaluate("listenerCount()") == 0
    assert page.locator(".fnn-play").count() == 0


def test_marks_are_named_and_can_be_hidden(page, tmp_path):
    mount(page, AdversarialPlay(moves=10), tmp_path)
    drawn = page.locator(".fnn-lab-plane svg")
    for mark in (
        "data",
        "generated",
        "pull",
        "centre, solid: reached",
        "D = ½",
        "lines of equal D",
    ):
        assert page.locator(".fnn-legend", has_text=mark).first.is_visible()
    assert drawn.locator(".fnn-centre").count() == 8
    assert drawn.locator(".fnn-centre-reached").count() == read_quantity(page, "reached")
    page.get_by_role("checkbox", name="Show data").press("Space")
    page.get_by_role("checkbox", name="Show pulls").press("Space")
    assert drawn.locator(".fnn-real, .fnn-centre, .fnn-pull").count() == 0
    assert drawn.locator(".fnn-made").count() == 1
    assert "centres reached" in drawn.get_attribute("aria-label")
    page.get_by_role("radio", name="Wasserstein, clipping").press("Space")
    assert not page.get_by_text("D = ½").is_visible()
    assert page.get_by_text("critic: low").is_visible()


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (390, "dark"), (760, "light")])
def test_nothing_sticks_out(page, tmp_path, screenshots, width, theme):
    page.set_viewport_size({"width": width, "height": 844})
    play = AdversarialPlay(form="penalty", preset="Spiral", critic_moves=2, moves=900)
    mount(page, play, tmp_path, theme=theme)
    at_rest(page, 900)
    page.get_by_role("checkbox", name="Draw the data").check()
    assert overflowing(page) == []
    middles = [centre(page.locator(name)) for name in (".fnn-field", ".fnn-lab-plane svg")]
    assert middles[0] == pytest.approx(middles[1], abs=1)  # the field lies under the plane
    page.screenshot(path=screenshots / f"adversarial-{width}-{theme}.png", full_page=True)


def test_bad_values_get_one_line():
    with pytest.raises(ValueError, match="no preset 'Torus': there are Ring, Grid, Two, Spiral"):
        AdversarialPlay("Torus")
    with pytest.raises(ValueError, match="give a preset or centres, not both"):
        AdversarialPlay("Ring", centres=[[0, 0]])
    with pytest.raises(traitlets.TraitError, match=r"centres\[1\] must be a point \[x, y\], got 3"):
        AdversarialPlay(centres=[[0, 0], 3])
    with pytest.raises(
        traitlets.TraitError, match=r"centres\[0\] must be two numbers between -1.5"
    ):
        AdversarialPlay(centres=[[0, 2]])
    with pytest.raises(traitlets.TraitError, match="list of at most 60 points"):
        AdversarialPlay(centres=[[0, 0]] * 61)
    with pytest.raises(traitlets.TraitError, match="moves must be a whole number between 0 and"):
        AdversarialPlay(moves=-1)
    with pytest.raises(traitlets.TraitError, match="rate must be a number between"):
        AdversarialPlay(rate=1)
    with pytest.raises(traitlets.TraitError):
        AdversarialPlay(form="GAN")
    with pytest.raises(TypeError, match="has no trait speed"):
        AdversarialPlay(speed=2)


def test_presets_are_what_they_say():
    assert [len(PRESETS[name]) for name in ("Ring", "Grid", "Two", "Spiral")] == [8, 9, 2, 24]
    assert AdversarialPlay().centres == PRESETS["Ring"]
    play = AdversarialPlay("Two", moves=7)
    play.moves = 3
    play.start_again()
    assert play.moves == 7
