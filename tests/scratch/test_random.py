"""The engine's random numbers against PyTorch's CPU generator, number by number."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_utils.scratch import random

SIZES = [0, 1, 2, 5, 15, 16, 17, 31, 100, 1000, 100003]
SEEDS = [0, 1, 2**32 - 1, 2**32, 2**40 + 3, 2**63 + 5, 2**64 - 1, -1, -(2**63)]
seeds = st.integers(-(2**63), 2**64 - 1)
sizes = st.one_of(st.integers(0, 40), st.integers(41, 3000))
shapes = st.one_of(sizes, st.lists(st.integers(0, 6), max_size=4).map(tuple))

# Each draw as ours and as PyTorch's: of a generator, a size and (real numbers only) a type.
REAL = {
    "rand": (lambda g, n, t: g.uniform(n, t), lambda g, n, t: torch.rand(n, dtype=t, generator=g)),
    "uniform_": (
        lambda g, n, t: g.uniform(n, t, -0.3, 0.4),
        lambda g, n, t: torch.empty(n, dtype=t).uniform_(-0.3, 0.4, generator=g),
    ),
    "randn": (lambda g, n, t: g.normal(n, t), lambda g, n, t: torch.randn(n, dtype=t, generator=g)),
    "normal_": (
        lambda g, n, t: g.normal(n, t, -2.0, 0.1),
        lambda g, n, t: torch.empty(n, dtype=t).normal_(-2.0, 0.1, generator=g),
    ),
    "exponential_": (
        lambda g, n, t: g.exponential(n, t, 2.5),
        lambda g, n, t: torch.empty(n, dtype=t).exponential_(2.5, generator=g),
    ),
}
EXACT = {
    "randperm": (lambda g, n: g.permutation(n), lambda g, n: torch.randperm(n, generator=g)),
    "random_": (
        lambda g, n: g.integer64(),
        lambda g, n: torch.empty((), dtype=torch.int64).random_(generator=g),
    ),
    "bernoulli_(p)": (
        lambda g, n: g.bernoulli(0.3, n),
        lambda g, n: torch.empty(n).bernoulli_(0.3, generator=g) != 0,
    ),
    "bernoulli": (
        lambda g, n: g.bernoulli(np.arange(n, dtype=np.float32) / n),
        lambda g, n: torch.bernoulli(torch.arange(n) / n, generator=g) != 0,
    ),
    "bernoulli of float64": (
        lambda g, n: g.bernoulli(np.arange(n) / n),
        lambda g, n: torch.bernoulli(torch.arange(n, dtype=torch.float64) / n, generator=g) != 0,
    ),
}
BOUNDS = [(0, 1), (0, 10), (-5, 2**20), (0, 2**28 - 1), (0, 2**28), (-7, 2**32), (-(2**62), 2**62)]
BOUNDS += [(0, 2**63 - 1), (-(2**63), 2**63 - 1), (-3, -2)]


def pair(seed):
    """A generator of ours and one of PyTorch's, both begun with this seed."""
    return random.Generator().manual_seed(seed), torch.Generator().manual_seed(seed)


def assert_equal(got, expected, tolerance=0.0):
    assert (np.shape(got), np.asarray(got).dtype) == (expected.shape, expected.numpy().dtype)
    np.testing.assert_allclose(got, expected.numpy(), rtol=tolerance, atol=tolerance)


def assert_same_place(mine, theirs):
    """Both streams go on alike, the normal number kept back included."""
    assert mine.integer64() == torch.empty((), dtype=torch.int64).random_(generator=theirs).item()
    ours = mine.normal(1, np.float64)
    assert_equal(ours, torch.randn(1, dtype=torch.float64, generator=theirs), 1e-14)


def assert_draws_agree(name, mine, theirs, size):
    if name in EXACT:
        ours, reference = EXACT[name]
        assert_equal(ours(mine, size), reference(theirs, size))
        return
    ours, reference = REAL[name]
    rough = 0 if name in ("rand", "uniform_") else 1e-6  # log, sin and cos are approximate there
    for kind, tolerance in [("float32", rough), ("float64", 1e-14)]:
        got = ours(mine, size, np.dtype(kind))
        assert_equal(got, reference(theirs, size, getattr(torch, kind)), tolerance)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", [*REAL, *EXACT])
def test_each_draw(name, seed):
    for size in SIZES if seed == 2**40 + 3 else SIZES[:-1]:
        mine, theirs = pair(seed)
        assert_draws_agree(name, mine, theirs, size)
        assert_same_place(mine, theirs)


