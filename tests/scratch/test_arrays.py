"""Which library holds the numbers, and what moves between them."""

import io
import pickle
import subprocess
import sys

import numpy as np
import pytest
import torch as pytorch

import course_utils.scratch as scratch
from course_utils.scratch import arrays


def test_numpy_holds_the_numbers_unless_asked_otherwise():
    assert isinstance(scratch.ones(2).array, np.ndarray)
    with arrays.library("torch"):
        assert isinstance(scratch.ones(2).array, pytorch.Tensor)
        assert isinstance(scratch.nn.Linear(2, 3).weight.array, pytorch.Tensor)
        with arrays.library("numpy"):
            assert isinstance(scratch.randn(2).array, np.ndarray)
        assert isinstance(scratch.tensor([1]).array, pytorch.Tensor)
    assert isinstance(scratch.arange(3).array, np.ndarray)
    with pytest.raises(ValueError, match="'jax'"), arrays.library("jax"):
        pass


def test_the_library_comes_back_after_an_error():
    with pytest.raises(ZeroDivisionError), arrays.library("torch"):
        1 / 0  # noqa: B018
    assert isinstance(scratch.ones(2).array, np.ndarray)


def test_two_libraries_do_not_mix():
    ours = scratch.ones(2)
    with arrays.library("torch"):
        theirs = scratch.ones(2)
    with pytest.raises(RuntimeError, match="held by one library"):
        ours + theirs


