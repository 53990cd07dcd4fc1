# %% right: scikit-learn
def auc(scores, anomalous):
    from sklearn.metrics import roc_auc_score

    return roc_auc_score(anomalous, scores)


# %% right: two loops
def auc(scores, anomalous):
    import warnings

    warnings.warn("all pairs")
    total = 0.0
    for a in scores[anomalous]:
        for b in scores[~anomalous]:
            total += 1 if a > b else 0.5 if a == b else 0
    return total / (anomalous.sum() * (~anomalous).sum())


# %% right: ranks
def auc(scores, anomalous):
    from scipy.stats import rankdata

    n = anomalous.sum()
    print("the statistic of Mann and Whitney")
    return (rankdata(scores)[anomalous].sum() - n * (n + 1) / 2) / (n * (len(scores) - n))


# %% right: trapezia, single precision
def auc(scores, anomalous):
    t = [np.inf, *np.unique(scores)[::-1]]
    false = np.array([(scores[~anomalous] >= u).mean() for u in t])
    true = np.array([(scores[anomalous] >= u).mean() for u in t])
    return np.float32((np.diff(false) * (true[1:] + true[:-1]) / 2).sum())


# %% right: half of a difference
def auc(scores, anomalous):
    return (np.sign(scores[anomalous][:, None] - scores[~anomalous]).mean() + 1) / 2


# %% wrong: flipped
# diagnosis: flipped: an anomaly should have the *higher* score
# points: 0
def auc(scores, anomalous):
    high, low = scores[anomalous][:, None], scores[~anomalous]
    return (high < low).mean() + 0.5 * (high == low).mean()


# %% wrong: ties left out
# diagnosis: ties count one half; they were left out
# points: 0
def auc(scores, anomalous):
    return (scores[anomalous][:, None] > scores[~anomalous]).mean()


# %% wrong: ties in full
# diagnosis: ties count one half; they were counted in full
# points: 0
def auc(scores, anomalous):
    return (scores[anomalous][:, None] >= scores[~anomalous]).mean()


# %% wrong: ranks without ties
# diagnosis: equal scores share a rank
# points: 0
def auc(scores, anomalous):
    ranks = np.argsort(np.argsort(scores, kind="stable"), kind="stable") + 1
    n = anomalous.sum()
    return (ranks[anomalous].sum() - n * (n + 1) / 2) / (n * (len(scores) - n))


# %% wrong: rectangles
# diagnosis: ties count one half
# points: 0
def auc(scores, anomalous):
    t = [np.inf, *np.unique(scores)[::-1]]
    false = np.array([(scores[~anomalous] >= u).mean() for u in t])
    true = np.array([(scores[anomalous] >= u).mean() for u in t])
    return (np.diff(false) * true[1:]).sum()


# %% wrong: from the end to the beginning
# diagnosis: followed from (1, 1) to (0, 0)
# points: 0
def auc(scores, anomalous):
    t = [*np.unique(scores), np.inf]
    false = np.array([(scores[~anomalous] >= u).mean() for u in t])
    true = np.array([(scores[anomalous] >= u).mean() for u in t])
    return np.trapezoid(true, false)


# %% wrong: wins counted
# diagnosis: divide by the number of pairs
# points: 0
def auc(scores, anomalous):
    high, low = scores[anomalous][:, None], scores[~anomalous]
    return (high > low).sum() + 0.5 * (high == low).sum()


# %% wrong: between −1 and 1
# diagnosis: the difference of wins and losses came back
# points: 0
def auc(scores, anomalous):
    return np.sign(scores[anomalous][:, None] - scores[~anomalous]).mean()


# %% wrong: accuracy at the median
# diagnosis: no threshold is chosen here
# points: 0
def auc(scores, anomalous):
    return ((scores > np.median(scores)) == anomalous).mean()


# %% wrong: a whole table
# diagnosis: one number is asked for
# points: 0
def auc(scores, anomalous):
    high, low = scores[anomalous][:, None], scores[~anomalous]
    return (high > low) + 0.5 * (high == low)
