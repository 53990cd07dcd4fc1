"""`course reproduce`: the stored result, and what stays as it was when there is none."""

import json
import platform
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from course_utils.reproduce.lenet5 import RECIPE
from tests.course_command import CourseCommand
from tests.datasets.mirror import serving
from tests.datasets.tiny_mnist import publish, sha256, write_tiny

#: A Python that has no PyTorch.
WITHOUT_TORCH = """
import sys
class Missing:
    def find_spec(name, path=None, target=None):
        if name == "torch":
            raise ModuleNotFoundError("No module named 'torch'", name="torch")
sys.meta_path.insert(0, Missing)
"""


@pytest.fixture
def run(capsys, monkeypatch):
    return CourseCommand(capsys, monkeypatch)


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A data folder with a tiny MNIST, and an empty folder to work in."""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "data"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return write_tiny(tmp_path / "data" / "mnist", train=100, test=40)


@pytest.mark.parametrize("engine", ["torch", "scratch"])
def test_a_result_with_all_that_belongs_to_it(run, files, monkeypatch, tmp_path, engine):
    publish(monkeypatch, files)
    threads = torch.get_num_threads()
    status, out, err = run(
        "reproduce", "lenet5", "--engine", engine, "--seeds", "0, 7", "--epochs", "2"
    )
    assert (status, err) == (0, "")
    assert torch.get_num_threads() == threads
    path = tmp_path / "here" / "lenet5.json"
    assert [p.name for p in path.parent.iterdir()] == ["lenet5.json"]
    result = json.loads(path.read_text(encoding="utf-8"))
    assert result["name"] == "lenet5"
    assert result["claim"]["test_error_percent"] == 0.95
    assert "LeCun" in result["claim"]["source"]
    assert [seed["seed"] for seed in result["seeds"]] == [0, 7]
    for seed in result["seeds"]:
        assert seed["test_images"] == 40
        assert 0 <= seed["test_errors"] <= 40
        assert seed["test_error_percent"] == 100 * seed["test_errors"] / 40
        assert len(seed["train_loss"]) == len(seed["learning_rate"]) == 2
        assert seed["seconds"] >= 0
        assert seed["cpu_seconds"] >= 0
    mean = np.mean([seed["test_error_percent"] for seed in result["seeds"]])
    assert result["mean_test_error_percent"] == pytest.approx(mean, rel=1e-12)
    assert result["reached"] == (mean <= 0.95)
    assert result["recipe"]["epochs"] == 2
    assert result["recipe"]["batch_size"] == RECIPE.batch_size
    assert result["engine"] == engine
    assert result["data"] == {
        "name": "MNIST", "train": 100, "test": 40, "original": True,
        "sha256": {name: sha256(content) for name, content in files.items()},
    }  # fmt: skip
    assert result["versions"]["python"] == platform.python_version()
    assert result["versions"]["numpy"] == np.__version__
    assert result["versions"]["torch"] == torch.__version__
    assert result["machine"]["device"] == "cpu"
    assert result["machine"]["name"]
    assert result["threads"] == 1
    assert result["date"].endswith("+00:00")
    lines = out.splitlines()
    first = result["seeds"][0]
    assert lines[0].startswith(
        f"seed 0: {first['test_errors']} of 40 test images wrong, {first['test_error_percent']:.2f} %"
    )
    assert lines[-1] == (
        f"mean over 2 seeds: {mean:.2f} %; 0.95 % is "
        f"{'reached' if result['reached'] else 'not reached'}; stored in {path}"
    )


def test_other_data_never_reaches_the_claim(run, files, tmp_path):
    """Bars are easier than digits: no error at all, and the result says that it is not MNIST's."""
    write_tiny(tmp_path / "data" / "mnist", train=300, test=40)
    status, out, _ = run("reproduce", "lenet5", "--seeds", "0", "--epochs", "40", "--output", "x")
    assert status == 0
    result = json.loads((tmp_path / "here" / "x").read_text(encoding="utf-8"))
    assert result["mean_test_error_percent"] == 0
    assert (result["data"]["name"], result["data"]["original"]) == ("not MNIST", False)
    assert not result["reached"]
    assert out.startswith("note: these files are not MNIST's (by their checksums)")
    assert "0.95 % is not reached" in out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["lenet"], "no reproduction is called 'lenet'; there are: lenet5"),
        (["alexnet"], "no reproduction is called 'alexnet'; there are: lenet5"),
        (["lenet5", "--engine", "jax"], "no engine 'jax'; there are torch, scratch"),
        (["lenet5", "--device", "gpu"], 'device must be "best", "cpu", "cuda", "cuda:0", … or "mps"'),
        (["lenet5", "--seeds", "0 x"], "--seeds takes whole numbers like '0 1 2', not '0 x'"),
        (["lenet5", "--seeds", "-1"], "--seeds takes whole numbers like '0 1 2', not '-1'"),
        (["lenet5", "--seeds", "1 1"], "seeds must be different whole numbers from 0 on, not [1, 1]"),
        (["lenet5", "--seeds", " "], "seeds must be different whole numbers from 0 on, not []"),
        (["lenet5", "--output", "no/such/x.json"], "cannot write "),
        (["lenet5", "--output", ".."], "cannot write "),
        (["lenet5", "--output", "x" * 300], "cannot write "),
    ],
)  # fmt: skip
def test_what_cannot_be_run_is_refused_before_anything_is_read(
    run, tmp_path, monkeypatch, arguments, reason
):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "not there"))
    monkeypatch.chdir(tmp_path)
    assert run.refused("reproduce", *arguments).startswith(reason)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("engine", ["torch", "scratch"])
