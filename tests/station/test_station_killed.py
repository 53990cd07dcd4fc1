"""A station whose processes are killed, or that is closed while it is at work."""

import time

import psutil
import pytest

from course_utils.grading.limits import Limits
from course_utils.grading.station import Station
from tests.stations import (
    LIMITS,
    SEED,
    failed,
    has_a_judge,
    is_running,
    judge_meanwhile,
    ours,
    servers,
    steps,
    wait_until,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("sandbox")]
LOOP = {"total": "def total(values):\n    while True:\n        pass"}
SLOW = {"total": "import time\ntime.sleep(2)\ndef total(values):\n    return np.sum(values)"}


def test_a_judge_server_that_is_killed_in_the_middle_is_started_again(plan):
    before = servers()
    station = Station(plan, LIMITS, SEED)
    try:
        (first,) = servers(before)
        family = [first, *first.children(recursive=True)]
        thread, verdicts = judge_meanwhile(station, steps(plan, SLOW), {})
        wait_until(lambda: len(first.children(recursive=True)) > len(family))
        first.kill()
        thread.join(60)
        assert failed(plan, verdicts[0]) == {}
        (second,) = servers(before)
        assert second.pid != first.pid
        wait_until(lambda: not any(map(is_running, family)))
        # A submission that kills it each time is given up, and the next one is judged.
        thread, verdicts = judge_meanwhile(station, steps(plan, SLOW), {})
        for _ in range(2):
            wait_until(lambda: servers(before) and has_a_judge(servers(before)[0]))
            victim = servers(before)[0]
            victim.kill()
            wait_until(lambda victim=victim: not is_running(victim))
        thread.join(60)
        assert verdicts == [{"failed": "the judge server ended while this ran; try again"}]
        assert failed(plan, station.judge(steps(plan), {})) == {}
    finally:
        station.close()
    assert servers(before) == []


def test_a_sandbox_that_is_killed_in_the_middle_is_made_again(plan, station):
    thread, verdicts = judge_meanwhile(station, steps(plan, SLOW), {})
    wait_until(lambda: any(map(has_a_judge, servers())))
    time.sleep(0.3)
    for process in ours("course_utils.grading.worker"):
        process.kill()
    thread.join(60)
    assert failed(plan, verdicts[0]) == {}
    assert failed(plan, station.judge(steps(plan), {})) == {}


@pytest.mark.parametrize("answers", [SLOW, LOOP], ids=["asleep", "busy"])
def test_closing_while_it_is_at_work_leaves_no_process(plan, answers):
    before = set(psutil.Process().children(recursive=True))
    station = Station(plan, Limits(), SEED)
    thread, verdicts = judge_meanwhile(station, steps(plan, answers), {})
    wait_until(lambda: any(map(has_a_judge, servers(before))))
    time.sleep(0.5)
    family = set(psutil.Process().children(recursive=True)) - before
    assert len(family) >= 5  # server, judge, sandbox, worker, the student's
    begun = time.monotonic()
    station.close()
    thread.join(20)
    assert not thread.is_alive()
    assert time.monotonic() - begun < 15
    assert verdicts == [{"failed": "the grading run was ended"}]
    wait_until(lambda: not any(map(is_running, family)))
    station.close()  # once more does no harm