draws = st.tuples(st.sampled_from([*REAL]), shapes)
draws |= st.tuples(st.sampled_from([*EXACT]), sizes)


@given(seeds, st.lists(draws, min_size=1, max_size=8))
def test_mixed_calls_stay_in_step(seed, calls):
    mine, theirs = pair(seed)
    for name, size in calls:
        assert_draws_agree(name, mine, theirs, size)
    assert_same_place(mine, theirs)


@pytest.mark.parametrize(("low", "high"), BOUNDS)
def test_integers(low, high):
    for size in [0, 1, 17, 1000]:
        mine, theirs = pair(3)
        got = mine.integers((size, 2), low, high)
        assert_equal(got, torch.randint(low, high, (size, 2), generator=theirs))
        assert_same_place(mine, theirs)


def test_normal_numbers_come_in_pairs_and_the_second_waits():
    mine, theirs = pair(8)
    for size in [3, 20, 1, 5, 16, 2]:  # of an odd size below 16 one is left over, or was
        assert_draws_agree("randn", mine, theirs, size)
    mine.normal(1), torch.randn(1, generator=theirs)
    mine.manual_seed(8), theirs.manual_seed(8)  # nothing waits now
    assert_same_place(mine, theirs)


few = st.lists(st.integers(0, 9), min_size=1, max_size=12).filter(any)


@given(seeds, few, st.integers(1, 20), st.booleans(), st.booleans(), st.booleans())
def test_multinomial(seed, weights, count, replacement, double, rows):
    weights = np.array(weights, dtype=np.float64 if double else np.float32)
    if not replacement:
        count = min(count, np.count_nonzero(weights))
    if rows:
        weights = np.stack([weights, weights[::-1], np.ones_like(weights)])
    mine, theirs = pair(seed)
    expected = torch.multinomial(torch.from_numpy(weights), count, replacement, generator=theirs)
    assert_equal(mine.multinomial(weights, count, replacement), expected)
    assert_same_place(mine, theirs)


@pytest.mark.parametrize("replacement", [True, False])
def test_multinomial_of_many_categories(replacement):
    weights = np.random.default_rng(0).random(5000, dtype=np.float32)
    mine, theirs = pair(1)
    expected = torch.multinomial(torch.from_numpy(weights), 3000, replacement, generator=theirs)
    assert_equal(mine.multinomial(weights, 3000, replacement), expected)


@given(seeds, st.floats(0.05, 0.95))
def test_dropout_drops_the_same_entries(seed, p):
    torch.manual_seed(seed)
    kept = torch.nn.functional.dropout(torch.ones(3, 50), p) != 0
    assert_equal(random.Generator().manual_seed(seed).bernoulli(1 - p, (3, 50)), kept)


def test_float16_rounds_float32():
    mine, theirs = pair(5)
    half = {"dtype": torch.float16, "generator": theirs}
    assert_equal(mine.uniform(100, np.float16), torch.rand(100, **half))
    assert_equal(mine.normal(160, np.float16), torch.randn(160, **half), 2e-3)


@pytest.mark.parametrize("seed", [*SEEDS, 1.7, "12", True])
def test_module_functions(seed):
    assert random.manual_seed(seed) is random.default_generator
    torch.manual_seed(seed)
    assert random.initial_seed() == torch.initial_seed()
    assert_same_place(random.default_generator, torch.default_generator)


def test_state_goes_back_to_the_same_place():
    generator = random.Generator().manual_seed(4)
    generator.normal(3)  # one more is waiting
    state = generator.get_state()
    first = np.hstack([generator.normal(4), generator.uniform(1000), generator.permutation(9)])
    for again in [generator, random.Generator()]:
        again.set_state(state)
        now = np.hstack([again.normal(4), again.uniform(1000), again.permutation(9)])
        np.testing.assert_array_equal(now, first)
        assert again.initial_seed() == 4
    random.set_rng_state(state)
    random.set_rng_state(random.get_rng_state())
    np.testing.assert_array_equal(random.default_generator.normal(4), first[:4])


def test_default_seed_and_a_new_one():
    generator = random.Generator()
    assert (generator.initial_seed(), generator.device) == (torch.Generator().initial_seed(), "cpu")
    assert_same_place(generator, torch.Generator())
    seed = generator.seed()
    assert seed == generator.initial_seed()
    expected = torch.rand(3, generator=torch.Generator().manual_seed(seed))
    assert_equal(generator.uniform(3), expected)
    assert seed != generator.seed()  # one chance in 2⁵³ to fail


