# ---
# jupyter:
#   course:
#     withhold: [convolution]
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 8 · Convolution
#
# Write your answers where the cells say `raise NotImplementedError`. Below each one stands a cell
# with tests: run it, and it tells you whether you are right and, if not, what is likely wrong.
# When your work is marked, further tests run on other numbers and shapes, so write functions that
# work for *any* input. Every question is marked on its own, and any correct way to the result
# counts. Stuck? Three hints unfold below each question, one after another.
#
# | Question | Function | Points |
# |---|---|---|
# | 1 · How many places | `output_size` | 2 |
# | 2 · The convolutional layer | `conv2d` | 4 |
# | 3 · Its gradient by the input | `input_gradient` | 4 |
# | 4 · Its gradient by the kernels | `kernel_gradient` | 4 |
# | 5 · Max pooling | `max_pool` | 2 |
# | 6 · The gradient of max pooling | `max_pool_gradient` | 3 |
# | 7 · What a unit sees | `receptive_field` | 3 |
# | 8 · Counting LeNet-5 | `count_parameters` | 3 |
# | 9 · Draw a kernel | `edge_kernel` | 3 |
# | 10 · Move the picture | in words | 4 |
#
# Conventions: images are arrays of shape **(N, C, H, W)**: N images, C channels, H rows, W columns.
# Kernels have shape **(K, C, kH, kW)**: each of the K kernels has one sheet of kH × kW weights for
# every channel. All numbers are floats. "Convolution" is what deep learning means by the word: the
# kernel is laid on the image as it is, **not turned by 180°**.

# %% nbgrader={"grade_id": "setup", "locked": true}
### SETUP

# %% nbgrader={"grade_id": "imports", "locked": true}
import numpy as np

from course_utils import checks

# %% [markdown] nbgrader={"grade_id": "ask_output_size", "locked": true}
# ## Question 1 · How many places (2 points)
#
# Write `output_size(n, k, stride, padding)`: at how many places along one axis does a kernel of $k$
# pixels lie on an image of $n$ pixels?
#
# - `n`, `k`, `stride`: whole numbers from 1. `padding`: zeros added at **each** end, a whole number
#   from 0.
# - The first place is at the very beginning of the padded image, each next one `stride` pixels
#   further, and the kernel must not stick out at the end.
# - Returned: one whole number. Raise a `ValueError` if the kernel is longer than the padded image.
#
# Example: $n = 5$, $k = 2$, stride 2, no padding. The kernel can begin at pixel 0 and at pixel 2;
# at pixel 4 it would stick out. So 2 places.
#
# <details><summary>Hint 1</summary>
#
# How long is the padded image? How far can the kernel move on it, in pixels, from its first place
# to the last pixel being covered?
#
# <details><summary>Hint 2</summary>
#
# If the way is 7 pixels long and each step takes 2, how many steps fit? And at how many places did
# the kernel lie, the first one included?
#
# <details><summary>Hint 3</summary>
#
# Python's `//` divides and rounds down: `7 // 2` is 3. Three steps touch four places. Before you
# divide, ask whether the way is negative.
#
# </details></details></details>


# %% nbgrader={"grade_id": "output_size", "solution": true}
def output_size(n, k, stride, padding):
    """Number of places of a kernel of k pixels on an image of n pixels, along one axis.

    padding: zeros at each end. Returns an int. Raises ValueError if the kernel fits nowhere.
    """
    ### BEGIN SOLUTION
    way = n + 2 * padding - k
    if way < 0:
        raise ValueError(f"{k} pixels do not fit on {n + 2 * padding}")
    return way // stride + 1
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_output_size", "points": 1}
# Visible tests: the example, and layers of LeNet-5 and of the network of 1989.
from course_utils.convolution.mistakes import design

hint = "it raised an error, but the kernel fits: compare k with the *padded* image"
for n, k, stride, padding, places in [
    (16, 8, 3, 0, 3),
    (5, 2, 2, 0, 2),
    (32, 5, 1, 0, 28),
    (28, 5, 1, 2, 28),
    (17, 5, 2, 2, 9),
    (7, 7, 3, 0, 1),
]:
    checks.equal(
        output_size(n, k, stride, padding),
        places,
        f"output_size of {n} pixels, kernel {k}, stride {stride}, padding {padding}",
        mistakes=design.output_size(n, k, stride, padding),
    )
what = "output_size(4, 6, 1, 1), where padding makes the kernel fit"
checks.equal(checks.attempt(output_size, 4, 6, 1, 1, what=what, hint=hint), 1, what)
checks.raises(ValueError, lambda: output_size(4, 5, 1, 0), "output_size(4, 5, 1, 0), too small")
checks.passed("Right on six sizes. 1 of 2 points; the other is for sizes drawn when marked.")

# %% nbgrader={"grade_id": "hidden_output_size", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from functools import partial

from course_utils.convolution import sizes as reference
from course_utils.convolution.mistakes import design

for case in range(40):
    k, stride, padding = (int(v) for v in rng.integers([1, 1, 0], [12, 6, 5]))
    only_padded = case % 4 == 0 and k > 1 and padding > 0  # then the kernel fits
    n = int(rng.integers(max(1, k - 2 * padding), k if only_padded else 80))
    checks.equal(
        output_size(n, k, stride, padding),
        reference.output_size(n, k, stride, padding),
        f"output_size of {n} pixels, kernel {k}, stride {stride}, padding {padding}",
        mistakes=design.output_size(n, k, stride, padding),
    )
    small, p = int(rng.integers(1, 9)), int(rng.integers(0, 3))
    large = small + 2 * p + int(rng.integers(1, 4))
    what = f"output_size of {small} pixels, kernel {large}, stride {stride}, padding {p}"
    checks.raises(ValueError, partial(output_size, small, large, stride, p), what)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_conv2d", "locked": true}
