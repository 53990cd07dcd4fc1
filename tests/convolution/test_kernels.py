import numpy as np
import pytest
import scipy.ndimage

from course_utils.convolution import kernels
from course_utils.convolution.conv2d import cross_correlate

RNG = np.random.default_rng(0)
IMAGE = RNG.normal(size=(12, 15))
ROW, COLUMN = np.mgrid[0:12, 0:15].astype(float)


def answer(kernel, image):
    return cross_correlate(image[None, None], kernel[None, None])[0, 0]


@pytest.mark.parametrize(
    ("kernel", "theirs"),
    [
        (kernels.identity(), IMAGE),
        (kernels.box_blur(3), scipy.ndimage.uniform_filter(IMAGE, 3)),
        (kernels.sobel_x(), scipy.ndimage.sobel(IMAGE, axis=1)),
        (kernels.sobel_y(), scipy.ndimage.sobel(IMAGE, axis=0)),
        (kernels.laplacian(), scipy.ndimage.laplace(IMAGE)),
        (kernels.sharpen(), IMAGE - scipy.ndimage.laplace(IMAGE)),
        (
            kernels.gaussian_blur(9, 1.0),
            scipy.ndimage.gaussian_filter(IMAGE, 1.0, truncate=4.0, radius=4),
        ),
    ],
)
def test_away_from_the_border_they_are_scipys(kernel, theirs):
    border = len(kernel) // 2
    inner = theirs[border : 12 - border, border : 15 - border]
    if kernel.shape == (9, 9):  # scipy cuts the bell to a cross of two lines, ours is the same
        bell = np.exp(-(np.arange(-4, 5) ** 2) / 2)
        np.testing.assert_allclose(kernel, np.outer(bell, bell) / bell.sum() ** 2)
    np.testing.assert_allclose(answer(kernel, IMAGE), inner, atol=1e-12)


@pytest.mark.parametrize("name", kernels.GALLERY)
def test_the_sum_says_what_becomes_of_even_brightness(name):
    kernel = kernels.GALLERY[name]()
    kept = {"identity", "box blur", "gaussian blur", "sharpen", "emboss"}
    assert kernel.sum() == pytest.approx(1 if name in kept else 0, abs=1e-12)
    assert kernel.ndim == 2
    assert kernel.shape[0] == kernel.shape[1]


def test_sobel_measures_slopes_eightfold():
    slope = 3 + 2 * COLUMN - 0.5 * ROW
    np.testing.assert_allclose(answer(kernels.sobel_x(), slope), 16)
    np.testing.assert_allclose(answer(kernels.sobel_y(), slope), -4)


def test_gabor_answers_to_its_own_stripes():
    tuned = kernels.gabor(size=9, wavelength=4, orientation=0.0)
    stripes = {
        angle: np.cos(2 * np.pi / 4 * (COLUMN * np.cos(angle) + ROW * np.sin(angle)))
        for angle in (0.0, np.pi / 4, np.pi / 2)
    }
    loudest = {angle: abs(answer(tuned, image)).max() for angle, image in stripes.items()}
    assert loudest[0.0] > 4 * loudest[np.pi / 4]
    assert loudest[0.0] > 4 * loudest[np.pi / 2]
    np.testing.assert_allclose(kernels.gabor(orientation=np.pi / 2), tuned.T, atol=1e-12)


def test_an_odd_gabor_is_an_edge_kernel():
    odd = kernels.gabor(size=9, wavelength=8, phase=-np.pi / 2)
    np.testing.assert_allclose(odd, -odd[:, ::-1], atol=1e-12)
    edge = (COLUMN > 7).astype(float)
    assert answer(odd, edge)[0].argmax() == 3  # its middle lies on the edge, columns 3 to 11


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: kernels.identity(4), "odd"),
        (lambda: kernels.gaussian_blur(4), "odd"),
        (lambda: kernels.gaussian_blur(5, 0), "sigma should be positive"),
        (lambda: kernels.box_blur(0), "size"),
        (lambda: kernels.gabor(wavelength=-1), "wavelength should be positive"),
        (lambda: kernels.gabor(aspect=0), "aspect should be positive"),
    ],
)
def test_bad_numbers_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
