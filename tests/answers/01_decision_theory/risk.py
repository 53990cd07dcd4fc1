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
