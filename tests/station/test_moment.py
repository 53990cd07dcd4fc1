"""Hidden tests meet what was there at their place, copied or not: in a real sandbox."""

import pytest

from tests.stations import failed, steps

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("sandbox")]

TELL_PROCESS = "import os\n\ndef total(values):\n    raise ValueError(f'process {os.getpid()}')"
NEXT = "hidden_total"  # the student's own cell stands after this one


def judged(plan, station, total=None, own=None):
    answers = {} if total is None else {"total": total}
    after = None if own is None else (NEXT, own)
    return failed(plan, station.judge(steps(plan, answers, after), {}))


@pytest.mark.parametrize(
    ("own", "copied"),
    [
        ("def more(x, y=1):\n    return x + y", False),
        ("'only words'", False),
        ("import numpy as np", False),
        ("import os\nfrom math import pi", False),
        ("x = 1", True),
        ("%pylab", True),
        ("def total(values):\n    return 0", True),
        ("def sum(values):\n    return 0", False),
        ("from math import pi as os", True),
        ("import a_module_of_the_student", True),
        ("def more(x, y=[]):\n    return x", True),
        ("def more(x):\n    global np\n    np = x", True),
        ("class More:\n    x = 1", True),
        ("@print\ndef more(): pass", True),
    ],
)
def test_the_process_is_copied_only_where_a_cell_could_change_something(plan, station, own, copied):
    told = judged(plan, station, TELL_PROCESS, own)
    assert "process" in told["test_total"]
    assert (told["test_total"] != told["hidden_total"]) == copied, told


@pytest.mark.parametrize(
    "own",
    [
        "def total(values):\n    return -1",
        "total = None",
        "del total",
        "np.sum = None",
        "import sys\nsys.modules['numpy'].sum = None",
        "import os\nos._exit(0)",
        "raise SystemExit",
        "while True: pass",
    ],
)
def test_a_later_cell_changes_nothing_for_an_earlier_test(plan, station, own):
    right = "def total(values):\n    return np.sum(values)"
    assert not {"test_total", "hidden_total"} & set(judged(plan, station, right, own))


def test_a_built_in_function_that_is_hidden_later(plan, station):
    own = "def sum(values):\n    return -1"
    assert judged(plan, station, "def total(values):\n    return float(sum(values))", own) == {}


def test_what_is_defined_later_is_missing_as_in_the_notebook(plan, station):
    told = judged(
        plan,
        station,
        "def total(values):\n    return helper(values)",
        "def helper(values):\n    return np.sum(values)",
    )
    assert told.keys() == {"test_total", "hidden_total"}
    assert "helper" in told["hidden_total"]


def test_a_hidden_test_that_ends_the_process_costs_the_next_one_nothing(plan, station):
    told = judged(
        plan,
        station,
        "import os\n\ndef total(values):\n"
        "    if list(values) != [1, 2, 4]:\n        os._exit(3)\n    return 7.0",
    )
    assert told.keys() == {"hidden_total"}
    assert "exit" in told["hidden_total"]


def test_a_process_that_a_test_filled_with_rubbish_answers_the_next_one(plan, station):
    told = judged(
        plan,
        station,
        "import threading\n\ndef total(values):\n"
        "    for _ in range(20):\n"
        "        threading.Thread(target=lambda: None).start()\n"
        "    return np.sum(values)",
        "threads = 1",
    )
    assert told == {}
