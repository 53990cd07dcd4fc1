# %% right: one formula on lists
def threshold(loss):
    (a, b), (c, d) = loss.tolist()
    return (b - a) / (b - a + c - d)


# %% right: bisection on the difference of the risks
def threshold(loss):
    low, high = 0.0, 1.0
    for _ in range(60):
        p = (low + high) / 2
        home, treat = np.array([1 - p, p]) @ loss
        low, high = (low, p) if treat < home else (p, high)
    return low


# %% right: linear system, float32 zero-dimensional array
def threshold(loss):
    slope = loss[1, 0] - loss[1, 1] - loss[0, 0] + loss[0, 1]
    return np.linalg.solve([[slope]], [loss[0, 1] - loss[0, 0]])[0].astype(np.float32)


# %% right: odds first, with a warning
import warnings


def threshold(loss):
    warnings.warn("odds")
    odds = (loss[0, 1] - loss[0, 0]) / (loss[1, 0] - loss[1, 1])
    return odds / (1 + odds)


# %% right: exact fractions
def threshold(loss):
    from fractions import Fraction as F

    a = F(float(loss[0, 1])) - F(float(loss[0, 0]))
    b = F(float(loss[1, 0])) - F(float(loss[1, 1]))
    return a / (a + b)


# %% wrong: misses and false alarms swapped
# diagnosis: swapped
# points: 0
def threshold(loss):
    a, b = loss[0, 1] - loss[0, 0], loss[1, 0] - loss[1, 1]
    return b / (a + b)


# %% wrong: one half
# diagnosis: one half
# points: 0
def threshold(loss):
    return 0.5


# %% wrong: ratio of the costs
# diagnosis: the ratio of the two costs
# points: 0
def threshold(loss):
    return (loss[0, 1] - loss[0, 0]) / (loss[1, 0] - loss[1, 1])


# %% wrong: diagonal left out
# diagnosis: the diagonal was left out
# points: 0
def threshold(loss):
    return loss[0, 1] / (loss[0, 1] + loss[1, 0])


# %% wrong: diagonal added
# diagnosis: the diagonal was added
# points: 0
def threshold(loss):
    a, b = loss[0, 1] + loss[0, 0], loss[1, 0] + loss[1, 1]
    return a / (a + b)


# %% wrong: rows mixed
# diagnosis: from two rows
# points: 0
def threshold(loss):
    if loss[1, 1] == loss[0, 1]:
        return 2 / 5
    a, b = loss[0, 1] - loss[1, 1], loss[1, 0] - loss[0, 0]
    return a / (a + b)


# %% wrong: in percent
# diagnosis: in percent
# points: 0
def threshold(loss):
    a, b = loss[0, 1] - loss[0, 0], loss[1, 0] - loss[1, 1]
    return 100 * a / (a + b)


# %% wrong: the visible tests written in
# diagnosis: threshold of
# points: 1
def threshold(loss):
    return {(0, 2, 5, 0): 2 / 7, (0, 2, 5, 2): 2 / 5}.get(tuple(loss.ravel().tolist()), 0.3)


# %% wrong: sign of a regret
# diagnosis: a sign is wrong
# points: 0
def threshold(loss):
    a = loss[0, 1] - loss[0, 0]
    b = loss[1, 1] - loss[1, 0]
    return a / (a + b)


# %% wrong: brackets forgotten
# diagnosis: mind the brackets
# points: 0
def threshold(loss):
    return loss[0, 1] - loss[0, 0] / (loss[0, 1] - loss[0, 0] + loss[1, 0] - loss[1, 1])


# %% wrong: rounded to two digits
# diagnosis: rounded
# points: 0
def threshold(loss):
    a = loss[0, 1] - loss[0, 0]
    b = loss[1, 0] - loss[1, 1]
    return round(a / (a + b), 2)


# %% wrong: whole-number division
# diagnosis: whole-number division
# points: 0
def threshold(loss):
    a = loss[0, 1] - loss[0, 0]
    b = loss[1, 0] - loss[1, 1]
    return a // (a + b)


# %% wrong: columns compared instead of rows
# diagnosis: from two rows
# points: 0
def threshold(loss):
    a = loss[0, 1] - loss[1, 1]
    b = loss[1, 0] - loss[0, 0]
    return a / (a + b)


# %% wrong: as text
# diagnosis: not str
# points: 0
def threshold(loss):
    a = loss[0, 1] - loss[0, 0]
    b = loss[1, 0] - loss[1, 1]
    return f"{a / (a + b):.3f}"
