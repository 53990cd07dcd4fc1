# %% right: by the sign
def update_plus_minus(w, x, y, step):
    e = float(np.dot(w, x))
    right = e > 0 if y == 1 else e < 0
    return w if right else w + step * y * x


# %% right: without a branch, as a list
def update_plus_minus(w, x, y, step):
    wrong = y * sum(a * b for a, b in zip(w, x)) <= 0
    return [a + wrong * step * y * b for a, b in zip(w, x)]


# %% right: float32 with a warning
def update_plus_minus(w, x, y, step):
    import warnings

    warnings.warn("this may be slow")
    w, x = np.asarray(w, dtype=np.float32), np.asarray(x, dtype=np.float32)
    return w + np.float32(step * y) * x * (y * (w @ x) <= 0)


# %% right: subgradient step of the hinge loss
def update_plus_minus(w, x, y, step):
    gradient = np.where(y * (w @ x) <= 0, -y * x, 0 * x)
    return w - step * gradient


# %% wrong: boundary is no mistake
# diagnosis: ≤ 0 is a mistake
# points: 1
def update_plus_minus(w, x, y, step):
    return w + step * y * x if y * (w @ x) < 0 else w


# %% wrong: label forgotten
# diagnosis: is the factor y missing
# points: 0
def update_plus_minus(w, x, y, step):
    return w + step * x if y * (w @ x) <= 0 else w


# %% wrong: always
# diagnosis: update on mistakes only
# points: 0
def update_plus_minus(w, x, y, step):
    return w + step * y * x


# %% wrong: the other convention's error
# diagnosis: subtracted twice
# points: 0
def update_plus_minus(w, x, y, step):
    answer = 1 if w @ x >= 0 else -1
    return w + step * (y - answer) * x


# %% wrong: step forgotten
# diagnosis: step was left out
# points: 0
def update_plus_minus(w, x, y, step):
    return w + y * x if y * (w @ x) <= 0 else w


# %% wrong: in place
# diagnosis: changed in place
# points: 1
def update_plus_minus(w, x, y, step):
    if y * (w @ x) <= 0:
        w += step * y * x
    return w


# %% wrong: updates on right answers
# diagnosis: nothing changed, though
# points: 0
def update_plus_minus(w, x, y, step):
    return w + step * y * x if y * (w @ x) > 0 else w


# %% wrong: returns only on a mistake
# diagnosis: nothing was returned
# points: 0
def update_plus_minus(w, x, y, step):
    if y * (w @ x) <= 0:
        return w + step * y * x


# %% right: NumPy's sign, negative zeros
def update_plus_minus(w, x, y, step):
    mistake = float(np.sign(np.dot(w, x)) != y)
    return -(-w - step * mistake * y * x)


# %% wrong: sign flipped
# diagnosis: a sign flipped
# points: 0
def update_plus_minus(w, x, y, step):
    return w - step * y * x if y * (w @ x) <= 0 else w


# %% wrong: step on the whole
# diagnosis: multiplies the change
# points: 0
def update_plus_minus(w, x, y, step):
    return step * (w + y * x) if y * (w @ x) <= 0 else w


# %% wrong: the other convention's boundary
# diagnosis: y = +1: at wᵀx = 0 nothing changed
# points: 1
def update_plus_minus(w, x, y, step):
    fires = w @ x >= 0
    return w + step * y * x if fires != (y > 0) else w
