# %% right: while loop over plain lists
def train(X, y, max_epochs):
    w, counts = [0.0] * len(X[0]), []
    while len(counts) < max_epochs and (not counts or counts[-1]):
        counts.append(0)
        for row, label in zip(X, y):
            if label * sum(a * b for a, b in zip(w, row)) <= 0:
                w = [a + label * b for a, b in zip(w, row)]
                counts[-1] += 1
    return w, counts


# %% right: float32, counts as an array
def train(X, y, max_epochs):
    X, w, counts = X.astype(np.float32), np.zeros(X.shape[1], dtype=np.float32), []
    for epoch in range(max_epochs):
        count = 0
        for i in range(len(X)):
            if np.float32(y[i]) * (X[i] @ w) <= 0:
                w += np.float32(y[i]) * X[i]
                count += 1
        counts.append(count)
        if not count:
            break
    return w, np.array(counts)


# %% right: dual, counts how often each example was a mistake
def train(X, y, max_epochs):
    print("training in the dual")
    G, alpha, counts = X @ X.T, np.zeros(len(X)), []
    for _ in range(max_epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * np.sum(alpha * y * G[:, i]) <= 0:
                alpha[i] += 1
                count += 1
        counts.append(count)
        if count == 0:
            break
    return (alpha * y) @ X, counts


# %% right: one label-signed matrix
def train(X, y, max_epochs):
    Z = y[:, None] * X
    w, counts = np.zeros(Z.shape[1]), []
    for _ in range(max_epochs):
        counts.append(0)
        for z in Z:
            wrong = int(z @ w <= 0)
            w, counts[-1] = w + wrong * z, counts[-1] + wrong
        if counts[-1] == 0:
            return w, counts
    return w, counts


# %% wrong: never leaves zero
# diagnosis: still at w = 0
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if t * (w @ x) < 0:
                w, count = w + t * x, count + 1
        counts.append(count)
        if count == 0:
            break
    return w, counts


# %% wrong: last pass missing
# diagnosis: append, then stop
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w, count = w + t * x, count + 1
        if count == 0:
            break
        counts.append(count)
    return w, counts


# %% wrong: counter not reset
# diagnosis: set back to 0
# points: 0
def train(X, y, max_epochs):
    w, counts, count = np.zeros(X.shape[1]), [], 0
    for _ in range(max_epochs):
        before = count
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w, count = w + t * x, count + 1
        counts.append(count)
        if count == before:
            break
    return w, counts


# %% wrong: batch update
# diagnosis: corrected together
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        wrong = y * (X @ w) <= 0
        w = w + (wrong * y) @ X
        counts.append(int(wrong.sum()))
        if not wrong.any():
            break
    return w, counts


# %% wrong: does not stop
# diagnosis: went on after a pass
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        counts.append(0)
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w = w + t * x
                counts[-1] += 1
    return w, counts


# %% wrong: total instead of list
# diagnosis: the total was returned
# points: 0
def train(X, y, max_epochs):
    w, total = np.zeros(X.shape[1]), 0
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w, count = w + t * x, count + 1
        total += count
        if count == 0:
            break
    return w, total


# %% wrong: reverse order
# diagnosis: the examples were taken in reverse order
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        count = 0
        for i in reversed(range(len(X))):
            if y[i] * (w @ X[i]) <= 0:
                w, count = w + y[i] * X[i], count + 1
        counts.append(count)
        if count == 0:
            break
    return w, counts


# %% wrong: weights only
# diagnosis: two results
# points: 0
def train(X, y, max_epochs):
    w = np.zeros(X.shape[1])
    for _ in range(max_epochs):
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w = w + t * x
    return w


# %% wrong: one pass too many
# diagnosis: one pass too many
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    while len(counts) <= max_epochs:
        count = 0
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w, count = w + t * x, count + 1
        counts.append(count)
        if count == 0:
            break
    return w, counts


# %% right: recursion over passes, whole numbers as floats, a tuple
def train(X, y, max_epochs):
    def one_pass(w):
        count = 0.0
        for row, label in zip(X.tolist(), y.tolist()):
            if label * np.dot(w, row) <= 0:
                w, count = np.add(w, np.multiply(label, row)), count + 1
        return w, count

    w, counts = [0] * X.shape[1], ()
    for _ in range(max_epochs):
        w, count = one_pass(w)
        counts += (count,)
        if not count:
            break
    return [w, counts]


# %% wrong: results swapped
# diagnosis: swapped
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        counts.append(0)
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w = w + t * x
                counts[-1] += 1
        if counts[-1] == 0:
            break
    return counts, w


# %% wrong: rule for labels 0 and 1
# diagnosis: for labels 0 and 1
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        counts.append(0)
        for x, t in zip(X, y):
            error = t - int(w @ x >= 0)
            if error:
                w = w + error * x
                counts[-1] += 1
        if counts[-1] == 0:
            break
    return w, counts


# %% wrong: error of the signs
# diagnosis: ±2 on a mistake
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        counts.append(0)
        for x, t in zip(X, y):
            error = t - np.sign(w @ x)
            w = w + error * x
            counts[-1] += int(error != 0)
        if counts[-1] == 0:
            break
    return w, counts


# %% wrong: starts at one
# diagnosis: started at 1
# points: 0
def train(X, y, max_epochs):
    w, counts = np.ones(X.shape[1]), []
    for _ in range(max_epochs):
        counts.append(0)
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w = w + t * x
                counts[-1] += 1
        if counts[-1] == 0:
            break
    return w, counts


# %% wrong: counts at the end of each pass
# diagnosis: counted after each pass
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w = w + t * x
        counts.append(int((y * (X @ w) <= 0).sum()))
        if counts[-1] == 0:
            break
    return w, counts


# %% wrong: starts over after each mistake
# diagnosis: left at its first mistake
# points: 0
def train(X, y, max_epochs):
    w, counts = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        counts.append(0)
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w = w + t * x
                counts[-1] += 1
                break
        if counts[-1] == 0:
            break
    return w, counts


# %% wrong: places of the mistakes
# diagnosis: these are the places of the mistakes; one count for each pass
# points: 0
def train(X, y, max_epochs):
    w, places = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        before = len(places)
        for i in range(len(X)):
            if y[i] * (w @ X[i]) <= 0:
                w = w + y[i] * X[i]
                places.append(i)
        if len(places) == before:
            break
    return w, places


# %% wrong: always two weights
# diagnosis: matmul
# points: 0
def train(X, y, max_epochs):
    w, mistakes = np.zeros(2), []
    for _ in range(max_epochs):
        wrong = 0
        for x_i, y_i in zip(X, y):
            if y_i * (w @ x_i) <= 0:
                w, wrong = w + y_i * x_i, wrong + 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, mistakes
