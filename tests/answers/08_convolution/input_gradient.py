# %% right: every product by itself
def input_gradient(g, w, height, width, stride, padding):
    N, K, oH, oW = g.shape
    _, C, kH, kW = w.shape
    dx = np.zeros((N, C, height, width))
    for n, k, i, j, c, u, v in np.ndindex(N, K, oH, oW, C, kH, kW):
        row, column = i * stride + u - padding, j * stride + v - padding
        if 0 <= row < height and 0 <= column < width:
            dx[n, c, row, column] += g[n, k, i, j] * w[k, c, u, v]
    return dx


# %% right: a sliding dot product over the stretched gradient, float32
def input_gradient(g, w, height, width, stride, padding):
    N, K, oH, oW = g.shape
    _, C, kH, kW = w.shape
    H, W = height + 2 * padding, width + 2 * padding
    stretched = np.zeros((N, K, H + kH - 1, W + kW - 1), np.float32)
    rows = kH - 1 + stride * np.arange(oH)
    columns = kW - 1 + stride * np.arange(oW)
    stretched[:, :, rows[:, None], columns] = g
    under = np.lib.stride_tricks.sliding_window_view(stretched, (kH, kW), axis=(2, 3))
    dx = np.einsum("nkijuv,kcuv->ncij", under, np.float32(w[:, :, ::-1, ::-1]))
    return dx[:, :, padding : padding + height, padding : padding + width]


# %% right: PyTorch's derivative
def input_gradient(g, w, height, width, stride, padding):
    import torch

    x = torch.zeros(len(g), w.shape[1], height, width, dtype=torch.float64, requires_grad=True)
    y = torch.nn.functional.conv2d(x, torch.tensor(w), stride=stride, padding=padding)
    y.backward(torch.tensor(g))
    return x.grad


# %% right: one pixel after the other, because the layer is linear
def input_gradient(g, w, height, width, stride, padding):
    import warnings

    warnings.warn("slow but sure")
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height, width))
    for c, row, column in np.ndindex(w.shape[1], height, width):
        for i in range(g.shape[2]):
            for j in range(g.shape[3]):
                u, v = row + p - i * stride, column + p - j * stride
                if 0 <= u < kH and 0 <= v < kW:
                    dx[:, c, row, column] += g[:, :, i, j] @ w[:, c, u, v]
    return dx.tolist()


# %% wrong: kernel flipped
# diagnosis: the kernel lies the wrong way round
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            given = np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w[:, :, ::-1, ::-1])
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx[:, :, p : p + height, p : p + width]


# %% wrong: full correlation without turning the kernel
# diagnosis: this needs the kernel turned by 180°
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    N, K, oH, oW = g.shape
    kH, kW = w.shape[2:]
    H, W = height + 2 * padding, width + 2 * padding
    stretched = np.zeros((N, K, H + kH - 1, W + kW - 1))
    rows = kH - 1 + stride * np.arange(oH)
    columns = kW - 1 + stride * np.arange(oW)
    stretched[:, :, rows[:, None], columns] = g
    under = np.lib.stride_tricks.sliding_window_view(stretched, (kH, kW), axis=(2, 3))
    dx = np.einsum("nkijuv,kcuv->ncij", under, w)
    return dx[:, :, padding : padding + height, padding : padding + width]


# %% wrong: overlaps overwritten
# diagnosis: where windows overlap, the last one counts
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            given = np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w)
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] = given
    return dx[:, :, p : p + height, p : p + width]


# %% wrong: stride ignored
# diagnosis: stride was ignored
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            dx[:, :, i : i + kH, j : j + kW] += np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w)
    return dx[:, :, p : p + height, p : p + width]


# %% wrong: padding kept
# diagnosis: padding was not cut off
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            given = np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w)
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx


# %% wrong: padding cut off at one end
# diagnosis: cut off at the wrong end
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            given = np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w)
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx[:, :, :height, :width]


# %% wrong: minus zero as the end of a slice
# diagnosis: nothing is left: the slice `[p:-p]` is empty
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            given = np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w)
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx[:, :, p:-p, p:-p]


# %% wrong: first kernel only
# diagnosis: only the first kernel was used
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            given = g[:, 0, i, j][:, None, None, None] * w[0]
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx[:, :, p : p + height, p : p + width]


# %% wrong: size taken from the output
# diagnosis: only as large as the windows reach
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    H, W = (g.shape[2] - 1) * stride + kH, (g.shape[3] - 1) * stride + kW
    dx = np.zeros((len(g), w.shape[1], H, W))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            given = np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w)
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx[:, :, p : H - p, p : W - p]


# %% wrong: averaged over the kernels
# diagnosis: averaged over the kernels
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            given = np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w) / len(w)
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx[:, :, p : p + height, p : p + width]


# %% wrong: weights left out
# diagnosis: multiply by its weight
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            given = g[:, :, i, j].sum(axis=1)[:, None, None, None]
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx[:, :, p : p + height, p : p + width]


# %% wrong: full convolution, always stride 1
# diagnosis: that is the formula for stride 1 without padding
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    kH, kW = w.shape[2:]
    N, K, oH, oW = g.shape
    around = np.zeros((N, K, height + kH - 1, width + kW - 1))
    around[:, :, kH - 1 : kH - 1 + oH, kW - 1 : kW - 1 + oW] = g
    under = np.lib.stride_tricks.sliding_window_view(around, (kH, kW), axis=(2, 3))
    return np.einsum("nkijuv,kcuv->ncij", under, w[:, :, ::-1, ::-1])


# %% wrong: the last row and column of places forgotten
# diagnosis: does a loop end too early
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2] - 1):
        for j in range(g.shape[3] - 1):
            given = np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w)
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx[:, :, p : p + height, p : p + width]


# %% wrong: the last kernel wins
# diagnosis: only the last kernel was used
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            for k in range(len(w)):
                given = g[:, k, i, j][:, None, None, None] * w[k]
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx[:, :, p : p + height, p : p + width]


# %% wrong: averaged over the images
# diagnosis: averaged over the images; the images do not mix
# points: 0
def input_gradient(g, w, height, width, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    dx = np.zeros((len(g), w.shape[1], height + 2 * p, width + 2 * p))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            given = np.einsum("nk,kcuv->ncuv", g[:, :, i, j], w)
            dx[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += given
    return dx[:, :, p : p + height, p : p + width] / len(g)
