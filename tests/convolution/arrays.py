"""Images, kernels and options that fit each other, drawn by Hypothesis."""

import numpy as np
from hypothesis import strategies as st


@st.composite
def layers(draw):
    """(images, kernels, biases, stride, padding) with a kernel that fits."""
    n, c, k = (draw(st.integers(1, 3)) for _ in range(3))
    padding, stride = draw(st.integers(0, 3)), draw(st.integers(1, 4))
    height, width = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    rows = draw(st.integers(1, min(5, height + 2 * padding)))
    columns = draw(st.integers(1, min(5, width + 2 * padding)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x, w = rng.normal(size=(n, c, height, width)), rng.normal(size=(k, c, rows, columns))
    return x, w, rng.normal(size=k), stride, padding


@st.composite
def pools(draw):
    """(feature maps, size, stride) with a window that fits; entries are small whole numbers: ties."""
    n, c, size, stride = (draw(st.integers(1, 3)) for _ in range(4))
    height, width = (draw(st.integers(size, 9)) for _ in range(2))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.integers(-3, 4, size=(n, c, height, width)).astype(float), size, stride
