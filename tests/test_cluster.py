"""`course grade --scheduler`: a real Dask cluster of several processes on this machine."""

import contextlib
import json
import os
import socket
import subprocess
import sys
from functools import partial

import psutil
import pytest

from course_utils.course_tree import CourseError
from course_utils.grading import cluster as cluster_module
from course_utils.grading.outcome import GRADED
from tests.live_run import grade, grandchildren, make_class, no_orphans, result, wait_until
from tests.tiny_course import NAME, RIGHT, SOURCE, answered, hand_in

pytest.importorskip("distributed", reason="Dask is not installed")
pytestmark = pytest.mark.slow
SIZE = 10


class DaskCluster:
    """A scheduler and workers as an administrator starts them, each from its own command."""

    def __init__(self, folder):
        self.file, self.folder = folder / "scheduler.json", folder
        self.processes = []
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        assert wait_until(lambda: self.file.is_file() and self.file.read_text().endswith("}"))
        self.address = json.loads(self.file.read_text())["address"]

    def add_worker(self):
        """A worker with a nanny that replaces it when it dies."""
        self._start("worker", "--nthreads", "1", "--no-dashboard", "--local-directory", ".")
        log = self.folder / "dask.log"
        assert wait_until(lambda: log.read_text().count("Registered to") >= len(self.processes) - 1)
        return self.processes[-1]

    def judge_servers(self):
        return [p for own in self.processes for p in grandchildren(own.pid, "grading.judge_server")]

    def close(self):
        for process in self.processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                for child in psutil.Process(process.pid).children(recursive=True):
                    with contextlib.suppress(psutil.NoSuchProcess):
                        child.kill()
            process.kill()
            process.wait()

    def _start(self, *words):
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(self.file)]
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        with (self.folder / "dask.log").open("a") as log:
            self.processes.append(
                subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
            )


@pytest.fixture
def cluster(tmp_path):
    found = DaskCluster(tmp_path)
    yield found
    found.close()


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_CLASS", "")
    return make_class(tmp_path, SIZE)


def kill_tree(process):
    for child in [*psutil.Process(process.pid).children(recursive=True), process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()


def test_a_worker_is_lost_half_way(cluster, course, tmp_path, monkeypatch):
    """Everyone ends graded, with the marks of a run without a cluster; no server stays behind."""
    first, second = cluster.add_worker(), cluster.add_worker()
    done, killed = [], []

    def kill():
        (worker,) = [p for p in psutil.Process(first.pid).children() if _is_dasks(p)]
        worker.kill()  # its nanny starts another
        killed.append(worker.pid)

    def progress(outcome, kept):
        done.append(outcome.student)
        if len(done) == SIZE // 3:
            kill()

    with no_orphans():
        outcomes = grade(course, progress, scheduler=cluster.address)
        assert len(killed) == 1
        assert {o.why for o in outcomes.values()} == {""}
        assert wait_until(lambda: not cluster.judge_servers(), 5)
        on_cluster = result(course, pages=False)
        # And a machine is lost, nanny and all, in the middle of a second run.
        done.clear()
        kill = partial(kill_tree, second)
        again = grade(course, progress, scheduler=cluster.address, force=True)
        assert len(again) == SIZE
        assert not [o.why for o in again.values() if o.why]
        assert result(course, pages=False) == on_cluster
        assert wait_until(lambda: not cluster.judge_servers(), 5)
        cluster.close()
    here = make_class(tmp_path / "here", SIZE)
    grade(here)
    assert result(here, pages=False) == on_cluster


def _is_dasks(process):
    return "spawn_main" in " ".join(process.cmdline())


def test_the_scheduler_is_lost_and_the_run_goes_on_later(cluster, course):
    cluster.add_worker()
    done = []

    def progress(outcome, kept):
        done.append(kept)
        if len(done) == 3:
            cluster.processes[0].kill()

    with pytest.raises(CourseError, match=r"Dask scheduler.* is gone; what is graded") as refusal:
        grade(course, progress, scheduler=cluster.address)
    assert "\n" not in str(refusal.value)
    cluster.close()
    done.clear()
    assert len(grade(course, progress, workers=1)) == SIZE
    assert sum(done) >= 3


def test_all_workers_are_lost(cluster, course, monkeypatch):
    monkeypatch.setattr(cluster_module, "_PATIENCE", 1)
    only = cluster.add_worker()
    with pytest.raises(CourseError, match=r"all Dask workers at tcp://.* are gone; what is graded"):
        grade(course, lambda outcome, kept: kill_tree(only), scheduler=cluster.address)


def test_ctrl_c_leaves_no_server_on_the_workers(cluster, course):
    cluster.add_worker()
    asleep = {"total": "import time\ntime.sleep(2.5)\n" + RIGHT["total"]}
    hand_in(course, "s01", answered(course, RIGHT, asleep))

    def interrupt(outcome, kept):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(course, interrupt, scheduler=cluster.address)
    assert wait_until(lambda: not cluster.judge_servers(), 5)


def test_a_large_submission_goes_over_the_network(cluster, course, recwarn):
    cluster.add_worker()
    folder = hand_in(course, "s00", answered(course, RIGHT)).parent
    (folder / "data.bin").write_bytes(os.urandom(15_000_000))
    assert grade(course, scheduler=cluster.address)["s00"].state == GRADED
    assert not [w for w in recwarn if "large graph" in str(w.message)]


def refusal(course, address):
    with pytest.raises(CourseError) as refused:
        grade(course, scheduler=address)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_no_cluster_there(cluster, course, monkeypatch, capfd):
    assert refusal(course, cluster.address) == (
        f"the Dask scheduler at {cluster.address} has no workers; start some"
    )
    monkeypatch.setattr(cluster_module, "_CONNECT_SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as server:  # one that says nothing
        silent = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        assert f"no Dask scheduler answers at {silent}: " in refusal(course, silent)
    for wrong in (silent, "tcp://127.0.0.1", "nowhere", "bogus://127.0.0.1:1", "tcp://[::1]:x"):
        assert f"no Dask scheduler answers at {wrong}: " in refusal(course, wrong)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert refusal(course, cluster.address) == (
        "--scheduler needs Dask: pip install 'course-utils[cluster]'"
    )
    assert "Traceback" not in capfd.readouterr().err


def test_workers_that_cannot_judge(cluster, course, monkeypatch):
    """One line: without the sandbox's program there, or with a wrong reference answer."""
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", "/nowhere")  # what the worker inherits
    cluster.add_worker()
    monkeypatch.setenv("PATH", path)
    assert wait_until(lambda: "has no workers" not in refusal(course, cluster.address))
    assert "bubblewrap is not installed" in refusal(course, cluster.address)


def test_a_wrong_reference_answer_is_named(cluster, course):
    cluster.add_worker()
    text = SOURCE.replace("np.sum(values)", "np.sum(values) + 1")
    course.source(NAME).write_text(text, encoding="utf-8")
    assert "the reference answer fails" in refusal(course, cluster.address)
