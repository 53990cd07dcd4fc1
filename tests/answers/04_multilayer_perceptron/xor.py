# %% right: folded along the other diagonal
def xor_network(off, on):
    gap, both = on - off, on + off
    W1 = [[-1 / gap, -1 / gap], [1 / gap, 1 / gap]]
    return W1, [both / gap, -both / gap], [-1, -1], 1


# %% right: counting the inputs that are on, float32
def xor_network(off, on):
    W1 = np.full((2, 2), 1 / (on - off), dtype=np.float32)
    count = -2 * off / (on - off)  # what makes the excitation the number of inputs that are on
    return W1, np.float32([count, count - 1]), np.float32([1, -2]), np.float32(0)


# %% right: scaled units, three of them, one idle
def xor_network(off, on):
    print("three units, the last one always off")
    W1 = np.array([[7.0, -7.0], [-0.5, 0.5], [0, 0]])
    return W1, [0, 0, -1.0], np.array([1 / 7, 2, 99]) / (on - off), np.array(0.0)


# %% right: solved for, with a warning
def xor_network(off, on):
    import warnings

    warnings.warn("least squares")
    X = np.array([[off, off], [off, on], [on, off], [on, on]])
    W1, b1 = np.array([[1.0, 1], [1, 1]]), np.array([-2 * off, -off - on])
    hidden = np.column_stack([np.maximum(X @ W1.T + b1, 0), np.ones(4)])
    *w2, b2 = np.linalg.lstsq(hidden, np.array([0.0, 1, 1, 0]), rcond=None)[0]
    return W1, b1, w2, [b2]


# %% wrong: the chapter's network for 0 and 1, difference
# diagnosis: right up to a factor
# points: 0
def xor_network(off, on):
    return [[1, -1], [-1, 1]], [0, 0], [1, 1], 0


# %% wrong: the chapter's network for 0 and 1, sum
# diagnosis: right for inputs 0 and 1
# points: 0
def xor_network(off, on):
    return [[-1, -1], [1, 1]], [1, -1], [-1, -1], 1


# %% wrong: units as columns
# diagnosis: with W1 transposed
# points: 0
def xor_network(off, on):
    gap, both = on - off, on + off
    W1 = np.array([[-1, -1], [1, 1]]).T / gap
    return W1, [both / gap, -both / gap], [-1, -1], 1


# %% wrong: sign of the biases
# diagnosis: with the signs of b1 flipped
# points: 0
def xor_network(off, on):
    gap, both = on - off, on + off
    W1 = np.array([[-1, -1], [1, 1]]) / gap
    return W1, [-both / gap, both / gap], [-1, -1], 1


# %% wrong: output bias forgotten
# diagnosis: with another b2
# points: 0
def xor_network(off, on):
    gap, both = on - off, on + off
    W1 = np.array([[-1, -1], [1, 1]]) / gap
    return W1, [both / gap, -both / gap], [-1, -1], 0


# %% wrong: equal instead of different
# diagnosis: the answers are the opposite ones
# points: 0
def xor_network(off, on):
    W1 = np.array([[1, -1], [-1, 1]]) / (on - off)
    return W1, [0, 0], [-1, -1], 1


# %% wrong: one unit only
# diagnosis: a second unit can see it
# points: 0
def xor_network(off, on):
    return np.array([[1.0, -1.0]]) / (on - off), [0], [1], 0


# %% wrong: OR
# diagnosis: this is OR
# points: 0
def xor_network(off, on):
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]]) / (on - off)
    return W1, [-2 * off / (on - off), -2 * off / (on - off) - 1], [1, -1], 0


# %% wrong: the second unit counts once
# diagnosis: this is OR
# points: 0
def xor_network(off, on):
    count = -2 * off / (on - off)
    return np.ones((2, 2)) / (on - off), [count, count - 1], [1, -1], 0.0


# %% wrong: threshold units in mind
# diagnosis: with threshold units, which answer 0 or 1
# points: 0
def xor_network(off, on):
    middle = (off + on) / 2
    W1 = [[1, 1], [1, 1]]
    return W1, [-(off + middle), -(on + middle)], [1, -1], 0


# %% wrong: shapes of nn.Linear for the output
# diagnosis: w2 should have shape (H,)
# points: 0
def xor_network(off, on):
    W1 = np.array([[1, -1], [-1, 1]]) / (on - off)
    return W1, [0, 0], [[1, 1]], [0]


# %% wrong: three parts
# diagnosis: four parts are asked for
# points: 0
def xor_network(off, on):
    return np.array([[1, -1], [-1, 1]]) / (on - off), [0, 0], [1, 1]


# %% wrong: one bias for both units
# diagnosis: b1 should have shape (H,)
# points: 0
def xor_network(off, on):
    return np.array([[1, -1], [-1, 1]]) / (on - off), 0, [1, 1], 0


# %% wrong: scaled by on alone
# diagnosis: right up to a factor
# points: 0
def xor_network(off, on):
    return np.array([[1, -1], [-1, 1]]) / on, [0, 0], [1, 1], 0


# %% wrong: a linear network
# diagnosis: all four outputs are equal
# points: 0
def xor_network(off, on):
    return [[0, 0], [0, 0]], [0, 0], [1, 1], 0.5


# %% wrong: tuned to the visible levels
# diagnosis: times what it should be
# points: 2
def xor_network(off, on):
    gap = {0: 1, -1: 2}.get(off, 5) if on == 1 else 5
    return np.array([[1, -1], [-1, 1]]) / gap, [0, 0], [1, 1], 0
