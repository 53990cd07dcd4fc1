# %% right: a further column, then renamed
def decide_or_reject(posterior, loss, cost):
    options = loss.shape[1]
    risk = np.column_stack([posterior @ loss, np.full(len(posterior), cost)])
    best = risk.argmin(axis=1)
    return [-1 if d == options else int(d) for d in best]


# %% right: loops and lists
def decide_or_reject(posterior, loss, cost):
    out = []
    for p in posterior:
        risks = [float(p @ loss[:, d]) for d in range(loss.shape[1])]
        least = min(risks)
        out.append(-1 if least > cost else risks.index(least))
    return out


# %% right: in place on a float32 copy, with a warning
import warnings


def decide_or_reject(posterior, loss, cost):
    warnings.warn("float32 on the way")
    risk = (posterior @ loss).astype("float32")
    decisions = risk.argmin(axis=1).astype("float32")
    decisions[risk.min(axis=1) > cost] = -1
    return decisions


# %% wrong: nobody referred
# diagnosis: nobody is referred
# points: 0
def decide_or_reject(posterior, loss, cost):
    return (posterior @ loss).argmin(axis=1)


# %% wrong: wrong way round
# diagnosis: the wrong way round
# points: 0
def decide_or_reject(posterior, loss, cost):
    risk = posterior @ loss
    return np.where(risk.min(axis=1) < cost, -1, risk.argmin(axis=1))


# %% wrong: number after the last decision
# diagnosis: a referral is -1
# points: 0
def decide_or_reject(posterior, loss, cost):
    risk = np.column_stack([posterior @ loss, np.full(len(posterior), cost)])
    return risk.argmin(axis=1)


# %% wrong: largest risk compared
# diagnosis: the largest or the mean
# points: 0
def decide_or_reject(posterior, loss, cost):
    risk = posterior @ loss
    return np.where(risk.max(axis=1) > cost, -1, risk.argmin(axis=1))


# %% wrong: Chow's rule for any loss
# diagnosis: nobody is referred
# points: 0
def decide_or_reject(posterior, loss, cost):
    risk = posterior @ loss
    return np.where(posterior.max(axis=1) < 1 - cost, -1, risk.argmin(axis=1))


# %% wrong: a probability compared with the cost
# diagnosis: a probability was compared
# points: 0
def decide_or_reject(posterior, loss, cost):
    risk = posterior @ loss
    return np.where(posterior.max(axis=1) > cost, -1, risk.argmin(axis=1))


# %% wrong: the most probable class where it decides
# diagnosis: costs left out
# points: 0
def decide_or_reject(posterior, loss, cost):
    return np.where((posterior @ loss).min(axis=1) > cost, -1, posterior.argmax(axis=1))


# %% wrong: refers at equal cost
# diagnosis: at equal cost
# points: 2
def decide_or_reject(posterior, loss, cost):
    risk = posterior @ loss
    return np.where(risk.min(axis=1) >= cost, -1, risk.argmin(axis=1))


# %% wrong: who is referred, as booleans
# diagnosis: who is referred
# points: 0
def decide_or_reject(posterior, loss, cost):
    return (posterior @ loss).min(axis=1) > cost


# %% wrong: None for a referral
# diagnosis: not None
# points: 0
def decide_or_reject(posterior, loss, cost):
    r = posterior @ loss
    return [None if row.min() > cost else int(row.argmin()) for row in r]


# %% wrong: mean risk compared
# diagnosis: the largest or the mean
# points: 0
def decide_or_reject(posterior, loss, cost):
    r = posterior @ loss
    return np.where(r.mean(axis=1) > cost, -1, r.argmin(axis=1))


# %% wrong: the referred left out
# diagnosis: left out
# points: 0
def decide_or_reject(posterior, loss, cost):
    r = posterior @ loss
    return r.argmin(axis=1)[r.min(axis=1) <= cost]


# %% wrong: table transposed
# diagnosis: transposed
# points: 0
def decide_or_reject(posterior, loss, cost):
    r = posterior @ loss.T
    return np.where(r.min(axis=1) > cost, -1, r.argmin(axis=1))


# %% wrong: referring as the first column, so that it wins ties
# diagnosis: at equal cost
# points: 2
def decide_or_reject(posterior, loss, cost):
    r = np.column_stack([np.full(len(posterior), cost), posterior @ loss])
    return r.argmin(axis=1) - 1
