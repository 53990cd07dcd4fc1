# %% right: sorted by pairs
def retrieve(query, H, thresholds, count):
    asked = [q > t for q, t in zip(query, thresholds, strict=True)]
    ranked = []
    for row, h in enumerate(H):
        differ = sum((v > t) != a for v, t, a in zip(h, thresholds, asked, strict=True))
        ranked.append((differ, row))
    return [row for _, row in sorted(ranked)[:count]]


# %% right: signs and a dot product
def retrieve(query, H, thresholds, count):
    a, B = np.where(query > thresholds, 1, -1), np.where(thresholds < H, 1, -1)
    print("agreements minus differences")
    return np.argsort(-(B @ a), kind="stable")[:count]


# %% right: packed into whole numbers, bits counted
def retrieve(query, H, thresholds, count):
    import warnings

    warnings.warn("exclusive or")
    powers = [1 << k for k in range(len(query))]

    def number(h):
        return sum(p for p, v, t in zip(powers, h, thresholds, strict=True) if v > t)

    differ = [(number(h) ^ number(query)).bit_count() for h in H]
    return sorted(range(len(H)), key=differ.__getitem__)[:count]


# %% right: SciPy's distances, single precision rows
def retrieve(query, H, thresholds, count):
    from scipy.spatial.distance import cdist

    differ = cdist([query > thresholds], thresholds < H, "cityblock")[0]
    return np.lexsort((np.arange(len(H)), differ))[:count].astype(np.float32)


# %% wrong: Euclidean distance of the codes
# diagnosis: the codes were compared as real numbers (Euclidean distance)
# points: 0
def retrieve(query, H, thresholds, count):
    return np.argsort(((H - query) ** 2).sum(axis=1), kind="stable")[:count]


# %% wrong: farthest first
# diagnosis: the rows that differ most came first
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds < H) != (query > thresholds)).sum(axis=1)
    return np.argsort(-differ, kind="stable")[:count]


# %% wrong: ties backwards
# diagnosis: at equal distance the smaller row comes first
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds < H) != (query > thresholds)).sum(axis=1)
    return np.lexsort((-np.arange(len(H)), differ))[:count]


# %% wrong: one half for all
# diagnosis: 0.5 stands where the thresholds belong
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((H > 0.5) != (query > 0.5)).sum(axis=1)
    return np.argsort(differ, kind="stable")[:count]


# %% wrong: at the threshold counted as above
# diagnosis: at the threshold it is 0
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds <= H) != (query >= thresholds)).sum(axis=1)
    return np.argsort(differ, kind="stable")[:count]


# %% wrong: common ones only
# diagnosis: only common ones were counted
# points: 0
def retrieve(query, H, thresholds, count):
    common = ((thresholds < H) & (query > thresholds)).sum(axis=1)
    return np.argsort(-common, kind="stable")[:count]


# %% wrong: from 1
# diagnosis: counted from 0, not from 1
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds < H) != (query > thresholds)).sum(axis=1)
    return np.argsort(differ, kind="stable")[:count] + 1


# %% wrong: distances
# diagnosis: distances came back
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds < H) != (query > thresholds)).sum(axis=1)
    return np.sort(differ)[:count]


# %% wrong: all rows
# diagnosis: all rows came back
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds < H) != (query > thresholds)).sum(axis=1)
    return np.argsort(differ, kind="stable")


# %% wrong: bits read as a number
# diagnosis: the bits were read as one number
# points: 0
def retrieve(query, H, thresholds, count):
    powers = 2 ** np.arange(len(query))[::-1]
    return np.argsort(
        abs((thresholds < H) @ powers - (query > thresholds) @ powers), kind="stable"
    )[:count]


# %% wrong: query forgotten
# diagnosis: the query's bits are missing
# points: 0
def retrieve(query, H, thresholds, count):
    return np.argsort((thresholds < H).sum(axis=1), kind="stable")[:count]


# %% wrong: a set of rows
# diagnosis: not in the order of their distance
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds < H) != (query > thresholds)).sum(axis=1)
    return sorted(np.argsort(differ, kind="stable")[:count].tolist())


# %% wrong: one threshold for all
# diagnosis: the first threshold was used for all units
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds[0] < H) != (query > thresholds[0])).sum(axis=1)
    return np.argsort(differ, kind="stable")[:count]


# %% wrong: zero for all
# diagnosis: 0 stands where the thresholds belong
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((H > 0) != (query > 0)).sum(axis=1)
    return np.argsort(differ, kind="stable")[:count]


# %% wrong: query left as it is
# diagnosis: the query's code was compared with the bits
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds < H) != query).sum(axis=1)
    return np.argsort(differ, kind="stable")[:count]


# %% wrong: wrong axis
# diagnosis: the differences were summed over the rows
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds < H) != (query > thresholds)).sum(axis=0)
    return np.argsort(differ, kind="stable")[:count]


# %% wrong: codes
# diagnosis: the codes of the rows came back
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds < H) != (query > thresholds)).sum(axis=1)
    return H[np.argsort(differ, kind="stable")[:count]]


# %% wrong: sum of absolute differences
# diagnosis: sum of absolute differences
# points: 0
def retrieve(query, H, thresholds, count):
    return np.argsort(np.abs(H - query).sum(axis=1), kind="stable")[:count]


# %% wrong: the last ones
# diagnosis: the last ones in the order of their distance
# points: 0
def retrieve(query, H, thresholds, count):
    differ = ((thresholds < H) != (query > thresholds)).sum(axis=1)
    return np.argsort(differ, kind="stable")[-count:]