# ours, PyTorch's, and the part of the message both have
WRONG = {
    "randint": (lambda g: g.integers(2, 5, 3), lambda: torch.randint(5, 3, (2,)), "got from=5 >= to=3"),
    "randint too wide": (lambda g: g.integers(2, 0, 2**63), lambda: torch.randint(0, 2**63, (2,)), "Overflow when unpacking long long"),
    "uniform_": (lambda g: g.uniform(3, low=2.5, high=1), lambda: torch.empty(3).uniform_(2.5, 1), "found from=2.5 > to=1"),
    "normal_": (lambda g: g.normal(3, std=-1.5), lambda: torch.empty(3).normal_(0, -1.5), "found std -1.5"),
    "normal of none": (lambda g: g.normal(0, std=-1), lambda: torch.empty(0).normal_(0, -1), "found std -1"),
    "exponential_": (lambda g: g.exponential(3, rate=0), lambda: torch.empty(3).exponential_(0), "lambda > 0.0, but found lambda=0"),
    "rand": (lambda g: g.uniform((2, -3)), lambda: torch.rand(2, -3), r"negative dimension -3: \[2, -3\]"),
    "randperm": (lambda g: g.permutation(-2), lambda: torch.randperm(-2), "negative dimension -2"),
    "rand of integers": (lambda g: g.uniform(3, np.int64), lambda: torch.rand(3, dtype=torch.int64), "not implemented for"),
    "randn of integers": (lambda g: g.normal(3, np.int64), lambda: torch.randn(3, dtype=torch.int64), "not implemented for"),
    "bernoulli_": (lambda g: g.bernoulli(1.5, 3), lambda: torch.empty(3).bernoulli_(1.5), r"to be in \[0, 1\], but got p=1.5"),
    "bernoulli": (lambda g: g.bernoulli([0.5, -0.5]), lambda: torch.bernoulli(torch.tensor([0.5, -0.5])), "p_in|p=-0.5"),
    "bernoulli NaN": (lambda g: g.bernoulli([0.5, np.nan]), lambda: torch.bernoulli(torch.tensor([0.5, np.nan])), "p_in|p=nan"),
    "multinomial": (lambda g: g.multinomial(np.ones(2), 3), lambda: torch.multinomial(torch.ones(2), 3), "cannot sample n_sample > prob_dist"),
    "seed of float": (lambda g: g.manual_seed(1.5), lambda: torch.Generator().manual_seed(1.5), "manual_seed expected a long, but got float"),
    "seed of bool": (lambda g: g.manual_seed(True), lambda: torch.Generator().manual_seed(True), "manual_seed expected a long, but got bool"),
    "seed too large": (lambda g: g.manual_seed(2**64), lambda: torch.Generator().manual_seed(2**64), "Overflow when unpacking long long"),
    "seed too small": (lambda g: g.manual_seed(-(2**63) - 1), lambda: torch.manual_seed(-(2**63) - 1), "Overflow when unpacking long long"),
    "global seed of None": (lambda g: random.manual_seed(None), lambda: torch.manual_seed(None), "int()"),
    "state": (lambda g: g.set_state([1]), lambda: torch.Generator().set_state([1]), "but got list"),
}  # fmt: skip
WEIGHTS = {
    "zero": ([0.0, 0.0], 1, "sum of probabilities <= 0"),
    "a zero row": ([[1.0, 2.0], [0.0, 0.0]], 2, "sum of probabilities <= 0"),
    "negative": ([-1.0, 2.0], 1, "element < 0"),
    "infinite": ([1.0, np.inf], 1, "element < 0"),
    "NaN": ([1.0, np.nan], 1, "element < 0"),
    "no samples": ([1.0, 2.0], 0, "cannot sample n_sample <= 0 samples"),
    "three dimensions": ([[[1.0]]], 1, "prob_dist must be 1 or 2 dim"),
    "integers": ([1, 2], 1, "multinomial only supports floating-point dtypes"),
}


@pytest.mark.parametrize("case", WRONG)
def test_bad_input(case):
    ours, reference, message = WRONG[case]
    with pytest.raises(Exception, match=message) as expected:
        reference()
    generator = random.Generator()
    with pytest.raises(expected.type, match=message):
        ours(generator)
    assert generator.integer64() == random.Generator().integer64()  # nothing was drawn


@pytest.mark.parametrize("case", WEIGHTS)
@pytest.mark.parametrize("replacement", [True, False])
def test_bad_weights(case, replacement):
    weights, count, message = WEIGHTS[case]
    with pytest.raises(RuntimeError, match=message):
        torch.multinomial(torch.tensor(weights), count, replacement)
    with pytest.raises(RuntimeError, match=message):
        random.Generator().multinomial(np.array(weights), count, replacement)
