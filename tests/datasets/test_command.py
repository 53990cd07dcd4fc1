"""`course data`: one line when it worked, one line when it did not."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from course_utils.datasets import mnist as module
from course_utils.datasets.mnist import MIRRORS, NAMES, mnist
from tests.course_command import CourseCommand

from .mirror import serving
from .tiny_mnist import publish, real_mnist, tiny_files, write_tiny


@pytest.fixture
def run(capsys, monkeypatch):
    return CourseCommand(capsys, monkeypatch)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def archives(monkeypatch):
    """What a mirror has; and the real mirrors, which no test may ask, are gone."""
    monkeypatch.setattr(module, "MIRRORS", ())
    return publish(monkeypatch, tiny_files())


def test_all_four_files_are_downloaded_once(run, folder, archives):
    with serving(archives) as mirror:
        status, out, err = run("data", "mnist", "--mirror", mirror.url)
        assert (status, err) == (0, "")
        assert out == (
            f"MNIST is in {folder}/mnist: 4 of 4 files downloaded, the checksums of all are right\n"
        )
        assert [name for name, _ in mirror.asked] == [f"{name}.gz" for name in NAMES]
        assert sorted(p.name for p in (folder / "mnist").iterdir()) == sorted(archives)
        status, out, err = run("data", "mnist", "--mirror", mirror.url)
        assert out == (
            f"MNIST is in {folder}/mnist: nothing to download, the checksums of all are right\n"
        )
        assert len(mirror.asked) == 4
    assert mnist("train")[0].shape == (60, 28, 28)


def test_only_what_is_missing_is_downloaded(run, folder, archives):
    write_tiny(folder)
    (folder / NAMES[1]).unlink()
    with serving(archives) as mirror:
        status, out, _ = run("data", "mnist", "--mirror", mirror.url)
        assert mirror.asked == [(f"{NAMES[1]}.gz", None)]
    assert (status, out.count(f"MNIST is in {folder}: 1 of 4 files downloaded")) == (0, 1)


def test_an_interrupted_download_goes_on_file_by_file_and_within(
    run, folder, archives, monkeypatch
):
    monkeypatch.setattr("course_utils.datasets.download.CHUNK", 1024)
    with serving(archives, "closes") as mirror:
        answer = run.refused("data", "mnist", "--mirror", mirror.url)
        assert answer.startswith(f"cannot download {NAMES[0]}.gz: {mirror.url[7:-6]}: ")
        with pytest.raises(module.DataError, match=f"{NAMES[0]} is missing"):
            mnist("train")
        mirror.trouble = None
        assert run("data", "mnist", "--mirror", mirror.url)[0] == 0
        asked = [wanted for name, wanted in mirror.asked if name == f"{NAMES[0]}.gz"]
        assert asked[0] is None
        assert asked[1].startswith("bytes=")
    assert sorted(p.name for p in (folder / "mnist").iterdir()) == sorted(archives)


def test_offline(run, folder, archives):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    assert run.refused("data", "mnist", "--mirror", f"http://{address}") == (
        f"cannot download {NAMES[0]}.gz: {address}: no connection. Run the command again to go on, "
        f"or put the file into {folder / 'mnist'}"
    )


def test_damaged_files_of_ones_own_are_named_and_left_alone(run, folder, archives):
    write_tiny(folder, zipped=True)
    path = folder / f"{NAMES[0]}.gz"
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert run.refused("data", "mnist").startswith(f"{path} was cut off")
    assert path.read_bytes() == whole[:-20]
    write_tiny(folder, train=61)
    assert f"{folder / NAMES[0]} is not MNIST's" in run.refused("data", "mnist")


def test_wrong_names(run, folder):
    assert run.refused("data", "cifar") == "no data set is called 'cifar'; there are: mnist"
    assert run("data")[0] == 2
    assert "a mirror is an address like" in run.refused("data", "mnist", "--mirror", "here")
    assert not folder.exists()


def test_a_data_folder_that_is_a_file(run, folder):
    folder.touch()
    assert run.refused("data", "mnist") == f"COURSE_DATA must name a folder, and {folder} is none"


INTERRUPTED = """
import sys
import pytest
from course_utils import cli
from course_utils.datasets import mnist
from tests.datasets.tiny_mnist import publish, tiny_files
publish(pytest.MonkeyPatch(), tiny_files())
signal = __import__("signal")
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["course", "data", "mnist", "--mirror", sys.argv[1]]
cli.main()
"""


def test_ctrl_c(folder, archives):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED, f"http://127.0.0.1:{server.getsockname()[1]}"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ,
        ) as process:  # fmt: skip
            connection, _ = server.accept()
            with connection:
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == (
        "course: interrupted; run the command again, it goes on where it stopped"
    )
    assert "Traceback" not in err
    assert sorted(p.name for p in (folder / "mnist").iterdir()) == []


def test_mnist_itself(run, monkeypatch):
    where = real_mnist()
    monkeypatch.setenv("COURSE_DATA", str(where))
    status, out, err = run("data", "mnist")
    assert (status, err) == (0, "")
    assert out.endswith(": nothing to download, the checksums of all are right\n")
    assert all(mirror.startswith("https://") for mirror in MIRRORS)