# ## Question 2 · The convolutional layer (4 points)
#
# Write `conv2d(x, w, b, stride, padding)`. At each place it takes the dot product of a kernel with
# the window of the image under it, over all channels, and adds the kernel's bias:
#
# $$y_{n,k,i,j} = b_k + \sum_{c,u,v} w_{k,c,u,v}\; x^{\text{pad}}_{n,\,c,\,i s + u,\,j s + v}$$
#
# - `x`: images (N, C, H, W). `w`: kernels (K, C, kH, kW), not always square. `b`: biases (K,).
# - `stride`: $s \ge 1$, the same down and to the right. `padding`: rows and columns of zeros added
#   on **each** of the four sides; $x^{\text{pad}}$ is the padded image.
# - Returned: shape (N, K, oH, oW). All windows fit; you need not check anything. This question is
#   marked on its own: do not call the function of question 1. The arguments must stay as they were.
#
# Example: the image $\begin{pmatrix}1&2&3\\4&5&6\\7&8&9\end{pmatrix}$, the kernel
# $\begin{pmatrix}1&2\\0&-1\end{pmatrix}$, bias 10. At the first place:
# $1\cdot1 + 2\cdot2 + 0\cdot4 - 1\cdot5 + 10 = 10$.
#
# <details><summary>Hint 1</summary>
#
# Begin with zeros in the shape of the result and two loops, over `i` and `j`. Which rows and which
# columns of the padded image lie under the kernel at place (i, j)?
#
# <details><summary>Hint 2</summary>
#
# `np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))` pads rows and columns only. The window of all images
# at once, `x[:, :, rows, columns]` with two slices, has shape (N, C, kH, kW).
#
# <details><summary>Hint 3</summary>
#
# From (N, C, kH, kW) and (K, C, kH, kW) you want (N, K): three axes are multiplied and summed, two
# stay. `np.einsum("ab,cb->ac", A, B)` does this for one axis `b` that is summed and two that stay;
# give every axis a letter. Four more loops would do as well.
#
# </details></details></details>


# %% nbgrader={"grade_id": "conv2d", "solution": true}
def conv2d(x, w, b, stride, padding):
    """Convolutional layer: images with kernels.

    x: (N, C, H, W). w: (K, C, kH, kW). b: (K,). stride, padding: whole numbers.
    Returns (N, K, oH, oW).
    """
    ### BEGIN SOLUTION
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + kH, left : left + kW]  # (N, C, kH, kW)
            y[:, :, i, j] = np.einsum("ncuv,kcuv->nk", window, w) + b
    return y
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_conv2d", "points": 1}
# Visible tests: by hand. One channel; two channels with two kernels; stride 2 with padding 1.
from functools import partial

from course_utils.convolution.mistakes import convolution as mistakes

hint = "the shapes did not fit. A window is (N, C, kH, kW), w is (K, C, kH, kW), and an output at "
hint += "one place is (N, K). Do the windows lie on the padded image?"
nine, sixteen = np.arange(1.0, 10).reshape(1, 1, 3, 3), np.arange(1.0, 17).reshape(1, 1, 4, 4)
small, large = [[[[1.0, 2], [0, -1]]]], [[[[0.0, 1, 0], [2, 0, 0], [0, 0, 3]]]]
two = [[[[1.0, 0]], [[0, 1]]], [[[2, -1]], [[1, 1]]]]  # (2, 2, 1, 2): two kernels, two channels
row = np.array([[[[1.0, 2, 3]], [[4, 5, 6]]], [[[0, 1, 0]], [[2, 0, 0]]]])  # (2, 2, 1, 3)
of_row = [[[[6.5, 8.5]], [[8, 11]]], [[[0.5, 1.5]], [[0, 1]]]]  # two images, two kernels
surrounded = [[[[-1, -2, -3, 0], [-2, 0, 2, 3], [8, 14, 17, 6]]]]
for what, x, w, b, stride, padding, wanted in [
    ("one channel, one kernel", nine, small, [10.0], 1, 0, [[[[10, 12], [16, 18]]]]),
    ("two images of two channels, two kernels", row, two, [0.5, -1.0], 1, 0, of_row),
    ("2 × 3 pixels, padding 1", nine[:, :, :2], small, [0.0], 1, 1, surrounded),
    ("stride 2, padding 1", sixteen, large, [0.0], 2, 1, [[[[18, 28], [47, 75]]]]),
]:
    w, b, kept, what = np.array(w), np.array(b), x.copy(), f"conv2d, {what}"
    call = partial(conv2d, x, w.copy(), b.copy(), stride, padding)
    found = checks.attempt(call, what=what, hint=hint)
    checks.unchanged(kept, x, f"{what}: its argument x")
    slips = mistakes.forward(x, w, b, stride, padding)
    checks.close(found, wanted, what, rtol=1e-5, mistakes=slips)
checks.passed("Right by hand. 1 of 4 points; the rest is for random images of other shapes.")

# %% nbgrader={"grade_id": "hidden_conv2d", "points": 3}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.convolution import conv2d as reference
from course_utils.convolution.mistakes import convolution as mistakes

