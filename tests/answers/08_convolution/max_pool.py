# %% right: window by window
def max_pool(x, size, stride):
    N, C, H, W = x.shape
    rows, columns = range(0, H - size + 1, stride), range(0, W - size + 1, stride)
    return [
        [
            [[x[n, c, i : i + size, j : j + size].max() for j in columns] for i in rows]
            for c in range(C)
        ]
        for n in range(N)
    ]


# %% right: sliding windows, float32
def max_pool(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(np.float32(x), (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))


# %% right: the largest of shifted images
def max_pool(x, size, stride):
    import warnings

    warnings.warn("shifting")
    oH, oW = (x.shape[2] - size) // stride + 1, (x.shape[3] - size) // stride + 1
    y = np.full((*x.shape[:2], oH, oW), -np.inf)
    for u in range(size):
        for v in range(size):
            rows = slice(u, u + stride * (oH - 1) + 1, stride)
            columns = slice(v, v + stride * (oW - 1) + 1, stride)
            y = np.maximum(y, x[:, :, rows, columns])
    return y


# %% right: PyTorch
def max_pool(x, size, stride):
    import torch

    print("asking PyTorch")
    return torch.nn.functional.max_pool2d(torch.tensor(x), size, stride)


# %% wrong: mean
# diagnosis: mean of each window was taken
# points: 0
def max_pool(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].mean(axis=(4, 5))


# %% wrong: smallest
# diagnosis: smallest entry was taken
# points: 0
def max_pool(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].min(axis=(4, 5))


# %% wrong: stride ignored
# diagnosis: the windows stand `size` apart
# points: 0
def max_pool(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::size, ::size].max(axis=(4, 5))


# %% wrong: stride one
# diagnosis: the windows stand one pixel apart
# points: 0
def max_pool(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows.max(axis=(4, 5))


# %% wrong: search begins at zero
# diagnosis: must not begin at 0
# points: 0
def max_pool(x, size, stride):
    oH, oW = (x.shape[2] - size) // stride + 1, (x.shape[3] - size) // stride + 1
    y = np.zeros((*x.shape[:2], oH, oW))
    for n, c, i, j, u, v in np.ndindex(*y.shape, size, size):
        y[n, c, i, j] = max(y[n, c, i, j], x[n, c, i * stride + u, j * stride + v])
    return y


# %% wrong: over the channels
# diagnosis: each channel is pooled for itself
# points: 0
def max_pool(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    y = windows[:, :, ::stride, ::stride].max(axis=(1, 4, 5))
    return np.repeat(y[:, None], x.shape[1], axis=1)


# %% wrong: windows that stick out
# diagnosis: windows that stick out were counted
# points: 0
def max_pool(x, size, stride):
    H, W = x.shape[2:]
    oH, oW = -((size - H) // stride) + 1, -((size - W) // stride) + 1
    y = np.zeros((*x.shape[:2], oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            y[:, :, i, j] = window.max(axis=(2, 3))
    return y


# %% wrong: blocks by reshaping
# diagnosis: stride was ignored
# points: 0
def max_pool(x, size, stride):
    N, C, H, W = x.shape
    blocks = x[:, :, : H // size * size, : W // size * size]
    return blocks.reshape(N, C, H // size, size, W // size, size).max(axis=(3, 5))


# %% wrong: largest absolute value
# diagnosis: largest absolute value
# points: 0
def max_pool(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(abs(x), (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))


# %% wrong: size without the + 1
# diagnosis: one place too few in each direction
# points: 0
def max_pool(x, size, stride):
    oH, oW = (x.shape[2] - size) // stride, (x.shape[3] - size) // stride
    y = np.zeros((*x.shape[:2], oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            y[:, :, i, j] = window.max(axis=(2, 3))
    return y


# %% wrong: all channels together
# diagnosis: all channels were pooled to one
# points: 0
def max_pool(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(1, 4, 5))[:, None]


# %% wrong: sum
# diagnosis: the sum of each window was taken
# points: 0
def max_pool(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].sum(axis=(4, 5))


# %% wrong: a window at every multiple of the stride
# diagnosis: windows begin wherever there is a pixel
# points: 0
def max_pool(x, size, stride):
    tops, lefts = range(0, x.shape[2], stride), range(0, x.shape[3], stride)
    y = np.zeros((*x.shape[:2], len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            y[:, :, i, j] = x[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return y
