# %% right: three loops over lists
def risk_matrix(posterior, loss):
    result = []
    for row in posterior:
        risks = []
        for d in range(len(loss[0])):
            risks.append(sum(row[y] * loss[y][d] for y in range(len(row))))
        result.append(risks)
    return result


# %% right: einsum in float32
def risk_matrix(posterior, loss):
    return np.einsum("ny,yd->nd", posterior.astype(np.float32), loss.astype(np.float32))


# %% right: broadcasting, with a warning and a print
import warnings


def risk_matrix(posterior, loss):
    warnings.warn("computing risks")
    print(posterior.shape, loss.shape)
    return (posterior[:, :, None] * loss[None, :, :]).sum(axis=1)


# %% right: a tuple of tuples
def risk_matrix(posterior, loss):
    return tuple(tuple(float(v) for v in row) for row in posterior @ loss)


# %% wrong: table transposed
# diagnosis: transposed
# points: 0
def risk_matrix(posterior, loss):
    return posterior @ loss.T


# %% wrong: divided by the number of classes
# diagnosis: averaged over the classes
# points: 0
def risk_matrix(posterior, loss):
    return (posterior[:, :, None] * loss).mean(axis=1)


# %% wrong: probabilities left out
# diagnosis: unweighted
# points: 0
def risk_matrix(posterior, loss):
    return np.tile(loss.sum(axis=0), (len(posterior), 1))


# %% wrong: only the most probable class counts
# diagnosis: most probable class alone
# points: 0
def risk_matrix(posterior, loss):
    return loss[posterior.argmax(axis=1)]


# %% wrong: decisions in rows
# diagnosis: transposed
# points: 0
def risk_matrix(posterior, loss):
    return (posterior @ loss).T


# %% wrong: return forgotten
# diagnosis: is the `return` missing
# points: 0
def risk_matrix(posterior, loss):
    risk = posterior @ loss
    print(risk)


# %% wrong: two decisions only
# diagnosis: the shape is (2, 2), expected (2, 3)
# points: 0
def risk_matrix(posterior, loss):
    return np.stack([posterior @ loss[:, 0], posterior @ loss[:, 1]], axis=1)


# %% wrong: multiplied entry by entry
# diagnosis: entries multiplied one by one
# points: 0
def risk_matrix(posterior, loss):
    return posterior * loss


# %% wrong: posterior transposed
# diagnosis: posterior was used transposed
# points: 0
def risk_matrix(posterior, loss):
    return posterior.T @ loss


# %% wrong: only the least risk of each patient
# diagnosis: only the least risk
# points: 0
def risk_matrix(posterior, loss):
    return (posterior @ loss).min(axis=1)


# %% wrong: filled into an array of integers
# diagnosis: integer array
# points: 0
def risk_matrix(posterior, loss):
    out = np.zeros((len(posterior), loss.shape[1]), dtype=int)
    for n in range(len(posterior)):
        out[n] = posterior[n] @ loss
    return out


# %% wrong: as gains, below zero
# diagnosis: sign flipped
# points: 0
def risk_matrix(posterior, loss):
    return -(posterior @ loss)