for shape, kernels, stride, padding in [
    ((2, 3, 7, 8), (4, 3, 3, 3), 1, 0),
    ((1, 1, 5, 6), (1, 1, 2, 3), 1, 1),
    ((3, 2, 9, 7), (2, 2, 3, 2), 2, 1),
    ((2, 4, 6, 6), (3, 4, 1, 1), 1, 0),
    ((2, 2, 10, 8), (2, 2, 3, 3), 3, 2),
    ((1, 3, 4, 5), (2, 3, 4, 5), 1, 0),
]:
    x, w = rng.normal(size=shape), rng.normal(size=kernels)
    b = rng.normal(size=kernels[0])
    checks.close(
        conv2d(x.copy(), w.copy(), b.copy(), stride, padding),
        reference.cross_correlate(x, w, b, stride, padding),
        f"conv2d, images {shape}, kernels {kernels}, stride {stride}, padding {padding}",
        rtol=1e-4,
        atol=1e-5,
        mistakes=mistakes.forward(x, w, b, stride, padding),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_input_gradient", "locked": true}
# ## Question 3 · Its gradient by the input (4 points)
#
# A loss depends on the outputs of the layer of question 2, and backpropagation has brought its
# gradient by them, `g`. Write `input_gradient(g, w, height, width, stride, padding)`: the gradient
# by the image before padding.
#
# - `g`: shape (N, K, oH, oW). `w`: kernels (K, C, kH, kW). `stride`, `padding`: as in question 2.
# - `height`, `width`: H and W of the image. (With a stride, `g` does not tell them: the last rows
#   and columns may lie in no window.)
# - Returned: shape (N, C, H, W). The arguments must stay as they were.
#
# Example, with one row only: kernel $(2, 3)$, `g` = $(10, 100)$. The outputs were
# $y_0 = 2x_0 + 3x_1$ and $y_1 = 2x_1 + 3x_2$, so the gradient by $x_1$ is
# $3 \cdot 10 + 2 \cdot 100 = 230$. All three: $(20, 230, 300)$.
#
# <details><summary>Hint 1</summary>
#
# Turn the question round: which pixels did output (i, j) look at, and with which weight? Each of
# them gets $g_{i,j}$ times that weight.
#
# <details><summary>Hint 2</summary>
#
# Begin with zeros in the shape of the *padded* images. Loop over the places as in the forward pass,
# and add to the same window what this place contributes. What shape must it have?
#
# <details><summary>Hint 3</summary>
#
# For place (i, j), `g[:, :, i, j]` is (N, K), and `w` is (K, C, kH, kW): K is summed, and
# (N, C, kH, kW) comes out. With one image, one channel and two kernels, it is
# $g_0\,w_0 + g_1\,w_1$, two whole kernels. At the end, cut off as many rows and columns at each
# side as the forward pass had added; mind padding 0, where `[0:-0]` is empty.
#
# </details></details></details>


# %% nbgrader={"grade_id": "input_gradient", "solution": true}
def input_gradient(g, w, height, width, stride, padding):
    """Gradient of a loss by the input of conv2d.

    g: gradient by the output, (N, K, oH, oW). w: (K, C, kH, kW). height, width: of the image.
    Returns (N, C, height, width).
    """
    ### BEGIN SOLUTION
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            top, left = i * stride, j * stride
            given = np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w)
            dx[:, :, top : top + kH, left : left + kW] += given
    return dx[:, :, p : p + height, p : p + width]
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_input_gradient", "points": 2}
# Visible tests: by hand; the kernels are those of question 2.
from course_utils.convolution.mistakes import convolution as mistakes

hint = "the shapes did not fit. g[:, :, i, j] is (N, K), w is (K, C, kH, kW), and a window gets "
hint += "(N, C, kH, kW). Is the array that you add to as large as the *padded* images?"
one, small, large = [[[[2.0, 3]]]], [[[[1.0, 2], [0, -1]]]], [[[[0.0, 1, 0], [2, 0, 0], [0, 0, 3]]]]
two = [[[[1.0, 0]], [[0, 1]]], [[[2, -1]], [[1, 1]]]]  # (2, 2, 1, 2): two kernels, two channels
tens, diagonal, corners = [[10.0, 100]], [[1.0, 0], [0, 10]], [[1.0, 10], [100, 1000]]
strided = [[0, 20, 0, 0], [100, 3, 1000, 30], [0, 2000, 0, 0], [0, 300, 0, 3000]]
of_two = [[201, 1910, -1000], [100, 1101, 1010]]
for what, g, w, height, width, stride, padding, wanted in [
    ("the example", tens, one, 1, 3, 1, 0, [20, 230, 300]),
    ("two windows", diagonal, small, 3, 3, 1, 0, [[1, 2, 0], [0, 9, 20], [0, 0, -10]]),
    ("stride 2, padding 1", corners, large, 4, 4, 2, 1, strided),
    ("a pixel in no window", [[1.0]], one, 1, 3, 2, 0, [2, 3, 0]),
    ("two images", [[[[10.0, 100]]], [[[2, 1]]]], one, 1, 3, 1, 0, [[20, 230, 300], [4, 8, 3]]),
    ("two channels, two kernels", [[[1.0, 10]], [[100, 1000]]], two, 1, 3, 1, 0, of_two),
]:
    w = np.array(w)
    g = np.reshape(g, (-1, len(w), *np.shape(g)[-2:]))
    wanted = np.reshape(wanted, (len(g), w.shape[1], height, width))
    what, sizes = f"input_gradient, {what}", (height, width, stride, padding)
    got = checks.attempt(input_gradient, g, w, *sizes, what=what, hint=hint)
    slips = mistakes.input_gradient(g, w, (height, width), stride, padding)
    checks.close(got, wanted, what, rtol=1e-5, mistakes=slips)
checks.passed("Right by hand. 2 of 4 points; the rest is for random numbers of other shapes.")

# %% nbgrader={"grade_id": "hidden_input_gradient", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.convolution import conv2d as reference
from course_utils.convolution import windows
from course_utils.convolution.mistakes import convolution as mistakes