def test_cuda_that_is_not_there_is_refused_before_anything_is_read(
    run, tmp_path, monkeypatch, engine
):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "not there"))
    wanted = "cuda" if not torch.cuda.is_available() else f"cuda:{torch.cuda.device_count()}"
    text = run.refused("reproduce", "lenet5", "--device", wanted, "--engine", engine)
    assert text.startswith(f'no device "{wanted}": ')
    assert "fallback" not in text


def test_wrong_usage(run):
    assert run("reproduce")[0] == 2
    assert run("reproduce", "lenet5", "--epochs", "0")[0] == 2


def test_missing_and_damaged_data(run, tmp_path, monkeypatch, files):
    path = tmp_path / "data" / "mnist" / "t10k-images-idx3-ubyte"
    path.write_bytes(path.read_bytes()[:-1])
    assert run.refused("reproduce", "lenet5").startswith(f"{path} was cut off")
    path.unlink()
    text = run.refused("reproduce", "lenet5")
    assert text.startswith(f"no MNIST in {path.parent}: {path.name} is missing")
    assert "course data mnist" in text
    assert list(Path().iterdir()) == []


def test_a_disk_that_fills_up_while_training_leaves_the_old_result(files, tmp_path):
    """A file may not grow beyond 50 bytes: the check before training passes, the writing fails."""
    old = tmp_path / "here" / "lenet5.json"
    old.write_text("the old result")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50, -1));"
        "from course_utils import cli; cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "reproduce", "lenet5", "--seeds", "0", "--epochs", "1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, f"course: cannot write {old}: File too large\n")
    assert old.read_text() == "the old result"
    assert [p.name for p in old.parent.iterdir()] == ["lenet5.json"]


MANY_SEEDS = """
import signal, sys
from course_utils import cli
signal.signal(signal.SIGINT, signal.default_int_handler)
seeds = " ".join(map(str, range(10_000)))
sys.argv = ["course", "reproduce", "lenet5", "--seeds", seeds, "--epochs", "1"]
cli.main()
"""


def test_ctrl_c_leaves_the_old_result(files, tmp_path):
    old = tmp_path / "here" / "lenet5.json"
    old.write_text("the old result")
    with subprocess.Popen(
        [sys.executable, "-c", MANY_SEEDS],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline().startswith("note: ")
        assert process.stdout.readline().startswith("seed 0: ")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == f"course: interrupted; {old} is as it was\n"
    assert old.read_text() == "the old result"
    assert [p.name for p in old.parent.iterdir()] == ["lenet5.json"]


def test_scratch_runs_without_pytorch(files, tmp_path):
    code = WITHOUT_TORCH + (
        "from course_utils.reproduce.catalogue import by_name\n"
        "result = by_name('lenet5')('scratch', 'cpu', [0], 1)\n"
        "assert result['seeds'][0]['test_images'] == 40\n"
        "try:\n    by_name('lenet5')('torch', 'cpu', [0], 1)\n"
        "except ValueError as refusal:\n    print(refusal)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "torch is not installed: install it, or use scratch"


def test_a_download_then_a_result(run, files, tmp_path, monkeypatch):
    """From an empty folder, with the two commands alone."""
    zipped = publish(monkeypatch, files)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "empty"))
    assert "course data mnist" in run.refused("reproduce", "lenet5", "--epochs", "1")
    with serving(zipped) as mirror:
        assert run("data", "mnist", "--mirror", mirror.url)[0] == 0
    assert run("reproduce", "lenet5", "--epochs", "1", "--seeds", "0")[0] == 0
    assert list(Path().iterdir()) == [Path("lenet5.json")]
