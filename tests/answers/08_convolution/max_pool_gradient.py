# %% right: PyTorch's derivative
def max_pool_gradient(g, x, size, stride):
    import torch

    x = torch.tensor(x, requires_grad=True)
    torch.nn.functional.max_pool2d(x, size, stride).backward(torch.tensor(g))
    return x.grad


# %% right: all images at once, with indices, float32
def max_pool_gradient(g, x, size, stride):
    N, C, oH, oW = g.shape
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride].reshape(N, C, oH, oW, -1)
    u, v = np.divmod(windows.argmax(axis=-1), size)
    n, c, i, j = np.ogrid[:N, :C, :oH, :oW]
    dx = np.zeros(x.shape, np.float32)
    np.add.at(dx, (n, c, i * stride + u, j * stride + v), g)
    return dx


# %% right: looking through the window with loops
def max_pool_gradient(g, x, size, stride):
    import warnings

    warnings.warn("six loops")
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        best = None
        for u in range(size):
            for v in range(size):
                place = n, c, i * stride + u, j * stride + v
                if best is None or x[place] > x[best]:
                    best = place
        dx[best] += g[n, c, i, j]
    return dx.tolist()


# %% right: unravelled index
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(*g.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        view = dx[n, c, rows, columns]
        view[np.unravel_index(np.argmax(x[n, c, rows, columns]), (size, size))] += g[n, c, i, j]
    return dx


# %% wrong: to all entries
# diagnosis: all entries of a window got the gradient
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            rows = slice(i * stride, i * stride + size)
            columns = slice(j * stride, j * stride + size)
            dx[:, :, rows, columns] += g[:, :, i, j, None, None]
    return dx


# %% wrong: shared as in average pooling
# diagnosis: belongs to average pooling
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            rows = slice(i * stride, i * stride + size)
            columns = slice(j * stride, j * stride + size)
            dx[:, :, rows, columns] += g[:, :, i, j, None, None] / size**2
    return dx


# %% wrong: a mask, so ties get it all
# diagnosis: at a tie several entries got the gradient
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            rows = slice(i * stride, i * stride + size)
            columns = slice(j * stride, j * stride + size)
            window = x[:, :, rows, columns]
            won = window == window.max(axis=(2, 3), keepdims=True)
            dx[:, :, rows, columns] += won * g[:, :, i, j, None, None]
    return dx


# %% wrong: ties share
# diagnosis: at a tie the gradient was shared
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        window = x[n, c, rows, columns]
        won = window == window.max()
        dx[n, c, rows, columns] += won / won.sum() * g[n, c, i, j]
    return dx


# %% wrong: overwritten
# diagnosis: an entry that wins in several windows adds up
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(int(window.argmax()), size)
        dx[n, c, i * stride + u, j * stride + v] = g[n, c, i, j]
    return dx


# %% wrong: whole windows overwritten
# diagnosis: a later window wiped out
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        given = np.zeros(size * size)
        given[x[n, c, rows, columns].argmax()] = g[n, c, i, j]
        dx[n, c, rows, columns] = given.reshape(size, size)
    return dx


# %% wrong: index in the window taken for one in the image
# diagnosis: add the window's row and column
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(int(window.argmax()), size)
        dx[n, c, u, v] += g[n, c, i, j]
    return dx


# %% wrong: ones
# diagnosis: incoming gradient g was left out
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(int(window.argmax()), size)
        dx[n, c, i * stride + u, j * stride + v] += 1
    return dx


# %% wrong: times the entry
# diagnosis: the slope of the maximum is 1
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(int(window.argmax()), size)
        dx[n, c, i * stride + u, j * stride + v] += g[n, c, i, j] * window.max()
    return dx


# %% wrong: last of a tie
# diagnosis: the last entry got the gradient
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        best = n, c, i * stride, j * stride
        for u, v in np.ndindex(size, size):
            place = n, c, i * stride + u, j * stride + v
            best = place if x[place] >= x[best] else best
        dx[best] += g[n, c, i, j]
    return dx


# %% wrong: stride taken for the size
# diagnosis: the windows stand `size` apart
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        window = x[n, c, i * size : i * size + size, j * size : j * size + size]
        if window.size:
            u, v = divmod(int(window.argmax()), window.shape[1])
            dx[n, c, i * size + u, j * size + v] += g[n, c, i, j]
    return dx


# %% wrong: the entries instead of the gradient
# diagnosis: the largest entries themselves came back
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(int(window.argmax()), size)
        dx[n, c, i * stride + u, j * stride + v] = window.max()
    return dx


# %% wrong: stride one
# diagnosis: the windows stand one pixel apart
# points: 0
def max_pool_gradient(g, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*g.shape):
        window = x[n, c, i : i + size, j : j + size]
        u, v = divmod(int(window.argmax()), window.shape[1])
        dx[n, c, i + u, j + v] += g[n, c, i, j]
    return dx
