"""The autoencoder explorable's own arithmetic against NumPy, the engine and scikit-learn."""

import numpy as np
import pytest
from explorable_page import evaluate_model
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

import course_utils.scratch as torch
from course_utils.explore.autoencoder.networks import UNSEEN, noise_patterns, run, unseen_digits
from course_utils.explore.autoencoder.play import PICTURES, AutoencoderPlay

NETWORKS = ("linear", "deep", "denoising")
SEEN = """({ states, shared }) => states.map((s) => {
  const found = reconstruct({ ...shared, ...s });
  const judged = judgeExamples(shared.networks[s.network], shared.examples);
  return { ...found, codes: judged.map((e) => e.code), errors: judged.map((e) => e.error),
           labels: judged.map((e) => e.label), nearest: nearestExample(judged, found.shown),
           domain: padDomain(judged) };
})"""


def random_states(count):
    rng = np.random.default_rng(14)
    for i in range(count):
        yield {
            "network": NETWORKS[i % 3],
            "image": rng.integers(0, 17, (8, 8)).tolist(),
            "noise": round(float(rng.uniform(0, 1)), 2),
            "pattern": int(rng.integers(8)),
            "code": [] if i % 2 else rng.uniform(-5, 5, 2).tolist(),
        }


@pytest.mark.browser
def test_all_numbers_agree_to_twelve_digits(page, tmp_path):
    states = list(random_states(24))
    states += [
        {"network": network, "image": image, "noise": 0, "pattern": 0, "code": []}
        for network in NETWORKS
        for image in PICTURES.values()
    ]
    start = AutoencoderPlay()
    shared = {name: getattr(start, name) for name in ("networks", "examples", "patterns")}
    got = evaluate_model(
        page, tmp_path, "autoencoder/model.js", SEEN, {"states": states, "shared": shared}
    )
    largest = 0.0
    for s, js in zip(states, got, strict=True):
        play = AutoencoderPlay(**s)
        expected = {
            "clean": play.clean, "input": play.input, "encoded": play.encoded,
            "shown": play.shown_code, "output": play.output, "error": play.error,
            "encoderError": play.encoder_error, "codes": play.example_codes,
            "errors": play.example_errors,
            "noiseError": np.mean((play.input - play.clean) ** 2),
            "cleanError": np.mean((play.output - play.clean) ** 2),
        }  # fmt: skip
        for name, value in expected.items():
            largest = max(largest, np.abs(np.array(js[name]) - value).max())
        assert js["nearest"] == play.nearest
        assert js["labels"] == [label for _, label in play.examples]
        low, high = np.transpose(js["domain"])
        assert ((low < play.example_codes) & (play.example_codes < high)).all()
        np.testing.assert_allclose(np.ptp(js["domain"][0]), np.ptp(js["domain"][1]))
    assert largest <= 1e-12


def test_the_linear_network_is_pca():
    seen = load_digits().data[UNSEEN:] / 16
    fitted = PCA(2).fit(seen)
    play = AutoencoderPlay(network="linear", picture="3")
    expected = fitted.inverse_transform(fitted.transform(play.input[None]))[0]
    np.testing.assert_allclose(play.output, expected, atol=1e-5)  # weights have six decimals


def test_the_layers_compute_what_the_engine_computes():
    play = AutoencoderPlay(network="deep", picture="5")
    x = torch.tensor(play.input, dtype=torch.float64)
    sigma = {"none": lambda a: a, "tanh": torch.tanh, "sigmoid": torch.sigmoid}
    for layer in play.networks["deep"]:
        a = torch.nn.functional.linear(
            x,
            torch.tensor(layer["weight"], dtype=torch.float64),
            torch.tensor(layer["bias"], dtype=torch.float64),
        )
        x = sigma[layer["activation"]](a)
    np.testing.assert_allclose(play.output, x.numpy(), rtol=1e-12)
    sizes = [len(layer["bias"]) for layer in play.networks["deep"]]
    assert sizes == [40, 20, 2, 20, 40, 64]


def test_the_examples_are_the_first_digits_and_the_pictures_among_them():
    bunch = load_digits()
    assert [label for _, label in unseen_digits()] == bunch.target[:UNSEEN].tolist()
    np.testing.assert_array_equal(16 * AutoencoderPlay().example_ink, bunch.data[:UNSEEN])
    for digit in range(10):
        np.testing.assert_array_equal(PICTURES[str(digit)], bunch.images[digit])


def test_what_the_page_tells_of_the_networks():
    errors = {n: AutoencoderPlay(network=n).example_errors.mean() for n in NETWORKS}
    assert errors["deep"] < 0.8 * errors["linear"]  # a curved surface fits better than a plane
    noisy, rng = {}, np.random.default_rng(0)
    for name in NETWORKS:
        play = AutoencoderPlay(network=name)
        clean = play.example_ink
        spoilt = clean + 0.4 * rng.normal(size=clean.shape)
        noisy[name] = np.mean((run(play.networks[name], spoilt) - clean) ** 2)
    assert noisy["denoising"] < 0.8 * noisy["deep"]
    assert noisy["denoising"] < 0.16 / 2  # the noise itself is 0.16
    for name in ("smile", "chessboard", "heart"):
        play = AutoencoderPlay(picture=name)
        assert play.encoder_error > play.threshold


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(PICTURES)), st.floats(-3, 3), st.floats(-3, 3))
def test_nobody_beats_the_encoder_of_pca(picture, h1, h2):
    play = AutoencoderPlay(network="linear", picture=picture, code=[h1, h2])
    assert play.error >= play.encoder_error - 1e-6


def test_the_encoder_of_a_deep_network_can_be_beaten():
    gains = []
    for picture in "0123456789":
        play = AutoencoderPlay(picture=picture)
        near = play.encoded + 0.05 * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
        tried = [AutoencoderPlay(picture=picture, code=code).error for code in near]
        gains.append(play.encoder_error - min(tried))
    assert max(gains) > 1e-3


def test_noise_is_standard_normal():
    patterns = np.array(noise_patterns())
    assert patterns.shape == (8, 64)
    assert abs(patterns.mean()) < 0.15
    assert abs(patterns.std() - 1) < 0.1