for shape, kernels, stride, padding in [
    ((2, 3, 7, 8), (4, 3, 3, 3), 1, 0),
    ((1, 1, 5, 6), (1, 1, 2, 3), 1, 1),
    ((3, 2, 9, 8), (2, 2, 3, 2), 2, 1),
    ((2, 4, 6, 6), (3, 4, 1, 1), 2, 0),
    ((2, 2, 10, 8), (2, 2, 3, 3), 3, 2),
]:
    out = windows.out_shape(shape[2:], kernels[2:], stride, padding)
    g, w = rng.normal(size=(shape[0], kernels[0], *out)), rng.normal(size=kernels)
    checks.close(
        input_gradient(g.copy(), w.copy(), shape[2], shape[3], stride, padding),
        reference.input_gradient(g, w, shape[2:], stride, padding),
        f"input_gradient, images {shape}, kernels {kernels}, stride {stride}, padding {padding}",
        rtol=1e-4,
        atol=1e-5,
        mistakes=mistakes.input_gradient(g, w, shape[2:], stride, padding),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_kernel_gradient", "locked": true}
# ## Question 4 · Its gradient by the kernels (4 points)
#
# Write `kernel_gradient(g, x, kH, kW, stride, padding)`: the gradient of the same loss by the
# kernels, which is what training needs.
#
# - `g`: gradient by the outputs, (N, K, oH, oW). `x`: the images (N, C, H, W), not padded yet.
# - `kH`, `kW`: rows and columns of the kernels. `stride`, `padding`: as in question 2.
# - Returned: shape (K, C, kH, kW). The loss is the one that `g` belongs to: sum, do not average.
#
# Example, with one row only: the image $(1, 2, 3)$, a kernel $(w_0, w_1)$, `g` = $(10, 100)$. The
# outputs were $y_0 = 1w_0 + 2w_1$ and $y_1 = 2w_0 + 3w_1$, so the gradient by $w_0$ is
# $10\cdot1 + 100\cdot2 = 210$, and by $w_1$ it is 320.
#
# <details><summary>Hint 1</summary>
#
# One weight was used at every place of every image. What did it multiply at place (i, j), and what
# does the chain rule do with a quantity that is used many times?
#
# <details><summary>Hint 2</summary>
#
# Pad the images as in the forward pass. Each place adds its output's gradient times its window. The
# windows are those of the forward pass.
#
# <details><summary>Hint 3</summary>
#
# At place (i, j): `g[:, :, i, j]` is (N, K) and the window (N, C, kH, kW). What comes out is
# (K, C, kH, kW): N is summed, as the images share the kernels. For one image, one channel and one
# kernel it is a number times a window.
#
# </details></details></details>


# %% nbgrader={"grade_id": "kernel_gradient", "solution": true}
def kernel_gradient(g, x, kH, kW, stride, padding):
    """Gradient of a loss by the kernels of conv2d.

    g: gradient by the output, (N, K, oH, oW). x: images (N, C, H, W). kH, kW: of the kernels.
    Returns (K, C, kH, kW).
    """
    ### BEGIN SOLUTION
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dw = np.zeros((g.shape[1], x.shape[1], kH, kW))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + kH, left : left + kW]  # (N, C, kH, kW)
            dw += np.einsum("nk,ncuv->kcuv", g[:, :, i, j], window)
    return dw
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_kernel_gradient", "points": 2}
# Visible tests: by hand. The example; two images of two channels; stride 2 with padding 1.
from course_utils.convolution.mistakes import convolution as mistakes

hint = "the shapes did not fit. g[:, :, i, j] is (N, K), a window (N, C, kH, kW), and it adds "
hint += "(K, C, kH, kW). Do the windows lie on the padded images?"
row, g_row = np.array([[[[1.0, 2, 3]]]]), np.array([[[[10.0, 100]]]])
two_rows = np.array([[[[1.0, 2, 3, 4]]], [[[4, 0, 5, 2]]]])
g_two = np.array([[[[1.0, 10, 100]]], [[[1000, 2, 30]]]])
images, g_images = np.arange(1.0, 9).reshape(2, 2, 1, 2), 10.0 ** np.arange(4).reshape(2, 2, 1, 1)
of_images = [[[501, 602], [703, 804]], [[5010, 6020], [7030, 8040]]]
sixteen, corners = np.arange(1.0, 17).reshape(1, 1, 4, 4), np.array([[[[1.0, 10], [100, 1000]]]])
strided = [[6000, 7500, 8600], [10020, 11931, 13042], [14060, 16375, 17486]]
for what, g, x, kH, kW, stride, padding, wanted in [
    ("two images of one row", g_two, two_rows, 1, 2, 1, 0, [4471, 502]),
    ("the example", g_row, row, 1, 2, 1, 0, [210, 320]),
    ("two images of two channels, two kernels", g_images, images, 1, 2, 1, 0, of_images),
    ("stride 2, padding 1", corners, sixteen, 3, 3, 2, 1, strided),
]:
    wanted = np.reshape(wanted, (g.shape[1], x.shape[1], kH, kW))
    what = f"kernel_gradient, {what}"
    got = checks.attempt(kernel_gradient, g, x, kH, kW, stride, padding, what=what, hint=hint)
    slips = mistakes.kernel_gradient(g, x, (kH, kW), stride, padding)
    checks.close(got, wanted, what, rtol=1e-5, mistakes=slips)
checks.passed("Right by hand. 2 of 4 points; the rest is for random numbers of other shapes.")

# %% nbgrader={"grade_id": "hidden_kernel_gradient", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.convolution import conv2d as reference
from course_utils.convolution import windows
from course_utils.convolution.mistakes import convolution as mistakes