@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_a_training_step_on_either_library(library):
    with arrays.library(library):
        scratch.manual_seed(0)
        model = scratch.nn.Sequential(
            scratch.nn.Conv2d(1, 4, 3),
            scratch.nn.BatchNorm2d(4),
            scratch.nn.ReLU(),
            scratch.nn.MaxPool2d(2),
            scratch.nn.Flatten(),
            scratch.nn.Linear(36, 3),
        ).double()
        optimizer = scratch.optim.Adam(model.parameters(), lr=0.01)
        x = scratch.randn(5, 1, 8, 8, dtype=scratch.float64)
        for _ in range(5):
            loss = scratch.nn.functional.cross_entropy(model(x), scratch.tensor([0, 1, 2, 0, 1]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    pytorch.manual_seed(0)
    net = pytorch.nn.Sequential(
        pytorch.nn.Conv2d(1, 4, 3),
        pytorch.nn.BatchNorm2d(4),
        pytorch.nn.ReLU(),
        pytorch.nn.MaxPool2d(2),
        pytorch.nn.Flatten(),
        pytorch.nn.Linear(36, 3),
    ).double()
    theirs = pytorch.optim.Adam(net.parameters(), lr=0.01)
    y = pytorch.randn(5, 1, 8, 8, dtype=pytorch.float64)
    for _ in range(5):
        wanted = pytorch.nn.functional.cross_entropy(net(y), pytorch.tensor([0, 1, 2, 0, 1]))
        theirs.zero_grad()
        wanted.backward()
        theirs.step()
    assert loss.item() == pytest.approx(wanted.item(), rel=1e-6)


def test_from_numpy_shares_memory(torch):
    numbers = np.arange(3.0)
    x = torch.from_numpy(numbers)
    numbers[0] = 7
    assert x[0].item() == 7
    x[1] = 9
    assert numbers[1] == 9
    assert x.numpy() is not None
    assert np.shares_memory(x.numpy(), numbers)
    assert x.dtype == torch.float64
    assert torch.from_numpy(np.ones(2, np.float32)).dtype == torch.float32
    with pytest.raises(TypeError, match=r"expected np\.ndarray"):
        torch.from_numpy([1, 2])


def test_tensor_copies_and_as_tensor_shares(torch):
    numbers = np.arange(3.0)
    copied, shared = torch.tensor(numbers), torch.as_tensor(numbers)
    numbers[0] = 7
    assert copied[0].item() == 0
    assert shared[0].item() == 7


def test_numpy_functions_take_tensors(torch):
    x = torch.tensor([1.0, 2.0, 3.0])
    assert np.asarray(x).dtype == np.float32
    assert np.mean(np.asarray(x)) == 2
    assert np.asarray(x, dtype=np.float64).dtype == np.float64
    np.testing.assert_array_equal(x, [1, 2, 3])
    assert np.allclose(np.stack([x.numpy(), x.numpy()]), [[1, 2, 3]] * 2)


def test_numpy_arrays_and_tensors_in_one_expression():
    torch = scratch  # PyTorch warns of NumPy 2 here
    x = torch.tensor([1.0, 2.0], dtype=torch.float64)
    np.testing.assert_array_equal(np.array(x, dtype=np.float32), [1, 2])
    for result in (x * np.array([2.0, 3.0]), x + np.float64(1), np.float64(2) * x, x / np.int64(2)):
        assert isinstance(result, torch.Tensor)
        assert result.dtype == torch.float64
    assert (np.float32(2) * torch.ones(2)).dtype == torch.float32


def test_numpy_array_times_a_tensor_that_learns_is_a_tensor():
    x = scratch.tensor([1.0, 2.0], dtype=scratch.float64, requires_grad=True)
    result = np.array([2.0, 3.0]) * x
    assert isinstance(result, scratch.Tensor)
    result.sum().backward()
    np.testing.assert_array_equal(x.grad.numpy(), [2.0, 3.0])
    assert isinstance(np.ones((2, 2)) + x, scratch.Tensor)
    assert isinstance(np.array([1.0, 2.0]) - x.detach(), scratch.Tensor)


def test_numpy_of_a_tensor_that_learns_is_refused(torch):
    x = torch.ones(2, requires_grad=True)
    with pytest.raises(RuntimeError, match=r"Use tensor.detach\(\).numpy\(\) instead"):
        x.numpy()
    with pytest.raises(RuntimeError, match="detach"):
        np.asarray(x)
    assert x.numpy(force=True).tolist() == [1, 1]
    assert x.tolist() == [1.0, 1.0]


def test_scikit_learn_and_matplotlib_see_numbers(torch):
    linear = pytest.importorskip("sklearn.linear_model")
    x = torch.arange(10.0).reshape(5, 2)
    model = linear.LinearRegression().fit(x, x.sum(1))
    assert model.predict(x.numpy()) == pytest.approx(x.sum(1).tolist(), abs=1e-4)


# --- devices ------------------------------------------------------------------------------------------


def test_devices(torch):
    cpu = torch.device("cpu")
    assert torch.ones(1).device == cpu
    assert torch.ones(1, device="cpu").device.type == "cpu"
    assert torch.device("cuda", 1) == torch.device("cuda:1")
    assert str(torch.device("cuda:1")) == "cuda:1"
    assert torch.device("cuda").index is None
    assert len({torch.device("cpu"), torch.device("cpu")}) == 1
    with pytest.raises(RuntimeError, match="device"):
        torch.device("abacus")
    assert torch.ones(1).to("cpu").device == cpu
    assert not torch.ones(1).is_cuda


@pytest.mark.skipif(scratch.cuda.is_available(), reason="there is a CUDA device here")
def test_cuda_is_refused_where_there_is_none():
    for move in (
        lambda: scratch.ones(1, device="cuda"),
        lambda: scratch.ones(1).to("cuda"),
        lambda: scratch.ones(1).cuda(),
        lambda: scratch.nn.Linear(1, 1).to("cuda"),
    ):
        with pytest.raises(RuntimeError, match="CUDA"):
            move()
    assert scratch.cuda.device_count() == 0


@pytest.mark.gpu
@pytest.mark.skipif(not scratch.cuda.is_available(), reason="no CUDA device here")
def test_cuda_and_back():
    x = scratch.arange(6.0, device="cuda").reshape(2, 3).requires_grad_()
    w = scratch.ones(3, requires_grad=True)
    (x @ w.to("cuda")).sum().backward()
    assert w.grad.device.type == "cpu"
    assert x.grad.device.type == "cuda"
    assert w.grad.tolist() == [3.0, 5.0, 7.0]
    with pytest.raises(RuntimeError, match="same device"):
        x + scratch.ones(3)
    with pytest.raises(TypeError, match="cpu"):
        x.detach().numpy()
    assert (x + scratch.tensor(1.0)).device.type == "cuda"


# --- files and copies ---------------------------------------------------------------------------------


def test_save_and_load(torch, tmp_path):
    model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
    path = tmp_path / "model.pt"
    torch.save(model.state_dict(), path)
    torch.save({"epoch": 3, "weights": [torch.ones(2)]}, str(tmp_path / "other.pt"))
    again = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
    again.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    for mine, theirs in zip(model.parameters(), again.parameters(), strict=True):
        assert torch.equal(mine, theirs)
    other = torch.load(tmp_path / "other.pt")
    assert other["epoch"] == 3
    assert other["weights"][0].tolist() == [1, 1]
    buffer = io.BytesIO()
    torch.save(torch.arange(3), buffer)
    buffer.seek(0)
    assert torch.load(buffer).tolist() == [0, 1, 2]


def test_a_file_that_would_run_code_is_refused(torch, tmp_path):
    path = tmp_path / "bad.pt"
    with path.open("wb") as file:
        pickle.dump(subprocess.Popen, file, protocol=2)
    with pytest.raises(pickle.UnpicklingError):
        torch.load(path, weights_only=True)


def test_pickle(torch):
    x = torch.tensor([[1.0, 2.0]], requires_grad=True)
    again = pickle.loads(pickle.dumps(x))
    assert torch.equal(x, again)
    assert again.requires_grad
    assert again.dtype is x.dtype
    model = pickle.loads(pickle.dumps(torch.nn.Linear(2, 2)))
    assert model(x).shape == (1, 2)


def test_state_dicts_travel_both_ways():
    make = {}
    for engine in (pytorch, scratch):
        engine.manual_seed(len(make))
        make[engine] = engine.nn.Sequential(
            engine.nn.Conv1d(2, 3, 2), engine.nn.BatchNorm1d(3), engine.nn.LSTM(4, 5)
        ).double()
    theirs, ours = make[pytorch], make[scratch]
    assert list(theirs.state_dict()) == list(ours.state_dict())
    ours.load_state_dict(theirs.state_dict())
    for key, value in theirs.state_dict().items():
        np.testing.assert_array_equal(ours.state_dict()[key].numpy(), value.numpy())
    with scratch.no_grad():
        for p in ours.parameters():
            p.mul_(2)
    exported = {k: pytorch.from_numpy(v.numpy()) for k, v in ours.state_dict().items()}
    theirs.load_state_dict(exported)
    for key, value in theirs.state_dict().items():
        np.testing.assert_array_equal(ours.state_dict()[key].numpy(), value.numpy())


def test_a_state_dict_of_the_engine_loads_into_a_pytorch_model():
    ours = scratch.nn.Sequential(scratch.nn.Linear(2, 3), scratch.nn.BatchNorm1d(3))
    theirs = pytorch.nn.Sequential(pytorch.nn.Linear(2, 3), pytorch.nn.BatchNorm1d(3))
    theirs.load_state_dict(ours.state_dict())
    for key, value in theirs.state_dict().items():
        np.testing.assert_array_equal(ours.state_dict()[key].numpy(), value.numpy())


def test_the_engine_does_without_pytorch():
    code = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('torch', 'array_api_compat'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Missing)\n"
        "import course_utils.scratch as torch\n"
        "x = torch.ones(2, 2, requires_grad=True)\n"
        "torch.nn.Linear(2, 1)(x).sum().backward()\n"
        "assert not torch.cuda.is_available()\n"
        "assert 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
