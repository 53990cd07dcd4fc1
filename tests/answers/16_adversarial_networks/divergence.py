# %% right: entropies
def jensen_shannon(p, q):
    def entropy(r):
        return -sum(v * np.log(v) for v in r if v > 0)

    return entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2


# %% right: from the value of the game
def jensen_shannon(p, q):
    D = np.where(p + q > 0, p / np.where(p + q > 0, p + q, 1), 0.5)
    V = sum(a * np.log(d) for a, d in zip(p, D) if a > 0)
    V += sum(b * np.log(1 - d) for b, d in zip(q, D) if b > 0)
    print(V)
    return (V + np.log(4)) / 2


# %% right: scipy
def jensen_shannon(p, q):
    from scipy.special import rel_entr

    m = (p + q) / 2
    return (rel_entr(p, m) + rel_entr(q, m)).sum() / 2


# %% right: float32, a list of one number unpacked, with a warning
def jensen_shannon(p, q):
    import warnings

    warnings.warn("float32")
    p, q = np.float32(p), np.float32(q)
    m = (p + q) / 2
    safe = np.where(m > 0, m, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * np.log(p / safe), 0) + np.where(q > 0, q * np.log(q / safe), 0)
    return np.float32(terms.sum() / 2)


# %% wrong: not halved
# diagnosis: the two divergences were added; take half of each
# points: 0
def jensen_shannon(p, q):
    def kl(r, m):
        return (r[r > 0] * np.log(r[r > 0] / m[r > 0])).sum()

    m = (p + q) / 2
    return kl(p, m) + kl(q, m)


# %% wrong: NaN where an entry is 0
# diagnosis: NaN in the result
# points: 0
def jensen_shannon(p, q):
    m = (p + q) / 2
    with np.errstate(all="ignore"):
        return ((p * np.log(p / m)).sum() + (q * np.log(q / m)).sum()) / 2


# %% wrong: Kullback–Leibler
# diagnosis: both are compared with the middle
# points: 0
def jensen_shannon(p, q):
    with np.errstate(all="ignore"):
        return np.where(p > 0, p * np.log(p / q), 0).sum()


# %% wrong: compared with each other
# diagnosis: p was compared with q and q with p
# points: 0
def jensen_shannon(p, q):
    with np.errstate(all="ignore"):
        return ((p * np.log(p / q)).sum() + (q * np.log(q / p)).sum()) / 2


# %% wrong: the middle is not halved
# diagnosis: the middle is (p + q)/2, not p + q
# points: 0
def jensen_shannon(p, q):
    def kl(r, m):
        return (r[r > 0] * np.log(r[r > 0] / m[r > 0])).sum()

    return (kl(p, p + q) + kl(q, p + q)) / 2


# %% wrong: in bits
# diagnosis: in bits (log base 2)
# points: 0
def jensen_shannon(p, q):
    def kl(r, m):
        return (r[r > 0] * np.log2(r[r > 0] / m[r > 0])).sum()

    return (kl(p, (p + q) / 2) + kl(q, (p + q) / 2)) / 2


# %% wrong: scipy's distance
# diagnosis: that is the Jensen–Shannon distance
# points: 0
def jensen_shannon(p, q):
    from scipy.spatial.distance import jensenshannon

    return jensenshannon(p, q)


# %% wrong: p only
# diagnosis: only p was compared with the middle
# points: 0
def jensen_shannon(p, q):
    m = (p + q) / 2
    return (p[p > 0] * np.log(p[p > 0] / m[p > 0])).sum()


# %% wrong: the fraction upside down
# diagnosis: the sign is flipped
# points: 0
def jensen_shannon(p, q):
    def kl(r, m):
        return (r[r > 0] * np.log(m[r > 0] / r[r > 0])).sum()

    return (kl(p, (p + q) / 2) + kl(q, (p + q) / 2)) / 2


# %% wrong: the value of the game
# diagnosis: that is the value of the game
# points: 0
def jensen_shannon(p, q):
    def part(r):
        return (r[r > 0] * np.log(r[r > 0] / (p + q)[r > 0])).sum()

    return part(p) + part(q)


# %% wrong: total variation
# diagnosis: the total variation
# points: 0
def jensen_shannon(p, q):
    return np.abs(p - q).sum() / 2


# %% wrong: means for sums
# diagnosis: averaged over the places
# points: 0
def jensen_shannon(p, q):
    m = (p + q) / 2
    a = np.where(p > 0, p, 1)
    b = np.where(q > 0, q, 1)
    safe = np.where(m > 0, m, 1)
    return (np.where(p > 0, p * np.log(a / safe), 0).mean() + (q * np.log(b / safe)).mean()) / 2


# %% wrong: the middle not selected
# diagnosis: m was not shortened
# points: 0
def jensen_shannon(p, q):
    m = (p + q) / 2
    p, q = p[p > 0], q[q > 0]
    return ((p * np.log(p / m)).sum() + (q * np.log(q / m)).sum()) / 2


# %% wrong: one selection for both
# diagnosis: were left out of both sums
# points: 0
def jensen_shannon(p, q):
    there = (p > 0) & (q > 0)
    p, q = p[there], q[there]
    m = (p + q) / 2
    return ((p * np.log(p / m)).sum() + (q * np.log(q / m)).sum()) / 2
