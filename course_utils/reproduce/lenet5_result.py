"""The result of LeNet-5 over several seeds, with all that must be stored beside it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

from course_utils.datasets.mnist import CONTENTS, checksums, mnist
from course_utils.reproduce import lenet5
from course_utils.reproduce.engines import engine_on
from course_utils.reproduce.record import environment


def reproduce_lenet5(
    engine: str,
    device: str,
    seeds: Sequence[int],
    epochs: int | None = None,
    report: Callable[[str], None] = print,
    progress: bool = False,
) -> dict[str, Any]:
    """Train LeNet-5 on MNIST from each seed, on one thread, so that a run can be repeated.

    Parameters
    ----------
    engine
        "torch" or "scratch".
    device
        "cpu", "cuda", …
    seeds
        One training each.
    epochs
        Instead of the recipe's.
    report
        Told what was found, a line at a time.
    progress
        Show a bar for each training.

    Returns
    -------
    dict
        Plain enough for JSON: what was claimed, what was measured from each seed and how, on which
        data, machine and versions.

    Raises
    ------
    ValueError
        No seed, one twice or below 0; no epoch; an unknown engine or device.
    RuntimeError
        The device is not there; told before any data is read.
    DataError
        MNIST is missing or damaged.
    FloatingPointError
        Training diverged.
    KeyboardInterrupt
        It was interrupted.
    """
    torch, device = engine_on(engine, device)
    if not seeds or len(set(seeds)) < len(seeds) or min(seeds) < 0:
        raise ValueError(f"seeds must be different whole numbers from 0 on, not {list(seeds)}")
    recipe = lenet5.RECIPE if epochs is None else replace(lenet5.RECIPE, epochs=epochs)
    train, test = mnist("train"), mnist("test")
    found = checksums()
    original = found == CONTENTS
    if not original:
        report("note: these files are not MNIST's (by their checksums); the result will say so")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        runs = []
        for seed in seeds:
            run = lenet5.train_and_test(
                torch, train, test, seed=seed, recipe=recipe, device=device, progress=progress
            )
            runs.append(asdict(run))
            report(
                f"seed {seed}: {run.test_errors} of {run.test_images} test images wrong, "
                f"{run.test_error_percent:.2f} %, in {run.seconds:.0f} s"
            )
        ran = environment(torch, device)
    finally:
        torch.set_num_threads(threads)
    mean = sum(run["test_error_percent"] for run in runs) / len(runs)
    return {
        "name": "lenet5",
        "claim": {"test_error_percent": lenet5.CLAIM, "source": lenet5.SOURCE},
        "reached": original and mean <= lenet5.CLAIM,
        "mean_test_error_percent": mean,
        "seeds": runs,
        "recipe": asdict(recipe) | lenet5.DESCRIPTION,
        "engine": engine,
        "dtype": "float32",
        "data": {
            "name": "MNIST" if original else "not MNIST",
            "train": len(train[1]),
            "test": len(test[1]),
            "original": original,
            "sha256": found,
        },
        **ran,
    }
