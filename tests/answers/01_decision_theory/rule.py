# %% right: loops and lists
def bayes_rule(posterior, loss):
    decisions = []
    for row in posterior.tolist():
        risks = [
            sum(p * line[d] for p, line in zip(row, loss.tolist())) for d in range(loss.shape[1])
        ]
        decisions.append(risks.index(min(risks)))
    return decisions


# %% right: in float32, returned as floats
def bayes_rule(posterior, loss):
    risk = posterior.astype("float32") @ loss.astype("float32")
    return risk.argmin(axis=1).astype("float32")


# %% right: argmax of the gain, with a warning
import warnings


def bayes_rule(posterior, loss):
    warnings.warn("maximising gains")
    return np.argmax(-(loss.T @ posterior.T), axis=0)


# %% right: sorting, stable on ties
def bayes_rule(posterior, loss):
    print("sorting")
    return np.argsort(posterior @ loss, axis=1, kind="stable")[:, 0]


# %% wrong: costs left out
# diagnosis: costs left out
# points: 0
def bayes_rule(posterior, loss):
    return posterior.argmax(axis=1)


# %% wrong: largest risk
# diagnosis: largest risk
# points: 0
def bayes_rule(posterior, loss):
    return np.argmax(posterior @ loss, axis=1)


# %% wrong: table transposed
# diagnosis: transposed
# points: 0
def bayes_rule(posterior, loss):
    return np.argmin(posterior @ loss.T, axis=1)


# %% wrong: wrong axis
# diagnosis: wrong axis
# points: 0
def bayes_rule(posterior, loss):
    return np.argmin(posterior @ loss, axis=0)


# %% wrong: the risks instead of their places
# diagnosis: not the decisions
# points: 0
def bayes_rule(posterior, loss):
    return np.min(posterior @ loss, axis=1)


# %% wrong: ties go to the last
# diagnosis: tie
# points: 2
def bayes_rule(posterior, loss):
    risk = posterior @ loss
    return risk.shape[1] - 1 - np.argmin(risk[:, ::-1], axis=1)


# %% wrong: two sevenths written in, for two decisions
# diagnosis: decision 2 is never taken
# points: 0
def bayes_rule(posterior, loss):
    return posterior[:, 1] > 2 / 7


# %% wrong: argmin without an axis
# diagnosis: along the axis of the decisions
# points: 0
def bayes_rule(posterior, loss):
    return np.argmin(posterior @ loss)


# %% wrong: decisions counted from one
# diagnosis: counted from 0
# points: 0
def bayes_rule(posterior, loss):
    return (posterior @ loss).argmin(axis=1) + 1


# %% wrong: one-hot rows
# diagnosis: a table of 0 and 1
# points: 0
def bayes_rule(posterior, loss):
    r = posterior @ loss
    return (r == r.min(axis=1, keepdims=True)).astype(int)


# %% wrong: a column
# diagnosis: a column
# points: 0
def bayes_rule(posterior, loss):
    return (posterior @ loss).argmin(axis=1)[:, None]


# %% wrong: the least probable class
# diagnosis: least probable class
# points: 0
def bayes_rule(posterior, loss):
    return posterior.argmin(axis=1)


# %% wrong: only the last decision survives the loop
# diagnosis: collect one decision
# points: 0
def bayes_rule(posterior, loss):
    for p in posterior:
        r = p @ loss
        d = r.argmin()
    return d
