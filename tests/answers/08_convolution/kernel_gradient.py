# %% right: every product by itself
def kernel_gradient(g, x, kH, kW, stride, padding):
    N, K, oH, oW = g.shape
    _, C, H, W = x.shape
    dw = np.zeros((K, C, kH, kW))
    for n, k, i, j, c, u, v in np.ndindex(N, K, oH, oW, C, kH, kW):
        row, column = i * stride + u - padding, j * stride + v - padding
        if 0 <= row < H and 0 <= column < W:
            dw[k, c, u, v] += g[n, k, i, j] * x[n, c, row, column]
    return dw


# %% right: one product over all windows, float32
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(np.float32(x), ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride][:, :, : g.shape[2], : g.shape[3]]
    return np.einsum("nkij,ncijuv->kcuv", np.float32(g), windows)


# %% right: PyTorch's derivative
def kernel_gradient(g, x, kH, kW, stride, padding):
    import torch

    w = torch.zeros(g.shape[1], x.shape[1], kH, kW, dtype=torch.float64, requires_grad=True)
    y = torch.nn.functional.conv2d(torch.tensor(x), w, stride=stride, padding=padding)
    (y * torch.tensor(g)).sum().backward()
    return w.grad.numpy()


# %% right: one weight after the other, a strided piece of the image at once
def kernel_gradient(g, x, kH, kW, stride, padding):
    import warnings

    warnings.warn("one weight at a time")
    p, (oH, oW) = padding, g.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dw = [[[[0.0] * kW for _ in range(kH)] for _ in range(x.shape[1])] for _ in range(g.shape[1])]
    for k, c, u, v in np.ndindex(g.shape[1], x.shape[1], kH, kW):
        met = x[:, c, u : u + stride * oH : stride, v : v + stride * oW : stride]
        dw[k][c][u][v] = float((met * g[:, k]).sum())
    return dw


# %% wrong: averaged over the images
# diagnosis: averaged over the images
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("nkij,ncijuv->kcuv", g, windows) / len(x)


# %% wrong: averaged over the places
# diagnosis: averaged over the places
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("nkij,ncijuv->kcuv", g, windows) / (g.shape[2] * g.shape[3])


# %% wrong: kernel flipped
# diagnosis: turned by 180°: weight (u, v) meets
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("nkij,ncijuv->kcuv", g, windows)[:, :, ::-1, ::-1]


# %% wrong: stride ignored
# diagnosis: stride was ignored
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dw = np.zeros((g.shape[1], x.shape[1], kH, kW))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            window = x[:, :, i : i + kH, j : j + kW]
            dw += np.einsum("nk,ncuv->kcuv", g[:, :, i, j], window)
    return dw


# %% wrong: last place only
# diagnosis: only the last place counts
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dw = np.einsum("nk,ncuv->kcuv", g[:, :, i, j], window)
    return dw


# %% wrong: first image only
# diagnosis: only the first image counts
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dw = np.zeros((g.shape[1], x.shape[1], kH, kW))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            window = x[0, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dw += np.einsum("k,cuv->kcuv", g[0, :, i, j], window)
    return dw


# %% wrong: axes of kernels and channels swapped
# diagnosis: axes of kernels and channels are swapped
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(2, 3))
    return np.einsum("nkij,ncijuv->ckuv", g, windows[:, :, ::stride, ::stride])


# %% wrong: padding ignored
# diagnosis: not moved by the padding
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = 2 * padding
    x = np.pad(x, ((0, 0), (0, 0), (0, p), (0, p)))
    dw = np.zeros((g.shape[1], x.shape[1], kH, kW))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dw += np.einsum("nk,ncuv->kcuv", g[:, :, i, j], window)
    return dw


# %% wrong: image not padded at all
# diagnosis: could not be broadcast together
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    dw = np.zeros((g.shape[1], x.shape[1], kH, kW))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dw += np.einsum("nk,ncuv->kcuv", g[:, :, i, j], window)
    return dw


# %% wrong: channels summed
# diagnosis: each channel of a kernel has its own weights
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dw = np.zeros((g.shape[1], x.shape[1], kH, kW))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dw += np.einsum("nk,ncuv->kuv", g[:, :, i, j], window)[:, None]
    return dw


# %% wrong: gradient left out
# diagnosis: gradient g was left out
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.broadcast_to(windows.sum(axis=(0, 2, 3)), (g.shape[1], x.shape[1], kH, kW))


# %% wrong: the last row and column of places forgotten
# diagnosis: does a loop end too early
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dw = np.zeros((g.shape[1], x.shape[1], kH, kW))
    for i in range(g.shape[2] - 1):
        for j in range(g.shape[3] - 1):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dw += np.einsum("nk,ncuv->kcuv", g[:, :, i, j], window)
    return dw


# %% wrong: rows and columns of the kernel swapped
# diagnosis: rows and columns of the kernel are swapped
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dw = np.zeros((g.shape[1], x.shape[1], kW, kH))
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dw += np.einsum("nk,ncuv->kcvu", g[:, :, i, j], window)
    return dw


# %% wrong: first place only
# diagnosis: only the first place counts
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    return np.einsum("nk,ncuv->kcuv", g[:, :, 0, 0], x[:, :, :kH, :kW])


# %% wrong: the last image wins
# diagnosis: only the last image counts
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    for n in range(len(x)):
        dw = np.einsum("kij,cijuv->kcuv", g[n], windows[n])
    return dw


# %% wrong: padding at the beginning only
# diagnosis: padded at the top and left only
# points: 0
def kernel_gradient(g, x, kH, kW, stride, padding):
    p = 2 * padding
    x = np.pad(x, ((0, 0), (0, 0), (p, 0), (p, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(2, 3))
    return np.einsum("nkij,ncijuv->kcuv", g, windows[:, :, ::stride, ::stride])