for shape, kernels, stride, padding in [
    ((2, 3, 7, 8), (4, 3, 3, 3), 1, 0),
    ((1, 1, 5, 6), (1, 1, 2, 3), 1, 1),
    ((3, 2, 9, 8), (2, 2, 3, 2), 2, 1),
    ((2, 4, 6, 6), (3, 4, 1, 1), 2, 0),
    ((2, 2, 10, 8), (2, 2, 3, 3), 3, 2),
]:
    out = windows.out_shape(shape[2:], kernels[2:], stride, padding)
    g, x = rng.normal(size=(shape[0], kernels[0], *out)), rng.normal(size=shape)
    checks.close(
        kernel_gradient(g.copy(), x.copy(), kernels[2], kernels[3], stride, padding),
        reference.kernel_gradient(g, x, kernels[2:], stride, padding),
        f"kernel_gradient, images {shape}, kernels {kernels}, stride {stride}, padding {padding}",
        rtol=1e-4,
        atol=1e-4,
        mistakes=mistakes.kernel_gradient(g, x, kernels[2:], stride, padding),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_max_pool", "locked": true}
# ## Question 5 · Max pooling (2 points)
#
# Write `max_pool(x, size, stride)`: the largest entry of each window, for every channel by itself.
#
# - `x`: feature maps (N, C, H, W), any real numbers. `size`: side of the square window. `stride`:
#   pixels from one window to the next; windows overlap if it is smaller than `size`.
# - Windows that would stick out at the lower or right side are left out. There is no padding.
# - Returned: shape (N, C, oH, oW). The argument must stay as it was.
#
# Example: $\begin{pmatrix}1&3&2&0\\4&2&-1&5\end{pmatrix}$ with size 2 and stride 2 gives
# $\begin{pmatrix}4&5\end{pmatrix}$.
#
# <details><summary>Hint 1</summary>
#
# The windows stand where those of a convolution stand, with `size` for both sides of the kernel.
#
# <details><summary>Hint 2</summary>
#
# A window of all images and channels at once has shape (N, C, size, size). Over which axes is the
# largest entry taken?
#
# <details><summary>Hint 3</summary>
#
# NumPy's `max` takes a pair of axes. For `A` of shape (2, 5, 3), `A.max(axis=(0, 2))` has shape
# (5,).
#
# </details></details></details>


# %% nbgrader={"grade_id": "max_pool", "solution": true}
def max_pool(x, size, stride):
    """Largest entry of each window, for every channel by itself.

    x: (N, C, H, W). size: side of the window. stride: from one window to the next.
    Returns (N, C, oH, oW).
    """
    ### BEGIN SOLUTION
    oH, oW = (x.shape[2] - size) // stride + 1, (x.shape[3] - size) // stride + 1
    y = np.zeros((*x.shape[:2], oH, oW))
    for i in range(oH):
        for j in range(oW):
            top, left = i * stride, j * stride
            y[:, :, i, j] = x[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return y
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_max_pool", "points": 1}
# Visible tests: by hand. Windows side by side, overlapping, and with a row and a column left over.
from course_utils.convolution.mistakes import pooling as mistakes

x = np.array([[[[1.0, 3, 2, 0], [4, 2, -1, 5], [-3, -2, -7, -8], [-1, -6, -5, -9]]]])
two = np.concatenate([x, x[..., ::-1] - 9], axis=1)
for what, maps, size, stride, wanted in [
    ("size 2, stride 2", x, 2, 2, [[[[4, 5], [-1, -5]]]]),
    ("size 2, stride 1", x, 2, 1, [[[[4, 3, 5], [4, 2, 5], [-1, -2, -5]]]]),
    ("two channels, 3 × 3 pixels, size 2, stride 2", two[:, :, :3, :3], 2, 2, [[[[4]], [[-4]]]]),
]:
    kept = maps.copy()
    got = max_pool(maps, size, stride)
    checks.unchanged(kept, maps, f"max_pool, {what}: its argument x")
    slips = mistakes.max_pool(maps, size, stride)
    checks.close(got, wanted, f"max_pool, {what}", rtol=1e-5, mistakes=slips)
checks.passed("Right by hand. 1 of 2 points; the other is for random maps of other shapes.")

# %% nbgrader={"grade_id": "hidden_max_pool", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.convolution import pooling as reference
from course_utils.convolution.mistakes import pooling as mistakes

for shape, size, stride in [
    ((2, 3, 6, 8), 2, 2),
    ((1, 2, 7, 9), 3, 2),
    ((3, 1, 5, 4), 2, 1),
    ((2, 2, 7, 8), 2, 3),
    ((1, 4, 3, 3), 3, 3),
]:
    x = rng.normal(size=shape) - 0.5
    checks.close(
        max_pool(x.copy(), size, stride),
        reference.max_pool(x, size, stride),
        f"max_pool, maps {shape}, size {size}, stride {stride}",
        rtol=1e-5,
        mistakes=mistakes.max_pool(x, size, stride),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_max_pool_gradient", "locked": true}
# ## Question 6 · The gradient of max pooling (3 points)
#
# Write `max_pool_gradient(g, x, size, stride)`: the gradient of a loss by the input of question 5.
# Only the largest entry of a window moves the output. Where several entries of a window are equally
# large, there is no derivative; let the **first in reading order** count as the largest.
#
# - `g`: gradient by the output, (N, C, oH, oW). `x`, `size`, `stride`: as in question 5.
# - Returned: shape (N, C, H, W). An entry can be the largest of several windows that overlap.
#
# Example: $\begin{pmatrix}1&3&2&0\\4&2&-1&5\end{pmatrix}$ with size 2, stride 2 and `g` = $(7, 8)$
# gives $\begin{pmatrix}0&0&0&0\\7&0&0&8\end{pmatrix}$.
#
# <details><summary>Hint 1</summary>
#
# If the largest entry of a window grows by a little, by how much does the output grow? And if
# another entry does?
#
# <details><summary>Hint 2</summary>
#
# `np.argmax` gives the first largest entry of an array, counted through row after row.
# `divmod(5, 3)` is (1, 2): entry 5 of a 3 × 3 window stands in row 1, column 2 **of the window**.
#
# <details><summary>Hint 3</summary>
#
# Four loops are fine: over images, channels, and places. For one window, find row and column of its
# largest entry, add where the window begins, and add the place's `g` to that entry of the result,
# to what it may have from a window before.
#
# </details></details></details>


# %% nbgrader={"grade_id": "max_pool_gradient", "solution": true}
def max_pool_gradient(g, x, size, stride):
    """Gradient of a loss by the input of max_pool.

    g: gradient by the output, (N, C, oH, oW). x: (N, C, H, W).
    Returns (N, C, H, W); at a tie, the first entry in reading order gets the gradient.
    """
    ### BEGIN SOLUTION
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(g.shape):
        top, left = i * stride, j * stride
        window = x[n, c, top : top + size, left : left + size]
        row, column = divmod(int(window.argmax()), size)
        dx[n, c, top + row, left + column] += g[n, c, i, j]
    return dx
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_max_pool_gradient", "points": 1}
# Visible tests: by hand. Windows side by side; one entry that wins four windows; a tie.
from course_utils.convolution.mistakes import pooling as mistakes

hint = "np.argmax counts through the window, row after row: divmod by its side gives row and column"
x = np.array([[[[1.0, 3, 2, 0], [4, 2, -1, 5], [-3, -2, -7, -8], [-1, -6, -5, -9]]]])
beside = [[0, 0, 0, 0], [1, 0, 0, 10], [0, 0, 0, 0], [100, 0, 1000, 0]]
hill = np.array([[[[0.0, 1, 2, 3], [4, 9, 6, 1], [5, 3, 2, 8]]]])
six = 10.0 ** np.arange(6).reshape(1, 1, 2, 3)
of_hill = [[0, 0, 0, 0], [0, 11011, 100, 0], [0, 0, 0, 100000]]
corners = np.array([[[[1.0, 10], [100, 1000]]]])
for what, g, maps, size, stride, wanted in [
    ("size 2, stride 2", corners, x, 2, 2, [[beside]]),
    ("a winner of four windows", six, hill, 2, 1, [[of_hill]]),
    ("a tie", corners[:, :, 1:, :1], np.full((1, 1, 2, 2), 5.0), 2, 2, [[[[100, 0], [0, 0]]]]),
]:
    what = f"max_pool_gradient, {what}"
    got = checks.attempt(max_pool_gradient, g, maps, size, stride, what=what, hint=hint)
    slips = mistakes.max_pool_gradient(g, maps, size, stride)
    checks.close(got, wanted, what, rtol=1e-5, mistakes=slips)
checks.passed("Right by hand. 1 of 3 points; the rest is for random maps of other shapes.")

# %% nbgrader={"grade_id": "hidden_max_pool_gradient", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.convolution import pooling as reference
from course_utils.convolution import windows
from course_utils.convolution.mistakes import pooling as mistakes

for shape, size, stride in [
    ((2, 3, 6, 8), 2, 2),
    ((1, 2, 7, 9), 3, 2),
    ((3, 1, 5, 4), 2, 1),
    ((2, 2, 7, 8), 2, 3),
    ((1, 4, 3, 3), 3, 3),
]:
    random = rng.normal(size=shape) - 0.5
    g = rng.normal(size=(*shape[:2], *windows.out_shape(shape[2:], (size, size), stride)))
    for kind, x in (("random maps", random), ("maps with ties", np.round(random))):
        checks.close(
            max_pool_gradient(g.copy(), x.copy(), size, stride),
            reference.max_pool_gradient(g, x, size, stride),
            f"max_pool_gradient, {kind} {shape}, size {size}, stride {stride}",
            rtol=1e-5,
            atol=1e-6,
            mistakes=mistakes.max_pool_gradient(g, x, size, stride),
        )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_receptive_field", "locked": true}
# ## Question 7 · What a unit sees (3 points)
#
# Write `receptive_field(layers)`: how many pixels of the input, along one axis, can change the
# answer of a unit behind all these layers?
#
# - `layers`: a list of pairs `(kernel, stride)` from the input on. A pooling layer counts with the
#   size of its window for a kernel.
# - Returned: one whole number. Without layers, a unit is a pixel: 1. Ignore padding and the borders
#   of the image.
#
# Example: `[(3, 2), (3, 1)]`. A unit of the second layer sees three units of the first. These see 3
# pixels each and begin 2 pixels apart: pixels 0–2, 2–4 and 4–6. Together 7.
#
# <details><summary>Hint 1</summary>
#
# Draw the example as three rows of dots, and then `[(3, 1), (3, 1)]`. What does the stride change?
#
# <details><summary>Hint 2</summary>
#
# Go from the input on and keep two numbers: the field so far, and the distance, in pixels of the
# input, between the fields of two neighbouring units. Both are 1 at the input.
#
# <details><summary>Hint 3</summary>
#
# In the example, the second layer's three units stand two pixels apart, which adds
# $2 \cdot 2 = 4$ to the field of 3. Then a layer `(2, 1)` would add $1 \cdot 2$; and if the second
# layer had stride 3, its units would stand 6 apart, so it would add $1 \cdot 6$.
#
# </details></details></details>


# %% nbgrader={"grade_id": "receptive_field", "solution": true}
def receptive_field(layers):
    """Pixels along one axis that a unit behind all layers sees.

    layers: list of (kernel, stride), from the input on. Returns an int.
    """
    ### BEGIN SOLUTION
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
    return field
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_receptive_field", "points": 1}
# Visible tests: by hand. At the end LeNet-5 from C1 to C5, which sees the whole 32 × 32 image.
from course_utils.convolution.mistakes import design

hint = "the list may hold any number of layers, and none: then a unit is a pixel, and sees 1"
for layers, wanted in [
    ([(3, 2), (3, 3), (4, 1)], 25),
    ([(7, 1)], 7),
    ([(3, 1), (3, 1), (3, 1)], 7),
    ([(3, 2), (3, 1)], 7),
    ([(5, 2), (5, 2)], 13),
    ([(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)], 32),
    ([], 1),
]:
    slips, what = design.receptive_field(layers), f"receptive_field({layers})"
    got = checks.attempt(receptive_field, list(layers), what=what, hint=hint)
    checks.equal(got, wanted, what, mistakes=slips)
checks.passed("Right on seven networks. 1 of 3 points; the rest is for networks drawn when marked.")

# %% nbgrader={"grade_id": "hidden_receptive_field", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.convolution import receptive as reference
from course_utils.convolution.mistakes import design

for count in [0, 1, 2, 2, 3, 3, 4, 5, 6, 7]:
    layers = [(int(rng.integers(1, 8)), int(rng.integers(1, 4))) for _ in range(count)]
    checks.equal(
        receptive_field(list(layers)),
        reference.receptive_field(layers),
        f"receptive_field({layers})",
        mistakes=design.receptive_field(layers),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_count_parameters", "locked": true}
# ## Question 8 · Counting LeNet-5 (3 points)
#
# Write `count_parameters(layers)`: how many numbers does a network learn? `layers` is a list of
# these four kinds of tuples:
#
# - `("conv", sees, k, side)`: feature maps of side × side units. `sees` is a list with one entry
#   per map: how many of the maps before it this map sees. A map has a kernel of $k \times k$
#   weights for **each** map that it sees, and **one** bias, shared by all its units.
# - `("subsample", maps, side)`: LeNet-5's way to shrink its maps. Each map learns **one** weight,
#   by which its sums are multiplied, and **one** bias.
# - `("pool", maps, side)`: max or average pooling.
# - `("linear", inputs, outputs)`: every output is connected to every input and has a bias.
#
# Returned: one whole number, the sum over all layers.
#
# Example: `[("conv", [1, 1], 3, 10), ("linear", 200, 5)]`: two kernels of 9 weights with a bias
# each, 20; and $200 \cdot 5 + 5 = 1005$. Together 1025.
#
# <details><summary>Hint 1</summary>
#
# What does the side of a map change: how many numbers are learnt, or how often they are used?
#
# <details><summary>Hint 2</summary>
#
# A map that sees 3 maps through 5 × 5 kernels learns $3 \cdot 25 + 1 = 76$ numbers. In LeNet-5's
# third layer the maps see 3, 4 or 6 maps: they do not all have the same number.
#
# <details><summary>Hint 3</summary>
#
# A loop `for layer in layers:` and a branch for each `layer[0]`. Check by hand: LeNet-5's first
# layer has 156, its third one $6 \cdot 76 + 9 \cdot 101 + 1 \cdot 151$.
#
# </details></details></details>


# %% nbgrader={"grade_id": "count_parameters", "solution": true}
def count_parameters(layers):
    """Numbers that a network learns.

    layers: list of ("conv", sees, k, side), ("subsample", maps, side), ("pool", maps, side) and
    ("linear", inputs, outputs). Returns an int.
    """
    ### BEGIN SOLUTION
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            sees, k, _ = numbers
            total += sum(maps * k * k + 1 for maps in sees)
        elif kind == "subsample":
            total += 2 * numbers[0]
        elif kind == "linear":
            total += (numbers[0] + 1) * numbers[1]
    return total
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_count_parameters", "points": 1}
# Visible tests: single layers by hand, LeNet-5 as its authors count it, and as it is mostly taught.
from course_utils.convolution.mistakes import design

hint = "the tuples have three or four entries: look at layer[0], then take the others by number"
paper = [("conv", [1] * 6, 5, 28), ("subsample", 6, 14)]
paper += [("conv", [3] * 6 + [4] * 9 + [6], 5, 10), ("subsample", 16, 5)]
paper += [("conv", [16] * 120, 5, 1), ("linear", 120, 84)]
taught = [("conv", [1] * 6, 5, 28), ("pool", 6, 14), ("conv", [6] * 16, 5, 10), ("pool", 16, 5)]
taught += [("linear", 400, 120), ("linear", 120, 84), ("linear", 84, 10)]
for what, layers, wanted in [
    ("the example", [("conv", [1, 1], 3, 10), ("linear", 200, 5)], 1025),
    ("maps that see 2, 1 and 4 maps", [("conv", [2, 1, 4], 5, 4)], 178),
    ("two maps, and four subsampling maps", [("conv", [1, 1], 3, 10), ("subsample", 4, 7)], 28),
    ("pooling", [("pool", 4, 7)], 0),
    ("LeNet-5 as published", paper, 60_000),
    ("LeNet-5 as mostly taught", taught, 61_706),
]:
    slips, what = design.parameters(layers), f"count_parameters, {what}"
    got = checks.attempt(count_parameters, list(layers), what=what, hint=hint)
    checks.equal(got, wanted, what, mistakes=slips)
checks.passed("LeNet-5 is right. 1 of 3 points; the rest is for networks drawn when marked.")

# %% nbgrader={"grade_id": "hidden_count_parameters", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.convolution import counts as reference
from course_utils.convolution.mistakes import design

for length in [1, 2, 3, 4, 5, 6]:
    layers, expected = [], 0
    for _ in range(length):
        a, b, side = (int(v) for v in rng.integers(2, 12, size=3))
        sees = [int(v) for v in rng.integers(1, 9, size=a)]
        layer, same = [
            (("conv", sees, b, side), reference.Convolution("", sees, b, side)),
            (("subsample", a, side), reference.Subsampling("", a, 2, side)),
            (("pool", a, side), None),
            (("linear", 10 * a, b), reference.Full("", 10 * a, b)),
        ][int(rng.integers(4))]
        layers.append(layer)
        expected += same.count().parameters if same else 0
    checks.equal(
        count_parameters(layers),
        expected,
        f"count_parameters({layers})",
        mistakes=design.parameters(layers),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_edge_kernel", "locked": true}
# ## Question 9 · Draw a kernel (3 points)
#
# Write `edge_kernel(direction)`: a 3 × 3 kernel that measures how fast an image gets brighter in
# one direction, **per pixel**. It is laid on as in question 2, with stride 1 and no padding.
#
# - `direction`: `"right"`, `"left"`, `"down"` or `"up"`. Row 0 of an image is at the top.
# - Returned: shape (3, 3), such that
#   - where brightness is $a + bj + ci$ in row $i$ and column $j$, `"right"` answers $b$ everywhere,
#     `"left"` $-b$, `"down"` $c$ and `"up"` $-c$, whatever $a$, $b$ and $c$ are;
#   - a window that is its own mirror image along the direction (for `"right"` and `"left"`: left
#     and right swapped) is answered with 0.
#
# Many kernels do this, and all of them count.
#
# Example: where every pixel is brighter by 2 than its left neighbour, and as bright as the one
# above it, `"right"` answers 2, `"left"` −2, and the other two answer 0.
#
# <details><summary>Hint 1</summary>
#
# With only a single row, for `"right"`: which three weights answer 0 on $(5, 5, 5)$, 1 on
# $(5, 6, 7)$, and 0 on the mirror-symmetric $(1, 9, 1)$?
#
# <details><summary>Hint 2</summary>
#
# What do the weights on the left have to be, compared with those on the right, so that everything
# symmetric cancels? The middle column?
#
# <details><summary>Hint 3</summary>
#
# If a kernel has the right pattern but answers too much, divide it by what it answers on a slope of
# 1 per pixel. For the other directions: what happens to a kernel when you turn its sign, or swap
# its rows and columns with `.T`?
#
# </details></details></details>


# %% nbgrader={"grade_id": "edge_kernel", "solution": true}
def edge_kernel(direction):
    """A 3 × 3 kernel that answers how fast brightness grows per pixel.

    direction: "right", "left", "down" or "up". Returns (3, 3).
    """
    ### BEGIN SOLUTION
    right = np.outer([1, 2, 1], [-1, 0, 1]) / 8
    return {"right": right, "left": -right, "down": right.T, "up": -right.T}[direction]
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_edge_kernel", "points": 1}
# Visible tests: a slope of 2 to the right and 0.5 downwards, and a bright line in the middle.
from course_utils.convolution.mistakes import design

row, column = np.mgrid[0:4, 0:5]
slope, line = 7 + 2.0 * column + 5.0 * row, np.array([[1.0, 9, 1], [2, 8, 2], [0, 5, 0]])
across = {"right": 5, "left": 5, "down": 2, "up": 2}
for direction, wanted in [("right", 2), ("left", -2), ("down", 5), ("up", -5)]:
    what = f"edge_kernel({direction!r})"
    kernel = edge_kernel(direction)
    checks.close(kernel, np.zeros((3, 3)), f"{what}: a 3 × 3 kernel", atol=1e9)
    kernel, wanted = np.array(kernel, dtype=float), np.full((2, 3), float(wanted))
    slips = design.edge_response(slope, kernel, wanted, across[direction])
    got = design.slide(slope, kernel)
    checks.close(got, wanted, f"{what} on a slope", rtol=1e-5, atol=1e-5, mistakes=slips)
    got = float((kernel * (line if direction in ("right", "left") else line.T)).sum())
    slips = {"symmetric windows cancel if weights on both sides of the middle are opposite": got}
    checks.close(got, 0, f"{what} on a mirror-symmetric window", atol=1e-5, mistakes=slips)
checks.passed("Right in four directions. 1 of 3 points; the rest is for other slopes and windows.")

# %% nbgrader={"grade_id": "hidden_edge_kernel", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.convolution.mistakes import design

row, column = np.mgrid[0:5, 0:6]
for direction in ["right", "left", "down", "up"] * 2:
    a, b, c = (float(v) for v in rng.normal(size=3) * [9, 2, 2])
    sign, slope, across = {
        "right": (1, b, c),
        "left": (-1, b, c),
        "down": (1, c, b),
        "up": (-1, c, b),
    }[direction]
    kernel, what = edge_kernel(direction), f"edge_kernel({direction!r})"
    checks.close(kernel, np.zeros((3, 3)), f"{what}: a 3 × 3 kernel", atol=1e9)
    kernel = np.array(kernel, dtype=float)
    image, wanted = a + b * column + c * row, np.full((3, 4), sign * slope)
    checks.close(
        design.slide(image, kernel),
        wanted,
        f"{what} on a + {b:.2f} column + {c:.2f} row",
        rtol=1e-4,
        atol=1e-4,
        mistakes=design.edge_response(image, kernel, wanted, across),
    )
    half = rng.normal(size=(3, 3))
    window = half + (half[:, ::-1] if direction in ("right", "left") else half[::-1])
    got = float((window * kernel).sum())
    checks.close(got, 0, f"{what} on a mirror-symmetric window", atol=1e-4)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_explain", "locked": true}
# ## Question 10 · Move the picture (4 points, marked by a person)
#
# A friend says: "All units of a convolutional layer share their weights. So a convolutional network
# gives the same answer wherever the digit stands in the picture."
#
# Take a network of a convolution (3 × 3, stride 1), max pooling (2 × 2, stride 2) and a linear
# layer with ten outputs, and a digit that is moved right by one pixel, then by two. Say in at most
# 150 words what happens behind each of the three layers, and how you would test the friend's claim.
#
# Who earns which point:
#
# 1. The convolution: what follows from shared weights, in the right word, and what does not.
# 2. The pooling: what it adds, and how the two shifts, by one and by two pixels, differ.
# 3. The linear layer: what its weights do with a map that has moved, and why.
# 4. A test that could prove the friend wrong: what is measured, on which pictures, compared with
#    what.

# %% [markdown] nbgrader={"grade_id": "explain_shift", "grade": true, "solution": true, "points": 4}
# ### BEGIN SOLUTION
# 1. The feature maps move with the digit: shift, then convolve, is convolve, then shift
#    (equivariance, away from the border). They do not stay the same (invariance).
# 2. Shifted by two pixels, the pooled maps move by exactly one. Shifted by one pixel, some largest
#    entries stay in their window and some cross into the next: part of the map stays the same, part
#    changes. Pooling gives invariance to small shifts, locally and approximately, not in general.
# 3. The linear layer has a weight of its own for each place of each map; nothing is shared there. A
#    moved map meets other weights, so the ten outputs change.
# 4. Train it on centred digits, then measure the error on the *same* test digits shifted by 0, 1,
#    2, 3 … pixels. The friend predicts a flat curve; it rises. (Or: the norm of the change of each
#    layer's output relative to the unshifted one, which is 0 nowhere.)
#
# One point each. For 2, a correct statement on one of the shifts with "local" or "small shifts" is
# enough for the point; "pooling makes the network invariant" is not. For 4, the comparison must be
# of the same digits before and after the shift.
# ### END SOLUTION
