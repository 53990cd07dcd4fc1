"""Devices: what is there, what is refused, and what the refusal says."""

import importlib
import importlib.metadata
import json
import subprocess
import sys
import warnings
from types import SimpleNamespace

import pytest

from course_utils import device
from course_utils.device import best_device, describe, require

ENGINES = ["torch", "course_utils.scratch"]


@pytest.fixture(params=ENGINES)
def torch(request):
    return importlib.import_module(request.param)


def engine(gpus=0, mps=None):
    """A stand-in for a machine with other devices than this one."""
    cuda = SimpleNamespace(is_available=lambda: gpus > 0, device_count=lambda: gpus)
    stand_in = SimpleNamespace(cuda=cuda)
    if mps is not None:
        stand_in.backends = SimpleNamespace(mps=SimpleNamespace(is_available=lambda: mps))
    return stand_in


def test_the_best_device_is_one_that_works(torch):
    name = best_device(torch)
    x = torch.ones(3, device=name, dtype=torch.float64)
    assert (x + x).sum().item() == 6
    assert str(x.device).partition(":")[0] == name
    assert require(torch, "best") == name
    assert require(torch, "cpu") == "cpu"


def test_a_gpu_is_preferred_but_never_one_without_float64():
    assert best_device(engine(gpus=2)) == "cuda"
    assert best_device(engine()) == "cpu"
    assert best_device(engine(mps=True)) == "cpu"
    assert require(engine(mps=True), "mps") == "mps"


def test_devices_are_counted():
    assert require(engine(gpus=2), "cuda") == "cuda"
    assert require(engine(gpus=2), "cuda:1") == "cuda:1"
    with pytest.raises(RuntimeError, match='no device "cuda:2": there are 2, "cuda:0" to "cuda:1"'):
        require(engine(gpus=2), "cuda:2")


@pytest.mark.parametrize(
    ("name", "stand_in", "reason"),
    [
        ("cuda", engine(), "PyTorch .* (was built without CUDA|finds no GPU)"),
        ("mps", engine(), "this engine computes on cpu and cuda only"),
        ("mps", engine(mps=False), "PyTorch finds no Apple GPU here"),
        ("mps", engine(gpus=1), "this engine .* Use \"cuda\""),
    ],
)  # fmt: skip
def test_what_is_missing_is_refused_in_one_line(name, stand_in, reason):
    with pytest.raises(RuntimeError, match=f'no device "{name}": {reason}') as failure:
        require(stand_in, name)
    assert "\n" not in str(failure.value)
    assert "allow a fallback" in str(failure.value)


def test_fallback_says_what_is_used_instead():
    with pytest.warns(RuntimeWarning, match='no device "cuda": .* Using "cpu"') as caught:
        assert require(engine(), "cuda", fallback=True) == "cpu"
    assert caught[0].filename == __file__, "the warning points at the caller"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert require(engine(gpus=1), "cuda", fallback=True) == "cuda"


def test_without_pytorch_the_refusal_says_so(monkeypatch):
    def nothing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", nothing)
    with pytest.raises(RuntimeError, match="PyTorch, which both engines need for it, is not inst"):
        require(engine(), "cuda")
    assert describe(engine(), "cpu")["torch"] is None


@pytest.mark.parametrize("name", ["gpu", "cuda:", "cuda:-1", "CPU", "cpu:0", "", None, 0])
def test_names_that_are_no_device(torch, name):
    with pytest.raises(ValueError, match="device must be"):
        require(torch, name)


def test_description_can_be_stored(torch):
    found = json.loads(json.dumps(describe(torch, "cpu")))
    assert found["device"] == "cpu"
    assert found["name"]
    assert found["cores"] >= 1
    assert found["memory"] is None or found["memory"] > 2**28
    assert found["torch"] == importlib.metadata.version("torch")
    with pytest.raises(ValueError, match="device must be"):
        describe(torch, "gpu")


@pytest.mark.parametrize("text", ["", "model name\t: Abacus 9\nmodel name\t: Abacus 9\n"])
def test_processor(monkeypatch, tmp_path, text):
    (tmp_path / "cpuinfo").write_text(text)
    monkeypatch.setattr(device, "Path", lambda _: tmp_path / "cpuinfo")
    assert device._processor() == "Abacus 9" if text else device._processor()


@pytest.mark.gpu
def test_a_real_gpu(torch):
    if not torch.cuda.is_available():
        pytest.skip("needs a CUDA device: torch.cuda.is_available() is False")
    found = describe(torch, require(torch, "cuda"))
    assert found["memory"] > 2**30
    assert found["name"]
    assert found["cores"] is None


def test_needs_no_pytorch():
    code = "import sys; from course_utils import device; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
