# %% right: scikit-learn
def roc_points(scores, anomalous):
    from sklearn.metrics import roc_curve

    false_rate, true_rate, _ = roc_curve(anomalous, scores, drop_intermediate=False)
    return false_rate, true_rate


# %% right: sorted once
def roc_points(scores, anomalous):
    order = np.argsort(-scores, kind="stable")
    falling, truth = scores[order], anomalous[order]
    last = np.append(np.diff(falling) != 0, True)
    true = np.cumsum(truth)[last] / truth.sum()
    false = np.cumsum(~truth)[last] / (~truth).sum()
    return np.insert(false, 0, 0.0).astype(np.float32), np.insert(true, 0, 0.0)


# %% right: counting in lists
def roc_points(scores, anomalous):
    import warnings

    warnings.warn("loops")
    pairs = list(zip(scores.tolist(), anomalous.tolist(), strict=True))
    false_rate, true_rate = [0], [0]
    for t in sorted(set(scores.tolist()), reverse=True):
        alarms = [truth for score, truth in pairs if score >= t]
        true_rate.append(sum(alarms) / int(anomalous.sum()))
        false_rate.append((len(alarms) - sum(alarms)) / int((~anomalous).sum()))
    return false_rate, true_rate


# %% right: a table of all thresholds
def roc_points(scores, anomalous):
    t = np.append(np.inf, np.unique(scores)[::-1])[:, None]
    alarm = scores >= t
    print("no loop")
    return alarm[:, ~anomalous].mean(axis=1), alarm[:, anomalous].mean(axis=1)


# %% wrong: rates exchanged
# diagnosis: the two rates are exchanged
# points: 0
def roc_points(scores, anomalous):
    t = [np.inf, *np.unique(scores)[::-1]]
    true_rate = [(scores[anomalous] >= u).mean() for u in t]
    return true_rate, [(scores[~anomalous] >= u).mean() for u in t]


# %% wrong: backwards
# diagnosis: the curve runs backwards
# points: 0
def roc_points(scores, anomalous):
    t = [*np.unique(scores), np.inf]
    true_rate = [(scores[anomalous] >= u).mean() for u in t]
    return [(scores[~anomalous] >= u).mean() for u in t], true_rate


# %% wrong: no first point
# diagnosis: the point (0, 0) is missing
# points: 0
def roc_points(scores, anomalous):
    t = np.unique(scores)[::-1]
    true_rate = [(scores[anomalous] >= u).mean() for u in t]
    return [(scores[~anomalous] >= u).mean() for u in t], true_rate


# %% wrong: a point for each example
# diagnosis: equal scores cross the threshold together
# points: 0
def roc_points(scores, anomalous):
    truth = anomalous[np.argsort(-scores, kind="stable")]
    false, true = np.cumsum(~truth) / (~truth).sum(), np.cumsum(truth) / truth.sum()
    return np.insert(false, 0, 0.0), np.insert(true, 0, 0.0)


# %% wrong: strictly above
# diagnosis: the last point should be (1, 1)
# points: 0
def roc_points(scores, anomalous):
    t = [np.inf, *np.unique(scores)[::-1]]
    true_rate = [(scores[anomalous] > u).mean() for u in t]
    return [(scores[~anomalous] > u).mean() for u in t], true_rate


# %% wrong: low scores raise the alarm
# diagnosis: low scores raised the alarm
# points: 0
def roc_points(scores, anomalous):
    t = [-np.inf, *np.unique(scores)]
    true_rate = [(scores[anomalous] <= u).mean() for u in t]
    return [(scores[~anomalous] <= u).mean() for u in t], true_rate


# %% wrong: divided by all examples
# diagnosis: alarms were divided by the number of all examples
# points: 0
def roc_points(scores, anomalous):
    t = [np.inf, *np.unique(scores)[::-1]]
    true_rate = [((scores >= u) & anomalous).mean() for u in t]
    return [((scores >= u) & ~anomalous).mean() for u in t], true_rate


# %% wrong: counts
# diagnosis: alarms were counted
# points: 0
def roc_points(scores, anomalous):
    t = [np.inf, *np.unique(scores)[::-1]]
    true_rate = [((scores >= u) & anomalous).sum() for u in t]
    return [((scores >= u) & ~anomalous).sum() for u in t], true_rate


# %% wrong: true negatives
# diagnosis: the rate of true *negatives* came first
# points: 0
def roc_points(scores, anomalous):
    t = [np.inf, *np.unique(scores)[::-1]]
    true_rate = [(scores[anomalous] >= u).mean() for u in t]
    return [(scores[~anomalous] < u).mean() for u in t], true_rate


# %% wrong: precision
# diagnosis: precision stands where the rate of true alarms belongs
# points: 0
def roc_points(scores, anomalous):
    t = [np.inf, *np.unique(scores)[::-1]]
    precision = [anomalous[scores >= u].mean() if (scores >= u).any() else 0.0 for u in t]
    return [(scores[~anomalous] >= u).mean() for u in t], precision


# %% wrong: points as pairs
# diagnosis: return false_rate, true_rate
# points: 0
def roc_points(scores, anomalous):
    return [
        ((scores[~anomalous] >= u).mean(), (scores[anomalous] >= u).mean())
        for u in [np.inf, *np.unique(scores)[::-1]]
    ]


# %% wrong: each score a threshold
# diagnosis: equal scores make one point
# points: 0
def roc_points(scores, anomalous):
    t = [np.inf, *np.sort(scores)[::-1]]
    false_rate = [(scores[~anomalous] >= u).mean() for u in t]
    return false_rate, [(scores[anomalous] >= u).mean() for u in t]


# %% wrong: one minus the truth
# diagnosis: selects by position
# points: 0
def roc_points(scores, anomalous):
    t = [np.inf, *np.unique(scores)[::-1]]
    false_rate = [(scores[1 - anomalous] >= u).mean() for u in t]
    return false_rate, [(scores[anomalous] >= u).mean() for u in t]
