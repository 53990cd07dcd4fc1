# %% right: by cases
def update_zero_one(w, x, y, rate):
    fires = sum(a * b for a, b in zip(w, x)) >= 0
    if fires and y == 0:
        return w - rate * x
    if not fires and y == 1:
        return w + rate * x
    return w


# %% right: heaviside and a list
def update_zero_one(w, x, y, rate):
    error = y - np.heaviside(np.dot(w, x), 1.0)
    return [wi + rate * error * xi for wi, xi in zip(w, x)]


# %% right: float32, printed
def update_zero_one(w, x, y, rate):
    w, x = np.float32(w), np.float32(x)
    print("excitation", w @ x)
    return w + np.float32(rate * (y - (w @ x >= 0))) * x


# %% right: in place on a copy
def update_zero_one(w, x, y, rate):
    new = w.copy()
    new += rate * (y - int(new @ x >= 0)) * x
    return new


# %% wrong: in place
# diagnosis: changed in place
# points: 1
def update_zero_one(w, x, y, rate):
    w += rate * (y - int(w @ x >= 0)) * x
    return w


# %% wrong: sign flipped
# diagnosis: sign is flipped
# points: 0
def update_zero_one(w, x, y, rate):
    return w + rate * (int(w @ x >= 0) - y) * x


# %% wrong: excitation for answer
# diagnosis: excitation was used
# points: 0
def update_zero_one(w, x, y, rate):
    return w + rate * (y - w @ x) * x


# %% wrong: rate forgotten
# diagnosis: rate was left out
# points: 0
def update_zero_one(w, x, y, rate):
    return w + (y - int(w @ x >= 0)) * x


# %% wrong: strict step
# diagnosis: at wᵀx = 0 the neuron answers 1
# points: 1
def update_zero_one(w, x, y, rate):
    return w + rate * (y - int(w @ x > 0)) * x


# %% wrong: updates always towards the label
# diagnosis: for y = 0 too
# points: 0
def update_zero_one(w, x, y, rate):
    return w + rate * y * x


# %% wrong: dot product for product
# diagnosis: one number came back
# points: 0
def update_zero_one(w, x, y, rate):
    return w @ x + rate * (y - int(w @ x >= 0))


# %% wrong: input forgotten
# diagnosis: not multiplied by x
# points: 0
def update_zero_one(w, x, y, rate):
    return w + rate * (y - int(w @ x >= 0))


# %% right: Boolean answer, integer arrays inside
def update_zero_one(w, x, y, rate):
    fires = bool(np.vdot(w, x) >= 0)
    return np.add(w, rate * (int(y) - fires) * np.asarray(x))


# %% wrong: logistic function for the step
# diagnosis: not the logistic function
# points: 0
def update_zero_one(w, x, y, rate):
    return w + rate * (y - 1 / (1 + np.exp(-(w @ x)))) * x


# %% wrong: sign for the step
# diagnosis: not −1 or +1
# points: 0
def update_zero_one(w, x, y, rate):
    return w + rate * (y - np.sign(w @ x)) * x


# %% wrong: product entry by entry
# diagnosis: w * x used for w @ x
# points: 0
def update_zero_one(w, x, y, rate):
    return w + rate * (y - (w * x >= 0)) * x


# %% wrong: bias not learnt
# diagnosis: was the bias left out
# points: 0
def update_zero_one(w, x, y, rate):
    new = w.copy()
    new[1:] += rate * (y - int(w @ x >= 0)) * x[1:]
    return new


# %% wrong: updates right answers too
# diagnosis: changed although the answer was right
# points: 0
def update_zero_one(w, x, y, rate):
    return w + rate * (1 if y == 1 else -1) * x
