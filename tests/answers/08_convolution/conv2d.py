# %% right: seven loops
def conv2d(x, w, b, stride, padding):
    N, C, H, W = x.shape
    K, _, kH, kW = w.shape
    oH, oW = (H + 2 * padding - kH) // stride + 1, (W + 2 * padding - kW) // stride + 1
    y = np.zeros((N, K, oH, oW))
    for n, k, i, j in np.ndindex(N, K, oH, oW):
        total = b[k]
        for c, u, v in np.ndindex(C, kH, kW):
            row, column = i * stride + u - padding, j * stride + v - padding
            if 0 <= row < H and 0 <= column < W:
                total += w[k, c, u, v] * x[n, c, row, column]
        y[n, k, i, j] = total
    return y


# %% right: sliding windows in float32
def conv2d(x, w, b, stride, padding):
    p = padding
    x = np.pad(np.float32(x), ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    y = np.tensordot(windows, np.float32(w), axes=([1, 4, 5], [1, 2, 3]))
    return y.transpose(0, 3, 1, 2) + np.float32(b)[:, None, None]


# %% right: columns and one matrix product, as lists
def conv2d(x, w, b, stride, padding):
    print("im2col")
    N, C, H, W = x.shape
    K, _, kH, kW = w.shape
    big = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    big[:, :, padding : padding + H, padding : padding + W] = x
    tops = range(0, big.shape[2] - kH + 1, stride)
    lefts = range(0, big.shape[3] - kW + 1, stride)
    columns = [big[:, :, t : t + kH, l : l + kW].reshape(N, -1) for t in tops for l in lefts]
    y = np.stack(columns) @ w.reshape(K, -1).T + b  # (oH·oW, N, K)
    return y.transpose(1, 2, 0).reshape(N, K, len(tops), len(lefts)).tolist()


# %% right: PyTorch
def conv2d(x, w, b, stride, padding):
    import torch

    x, w, b = (torch.tensor(a) for a in (x, w, b))
    return torch.nn.functional.conv2d(x, w, b, stride=stride, padding=padding)


# %% right: SciPy's convolution of the flipped kernel
def conv2d(x, w, b, stride, padding):
    import warnings

    from scipy.signal import convolve2d

    warnings.warn("flipping twice")
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    maps = [
        [
            sum(convolve2d(x[n, c], w[k, c, ::-1, ::-1], mode="valid") for c in range(x.shape[1]))
            + b[k]
            for k in range(len(w))
        ]
        for n in range(len(x))
    ]
    return np.array(maps)[:, :, ::stride, ::stride]


# %% wrong: kernel flipped
# diagnosis: turned by 180°, which is convolution proper
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x, w = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))), w[:, :, ::-1, ::-1]
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            y[:, :, i, j] = np.einsum("ncuv,kcuv->nk", window, w) + b
    return y


# %% wrong: bias forgotten
# diagnosis: bias was left out
# points: 0
def conv2d(x, w, b, stride, padding):
    import torch

    x, w = torch.tensor(x), torch.tensor(w)
    return torch.nn.functional.conv2d(x, w, stride=stride, padding=padding)


# %% wrong: padding at the beginning only
# diagnosis: padded at the top and left only
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, 0), (p, 0)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            y[:, :, i, j] = np.einsum("ncuv,kcuv->nk", window, w) + b
    return y


# %% wrong: padding ignored
# diagnosis: padding was left out
# points: 0
def conv2d(x, w, b, stride, padding):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    y = np.einsum("ncijuv,kcuv->nkij", windows[:, :, ::stride, ::stride], w)
    return y + b[:, None, None]


