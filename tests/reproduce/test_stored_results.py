"""The results in the book: as the code that is here now describes them, and what is claimed."""

import json
from dataclasses import asdict

from course_utils.datasets.mnist import CONTENTS
from course_utils.reproduce.lenet5 import CLAIM, DESCRIPTION, RECIPE
from tests.conftest import REPOSITORY

RESULT = json.loads((REPOSITORY / "book/assets/lenet5_mnist.json").read_text(encoding="utf-8"))


def test_lenet5_reaches_the_paper_from_three_seeds():
    assert [seed["seed"] for seed in RESULT["seeds"]] == [0, 1, 2]
    errors = [seed["test_errors"] for seed in RESULT["seeds"]]
    assert all(seed["test_images"] == 10_000 for seed in RESULT["seeds"])
    assert RESULT["mean_test_error_percent"] == sum(errors) / 300
    assert RESULT["mean_test_error_percent"] <= CLAIM == 0.95
    assert RESULT["reached"] is True
    assert RESULT["machine"]["device"] == "cpu"


def test_it_is_the_result_of_the_recipe_on_mnist():
    assert RESULT["recipe"] == asdict(RECIPE) | DESCRIPTION
    assert RESULT["data"]["sha256"] == CONTENTS
    assert (RESULT["data"]["train"], RESULT["data"]["test"]) == (60_000, 10_000)
    assert all(len(seed["train_loss"]) == RECIPE.epochs for seed in RESULT["seeds"])


def test_it_says_where_and_with_what():
    assert {"python", "numpy", "torch", "course_utils"} <= set(RESULT["versions"])
    assert RESULT["machine"]["name"]
    assert RESULT["date"]
    assert all(seed["seconds"] > 0 for seed in RESULT["seeds"])
