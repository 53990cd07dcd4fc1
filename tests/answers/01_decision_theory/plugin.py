# %% right: loops and lists
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    K, A = loss.shape
    overall = [sum(1 for y in y_train if y == k) / len(y_train) for k in range(K)]
    table = []
    for x in range(M):
        seen = [y for u, y in zip(x_train, y_train) if u == x]
        q = [seen.count(k) / len(seen) for k in range(K)] if seen else overall
        risks = [sum(q[k] * loss[k, d] for k in range(K)) for d in range(A)]
        table.append(risks.index(min(risks)))
    return [table[x] for x in x_new]


# %% right: one new patient after the other
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    out = []
    for x in x_new:
        chosen = y_train[x_train == x] if np.any(x_train == x) else y_train
        out.append(int(np.argmin(loss[chosen].mean(axis=0))))
    return np.array(out)


# %% right: one-hot products in float32, with a warning
import warnings


def plug_in_classifier(x_train, y_train, x_new, loss, M):
    warnings.warn("one-hot")
    K = len(loss)
    counts = np.eye(M, dtype="float32")[x_train].T @ np.eye(K, dtype="float32")[y_train]
    q = np.tile(counts.sum(axis=0) / counts.sum(), (M, 1))
    seen = counts.sum(axis=1) > 0
    q[seen] = counts[seen] / counts[seen].sum(axis=1, keepdims=True)
    return (q @ loss).argmin(axis=1)[x_new].astype("float32")


# %% right: counts instead of fractions, printing
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.bincount(x_train * len(loss) + y_train, minlength=M * len(loss)).reshape(M, -1)
    print(counts)
    counts[counts.sum(axis=1) == 0] = counts.sum(axis=0)
    return np.argmin(counts[x_new] @ loss, axis=1)


# %% right: joint fractions: a factor for each answer changes nothing
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    K = loss.shape[0]
    q = np.array([[np.mean((x_train == x) & (y_train == k)) for k in range(K)] for x in range(M)])
    q[q.sum(axis=1) == 0] = [np.mean(y_train == k) for k in range(K)]
    return (q[x_new] @ loss).argmin(axis=1)


# %% wrong: answers never seen give zeros
# diagnosis: answer 3 never occurred
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.zeros((M, len(loss)))
    np.add.at(counts, (x_train, y_train), 1)
    q = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return np.argmin(q[x_new] @ loss, axis=1)


# %% wrong: division by zero for answers never seen
# diagnosis: answer 3 never occurred
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.zeros((M, len(loss)))
    np.add.at(counts, (x_train, y_train), 1)
    q = counts / counts.sum(axis=1, keepdims=True)
    return np.argmin(q[x_new] @ loss, axis=1)


# %% wrong: even chances for answers never seen
# diagnosis: answer 1 never occurred
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.zeros((M, len(loss)))
    np.add.at(counts, (x_train, y_train), 1)
    counts[counts.sum(axis=1) == 0] = 1
    q = counts / counts.sum(axis=1, keepdims=True)
    return np.argmin(q[x_new] @ loss, axis=1)


# %% wrong: costs left out
# diagnosis: costs left out
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.zeros((M, len(loss)))
    np.add.at(counts, (x_train, y_train), 1)
    counts[counts.sum(axis=1) == 0] = counts.sum(axis=0)
    return np.argmax(counts[x_new], axis=1)


# %% wrong: table transposed
# diagnosis: transposed
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.zeros((M, len(loss)))
    np.add.at(counts, (x_train, y_train), 1)
    counts[counts.sum(axis=1) == 0] = counts.sum(axis=0)
    return np.argmin(counts[x_new] @ loss.T, axis=1)


# %% wrong: normalised over the answers
# diagnosis: rows of q must sum to 1
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.zeros((M, len(loss)))
    np.add.at(counts, (x_train, y_train), 1)
    q = counts / counts.sum(axis=0)
    q[counts.sum(axis=1) == 0] = counts.sum(axis=0) / counts.sum()
    return np.argmin(q[x_new] @ loss, axis=1)


# %% wrong: counts smoothed
# diagnosis: smoothed
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.ones((M, len(loss)))
    np.add.at(counts, (x_train, y_train), 1)
    q = counts / counts.sum(axis=1, keepdims=True)
    return np.argmin(q[x_new] @ loss, axis=1)


# %% wrong: repeated indices counted once
# diagnosis: each record must count
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.zeros((M, len(loss)))
    counts[x_train, y_train] += 1
    counts[counts.sum(axis=1) == 0] = counts.sum(axis=0)
    return np.argmin(counts[x_new] / counts[x_new].sum(axis=1, keepdims=True) @ loss, axis=1)


# %% wrong: one decision for each possible answer
# diagnosis: one for each new patient
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.zeros((M, len(loss)))
    np.add.at(counts, (x_train, y_train), 1)
    counts[counts.sum(axis=1) == 0] = counts.sum(axis=0)
    return np.argmin(counts @ loss, axis=1)


# %% wrong: largest risk
# diagnosis: largest risk
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    counts = np.zeros((M, len(loss)))
    np.add.at(counts, (x_train, y_train), 1)
    counts[counts.sum(axis=1) == 0] = counts.sum(axis=0)
    return np.argmax(counts[x_new] @ loss, axis=1)


# %% wrong: classes counted in the data
# diagnosis: mismatch
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    K = y_train.max() + 1
    q = np.zeros((M, K))
    np.add.at(q, (x_train, y_train), 1)
    q[q.sum(axis=1) == 0] = q.sum(axis=0)
    return ((q / q.sum(axis=1, keepdims=True))[x_new] @ loss).argmin(axis=1)


# %% wrong: answers counted in the data
# diagnosis: out of bounds
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    q = np.zeros((x_train.max() + 1, len(loss)))
    np.add.at(q, (x_train, y_train), 1)
    return ((q / q.sum(axis=1, keepdims=True))[x_new] @ loss).argmin(axis=1)


# %% wrong: decides for the past patients
# diagnosis: past patients
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    q = np.zeros((M, len(loss)))
    np.add.at(q, (x_train, y_train), 1)
    q[q.sum(axis=1) == 0] = q.sum(axis=0)
    return ((q / q.sum(axis=1, keepdims=True))[x_train] @ loss).argmin(axis=1)


# %% wrong: returns the probabilities
# diagnosis: probabilities were returned
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    q = np.zeros((M, len(loss)))
    np.add.at(q, (x_train, y_train), 1)
    q[q.sum(axis=1) == 0] = q.sum(axis=0)
    return (q / q.sum(axis=1, keepdims=True))[x_new]


# %% wrong: the answer left out
# diagnosis: only the records with this answer
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    q = np.array([np.mean(y_train == k) for k in range(len(loss))])
    return np.full(len(x_new), (q @ loss).argmin())


# %% wrong: the average row for answers never seen
# diagnosis: no average of the rows
# points: 0
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    q = np.zeros((M, len(loss)))
    np.add.at(q, (x_train, y_train), 1)
    n = q.sum(axis=1, keepdims=True)
    q = q / np.maximum(n, 1)
    q[n[:, 0] == 0] = q[n[:, 0] > 0].mean(axis=0)
    return (q[x_new] @ loss).argmin(axis=1)


# %% wrong: fractions of the classes multiplied on top
# diagnosis: plug_in_classifier on
# points: 2
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    q = np.zeros((M, len(loss)))
    np.add.at(q, (x_train, y_train), 1)
    o = q.sum(axis=0)
    q[q.sum(axis=1) == 0] = 1
    return ((q * o)[x_new] @ loss).argmin(axis=1)
