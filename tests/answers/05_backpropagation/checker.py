# %% right: all entries at once, argmax
def check_gradient(f, gradient, x, h):
    n = np.empty(x.shape)
    for k in range(x.size):
        step = np.zeros(x.size)
        step[k] = h
        step = step.reshape(x.shape)
        n.flat[k] = (f(x + step) - f(x - step)) / (2 * h)
    error = np.abs(gradient - n) / np.maximum(1, np.maximum(np.abs(gradient), np.abs(n)))
    return error.max(), np.unravel_index(error.argmax(), x.shape)


# %% right: moved in place and put back, a list
def check_gradient(f, gradient, x, h):
    x, found = np.array(x), []
    for i, a in np.ndenumerate(gradient):
        kept = x[i]
        x[i] = kept + h
        up = f(x)
        x[i] = kept - h
        n = (up - f(x)) / (2 * h)
        x[i] = kept
        found.append([abs(a - n) / max(1, abs(a), abs(n)), i])
    return max(found, key=lambda pair: pair[0])


# %% right: dictionary, a warning, integers of NumPy
def check_gradient(f, gradient, x, h):
    import warnings

    warnings.warn("slow")
    errors = {}
    for i in np.ndindex(*x.shape):
        e = h * (np.arange(x.size).reshape(x.shape) == np.ravel_multi_index(i, x.shape))
        slope = (f(x + e) - f(x - e)) / 2 / h
        errors[i] = np.float32(abs(slope - gradient[i]) / max(abs(slope), abs(gradient[i]), 1.0))
    worst = max(errors, key=errors.get)
    return [errors[worst], tuple(np.int64(k) for k in worst)]


# %% wrong: forward difference
# diagnosis: forward differences were taken
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(x)) / h
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: x changed in place
# diagnosis: the argument was changed in place
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up = down = x
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        n = (above - f(x)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: entries stay moved
# diagnosis: an entry stays moved after its turn
# points: 0
def check_gradient(f, gradient, x, h):
    x = x.copy()
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        n = (above - f(x)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: divided by h
# diagnosis: divided by h, not by 2h
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / h
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: absolute error
# diagnosis: this is the absolute error
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n)
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: relative to n
# diagnosis: divided by |n| alone
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / abs(n)
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: no 1
# diagnosis: the 1 is missing in the denominator
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / max(abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: sum below
# diagnosis: divided by |a| + |n|
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / (abs(gradient[i]) + abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: no absolute value
# diagnosis: the absolute value is missing
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = (gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: best entry
# diagnosis: the smallest of the errors
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (np.inf, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error < worst[0]:
            worst = (error, i)
    return worst


# %% wrong: a count for the index
# diagnosis: tuple with one number for each axis
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst[0], np.ravel_multi_index(worst[1], x.shape)


# %% wrong: columns first
# diagnosis: the axes are in reverse order
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst[0], worst[1][::-1]


# %% wrong: counted from 1
# diagnosis: counted from 1
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst[0], tuple(k + 1 for k in worst[1])


# %% wrong: for vectors only
# diagnosis: ambiguous
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, (i,))
    return worst


# %% wrong: error alone
# diagnosis: the number of results
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst[0]


# %% wrong: pair swapped
# diagnosis: the two results are swapped
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst[1], worst[0]


# %% wrong: all entries moved at once
# diagnosis: all entries were moved at once
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up += h
        down -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: a count in a tuple
# diagnosis: np.unravel_index turns such a count
# points: 0
def check_gradient(f, gradient, x, h):
    n = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n[i] = (f(up) - f(down)) / (2 * h)
    errors = abs(gradient - n) / np.maximum(1, np.maximum(abs(gradient), abs(n)))
    return errors.max(), (int(errors.argmax()),)


# %% wrong: relative to a
# diagnosis: divided by |a| alone
# points: 0
def check_gradient(f, gradient, x, h):
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / abs(gradient[i])
        if error > worst[0]:
            worst = (error, i)
    return worst


# %% wrong: one norm
# diagnosis: one error for all entries
# points: 0
def check_gradient(f, gradient, x, h):
    n = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n[i] = (f(up) - f(down)) / (2 * h)
    error = np.linalg.norm(gradient - n) / max(np.linalg.norm(gradient), np.linalg.norm(n))
    return error, np.unravel_index(abs(gradient - n).argmax(), x.shape)


# %% wrong: mean error
# diagnosis: the mean of the errors
# points: 0
def check_gradient(f, gradient, x, h):
    n = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n[i] = (f(up) - f(down)) / (2 * h)
    errors = abs(gradient - n) / np.maximum(1, np.maximum(abs(gradient), abs(n)))
    return errors.mean(), np.unravel_index(errors.argmax(), x.shape)


# %% wrong: errors summed
# diagnosis: the sum of the errors
# points: 0
def check_gradient(f, gradient, x, h):
    n = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n[i] = (f(up) - f(down)) / (2 * h)
    errors = abs(gradient - n) / np.maximum(1, np.maximum(abs(gradient), abs(n)))
    return errors.sum(), np.unravel_index(errors.argmax(), x.shape)


# %% wrong: first wrong entry
# diagnosis: cubes, the error
# points: 0
def check_gradient(f, gradient, x, h):
    n = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n[i] = (f(up) - f(down)) / (2 * h)
    errors = abs(gradient - n) / np.maximum(1, np.maximum(abs(gradient), abs(n)))
    for i in np.ndindex(x.shape):
        if errors[i] > 1e-4:
            return errors[i], i
    return 0.0, i


# %% wrong: largest difference
# diagnosis: cubes, the error
# points: 0
def check_gradient(f, gradient, x, h):
    n = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n[i] = (f(up) - f(down)) / (2 * h)
    errors = abs(gradient - n) / np.maximum(1, np.maximum(abs(gradient), abs(n)))
    i = np.unravel_index(abs(gradient - n).argmax(), x.shape)
    return errors[i], i
