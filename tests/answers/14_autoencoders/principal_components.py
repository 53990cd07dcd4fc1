# %% right: eigenvectors of the covariance
def principal_components(X, k):
    mean = X.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(X.T, bias=True).reshape(X.shape[1], X.shape[1]))
    return mean, vectors[:, ::-1][:, :k], values[::-1][:k]


# %% right: scikit-learn, with N instead of N − 1
def principal_components(X, k):
    from sklearn.decomposition import PCA

    found = PCA(k, svd_solver="full").fit(X)
    return found.mean_, found.components_.T, found.explained_variance_ * (len(X) - 1) / len(X)


# %% right: one direction after another
def principal_components(X, k):
    import warnings

    warnings.warn("power iteration")
    mean = X.mean(axis=0)
    C = (X - mean).T @ (X - mean) / len(X)
    V, variances = [], []
    for _ in range(k):
        v = np.random.default_rng(0).normal(size=len(C))
        for _ in range(300):
            v = C @ v
            v /= np.linalg.norm(v)
        V.append(v)
        variances.append(v @ C @ v)
        C = C - variances[-1] * np.outer(v, v)
    return mean, np.array(V).T, variances


# %% right: PyTorch in single precision, as lists
def principal_components(X, k):
    import torch

    x = torch.tensor(X, dtype=torch.float32)
    mean = x.mean(0)
    U, s, Vt = torch.linalg.svd(x - mean, full_matrices=False)
    print("signs are free")
    return mean.tolist(), (-Vt[:k].T).tolist(), (s[:k] ** 2 / len(x)).tolist()


# %% wrong: not centred
# diagnosis: the data were not centred
# points: 0
def principal_components(X, k):
    _, s, Vt = np.linalg.svd(X, full_matrices=False)
    return X.mean(axis=0), Vt[:k].T, s[:k] ** 2 / len(X)


# %% wrong: rows of V transposed forgotten
# diagnosis: the directions are its rows
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    _, s, V = np.linalg.svd(X - mean, full_matrices=False)
    return mean, V[:, :k], s[:k] ** 2 / len(X)


# %% wrong: V transposed
# diagnosis: transposed
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k], s[:k] ** 2 / len(X)


# %% wrong: mean of each example
# diagnosis: the mean of each example was taken
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=1)
    _, s, Vt = np.linalg.svd(X - mean[:, None], full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / len(X)


# %% wrong: no 1/N
# diagnosis: the 1/N is missing
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2


# %% wrong: N − 1
# diagnosis: divided by N − 1
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / (len(X) - 1)


# %% wrong: singular values not squared
# diagnosis: a variance is their square
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k]


# %% wrong: eigenvalues ascend
# diagnosis: sort by falling variance
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    values, vectors = np.linalg.eigh((X - mean).T @ (X - mean) / len(X))
    return mean, vectors[:, :k], values[:k]


# %% wrong: the k best, but ascending
# diagnosis: the largest variance comes first
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    values, vectors = np.linalg.eigh((X - mean).T @ (X - mean) / len(X))
    return mean, vectors[:, -k:], values[-k:]


# %% wrong: centred in place
# diagnosis: the argument was changed in place
# points: 2
def principal_components(X, k):
    mean = X.mean(axis=0)
    X -= mean
    _, s, Vt = np.linalg.svd(X, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / len(X)


# %% wrong: scaled to unit deviation
# diagnosis: divided by their standard deviation
# points: 0
def principal_components(X, k):
    mean, deviation = X.mean(axis=0), X.std(axis=0)
    Z = (X - mean) / np.where(deviation > 0, deviation, 1)
    _, s, Vt = np.linalg.svd(Z, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / len(X)


# %% wrong: only the directions
# diagnosis: return mean, V, variances
# points: 0
def principal_components(X, k):
    return np.linalg.svd(X - X.mean(axis=0), full_matrices=False)[2][:k].T


# %% wrong: two results
# diagnosis: return mean, V, variances
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    return mean, np.linalg.svd(X - mean, full_matrices=False)[2][:k].T


# %% wrong: printed, not returned
# diagnosis: is the `return` missing?
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    print(mean, Vt[:k].T, s[:k] ** 2 / len(X))


# %% wrong: one mean for all
# diagnosis: the mean of all entries was taken
# points: 0
def principal_components(X, k):
    mean = X.mean()
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / len(X)


# %% wrong: columns of U
# diagnosis: columns of U were taken
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    U, s, _ = np.linalg.svd(X - mean, full_matrices=False)
    return mean, U[:, :k], s[:k] ** 2 / len(X)


# %% wrong: directions times singular values
# diagnosis: the directions should have length 1
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T * s[:k], s[:k] ** 2 / len(X)


# %% wrong: standard deviations
# diagnosis: standard deviations came back
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    V = np.linalg.svd(X - mean, full_matrices=False)[2][:k].T
    return mean, V, ((X - mean) @ V).std(axis=0)


# %% wrong: all variances
# diagnosis: all variances came back
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s**2 / len(X)


# %% wrong: shares of the variance
# diagnosis: shares of the total variance came back
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / (s**2).sum()


# %% wrong: directions first
# diagnosis: V came first
# points: 0
def principal_components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return Vt[:k].T, s[:k] ** 2 / len(X), mean