# %% wrong: stride ignored
# diagnosis: stride was ignored
# points: 0
def conv2d(x, w, b, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    return np.einsum("ncijuv,kcuv->nkij", windows, w) + b[:, None, None]


# %% wrong: channels not summed
# diagnosis: channels were kept apart
# points: 0
def conv2d(x, w, b, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    y = np.einsum("ncijuv,kcuv->nkcij", windows[:, :, ::stride, ::stride], w)
    return (
        (y + b[:, None, None, None]).squeeze(2) if x.shape[1] == 1 else y + b[:, None, None, None]
    )


# %% wrong: the first channel alone
# diagnosis: only the first channel was used
# points: 0
def conv2d(x, w, b, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    y = np.einsum("nijuv,kuv->nkij", windows[:, 0, ::stride, ::stride], w[:, 0])
    return y + b[:, None, None]


# %% wrong: the last channel wins
# diagnosis: is there `=` where `+=` should stand
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            for c in range(x.shape[1]):
                window = x[:, c, i * stride : i * stride + kH, j * stride : j * stride + kW]
                y[:, :, i, j] = np.einsum("nuv,kuv->nk", window, w[:, c])
    return y + b[:, None, None]


# %% wrong: bias once per channel
# diagnosis: once per channel
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            for c in range(x.shape[1]):
                window = x[:, c, i * stride : i * stride + kH, j * stride : j * stride + kW]
                y[:, :, i, j] += np.einsum("nuv,kuv->nk", window, w[:, c]) + b
    return y


# %% wrong: mean instead of sum
# diagnosis: each window was averaged
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for k, i, j in np.ndindex(len(w), oH, oW):
        window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
        y[:, k, i, j] = (window * w[k]).mean(axis=(1, 2, 3)) + b[k]
    return y


# %% wrong: bias along the columns
# diagnosis: bias was added along the columns
# points: 0
def conv2d(x, w, b, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    return np.einsum("ncijuv,kcuv->nkij", windows[:, :, ::stride, ::stride], w) + b


# %% wrong: input padded in place of the argument
# diagnosis: argument was changed in place
# points: 3
def conv2d(x, w, b, stride, padding):
    import torch

    x *= 2
    y = torch.nn.functional.conv2d(
        torch.tensor(x / 2), torch.tensor(w), torch.tensor(b), stride=stride, padding=padding
    )
    return y.numpy()


# %% wrong: edge pixels repeated around the image
# diagnosis: nearest pixels; pad with zeros
# points: 0
def conv2d(x, w, b, stride, padding):
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    y = np.einsum("ncijuv,kcuv->nkij", windows[:, :, ::stride, ::stride], w)
    return y + b[:, None, None]


# %% wrong: square kernels only
# diagnosis: height was used for its width too
# points: 0
def conv2d(x, w, b, stride, padding):
    p, k = padding, w.shape[2]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - k) // stride + 1, (x.shape[3] - k) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for m, i, j in np.ndindex(len(w), oH, oW):
        window = x[:, :, i * stride : i * stride + k, j * stride : j * stride + k]
        y[:, m, i, j] = (window * w[m]).sum(axis=(1, 2, 3)) + b[m]
    return y


# %% wrong: minus zero as the end of a slice
# diagnosis: into shape (1,1,0,0)
# points: 0
def conv2d(x, w, b, stride, padding):
    import torch

    big = np.zeros((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding))
    big[:, :, padding:-padding, padding:-padding] = x
    x, w, b = torch.tensor(big), torch.tensor(w), torch.tensor(b)
    return torch.nn.functional.conv2d(x, w, b, stride=stride)


# %% wrong: size without the + 1
# diagnosis: one place too few in each direction
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride, (x.shape[3] - kW) // stride
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            y[:, :, i, j] = np.einsum("ncuv,kcuv->nk", window, w) + b
    return y


# %% wrong: rows and columns of the kernel swapped
# diagnosis: rows and columns of the kernel are swapped
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            y[:, :, i, j] = np.einsum("ncuv,kcvu->nk", window, w) + b
    return y


# %% wrong: stride for the size only
# diagnosis: used for the number of windows, not for their places
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i : i + kH, j : j + kW]
            y[:, :, i, j] = np.einsum("ncuv,kcuv->nk", window, w) + b
    return y


# %% wrong: image n with kernel n
# diagnosis: image n met kernel n only
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            y[:, :, i, j] = (window * w).sum(axis=(1, 2, 3)) + b
    return y


# %% wrong: all axes padded
# diagnosis: all four axes were padded
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, p)
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            y[:, :, i, j] = np.einsum("ncuv,kcuv->nk", window, w) + b
    return y


# %% wrong: padding at the end only
# diagnosis: padded at the bottom and right only
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (0, p), (0, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            y[:, :, i, j] = np.einsum("ncuv,kcuv->nk", window, w) + b
    return y


# %% wrong: rows padded only
# diagnosis: rows were padded, but no columns
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (0, 0)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            y[:, :, i, j] = np.einsum("ncuv,kcuv->nk", window, w) + b
    return y


# %% wrong: columns padded only
# diagnosis: columns were padded, but no rows
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (0, 0), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for i in range(oH):
        for j in range(oW):
            window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            y[:, :, i, j] = np.einsum("ncuv,kcuv->nk", window, w) + b
    return y


# %% wrong: mean over the channels
# diagnosis: the channels were averaged
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for k, i, j in np.ndindex(len(w), oH, oW):
        window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
        y[:, k, i, j] = (window * w[k]).sum(axis=(2, 3)).mean(axis=1) + b[k]
    return y


# %% wrong: bias inside the sum
# diagnosis: the bias was added for each weight
# points: 0
def conv2d(x, w, b, stride, padding):
    p, (kH, kW) = padding, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oH, oW = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    y = np.zeros((len(x), len(w), oH, oW))
    for k, i, j in np.ndindex(len(w), oH, oW):
        window = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
        y[:, k, i, j] = (window * w[k] + b[k]).sum(axis=(1, 2, 3))
    return y
