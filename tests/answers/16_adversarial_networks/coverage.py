# %% right: loops and a set
def mode_coverage(samples, modes, radius):
    reached, good = set(), 0
    for s in samples:
        distances = [sum((s - m) ** 2) ** 0.5 for m in modes]
        k = distances.index(min(distances))
        if distances[k] <= radius:
            reached.add(k)
            good += 1
    return len(reached), good / len(samples)


# %% right: a tree of scipy's, with a warning
def mode_coverage(samples, modes, radius):
    import warnings

    from scipy.spatial import cKDTree

    warnings.warn("a tree")
    distance, nearest = cKDTree(modes).query(samples)
    good = distance <= radius
    return [len(set(nearest[good].tolist())), np.mean(good)]


# %% right: one-hot rows, squared distances
def mode_coverage(samples, modes, radius):
    squared = ((samples[:, None, :] - modes[None, :, :]) ** 2).sum(axis=-1)
    best = squared.min(axis=1, keepdims=True)
    counts = ((squared == best) & (best <= radius**2)).sum(axis=0)
    print(counts)
    return np.array([(counts > 0).sum(), counts.sum() / len(samples)])


# %% right: PyTorch
def mode_coverage(samples, modes, radius):
    import torch

    distance, nearest = torch.cdist(torch.tensor(samples), torch.tensor(modes)).min(dim=1)
    good = distance <= radius
    return nearest[good].unique().numel(), good.double().mean().item()


# %% wrong: duplicates counted
# diagnosis: a mode that is reached twice counts once
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    good = distances.min(axis=1) <= radius
    return int(good.sum()), good.mean()


# %% wrong: the radius forgotten
# diagnosis: the radius was left out
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    good = distances.min(axis=1) <= radius
    return len(np.unique(distances.argmin(axis=1))), good.mean()


# %% wrong: every mode within the radius
# diagnosis: it counts for the nearest
# points: 0
def mode_coverage(samples, modes, radius):
    near = np.linalg.norm(samples[:, None] - modes, axis=2) <= radius
    return near.any(axis=0).sum(), near.any(axis=1).mean()


# %% wrong: squared distances
# diagnosis: the squared distance was compared with the radius
# points: 0
def mode_coverage(samples, modes, radius):
    squared = ((samples[:, None] - modes) ** 2).sum(axis=2)
    good = squared.min(axis=1) <= radius
    return len(np.unique(squared.argmin(axis=1)[good])), good.mean()


# %% wrong: below the radius
# diagnosis: exactly at the radius is near enough
# points: 2
def mode_coverage(samples, modes, radius):
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    good = distances.min(axis=1) < radius
    return len(np.unique(distances.argmin(axis=1)[good])), good.mean()


# %% wrong: share of the modes
# diagnosis: that is a share of the modes
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    good = distances.min(axis=1) <= radius
    return len(np.unique(distances.argmin(axis=1)[good])) / len(modes), good.mean()


# %% wrong: number of good samples
# diagnosis: divide by the number of samples
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    good = distances.min(axis=1) <= radius
    return len(np.unique(distances.argmin(axis=1)[good])), good.sum()


# %% wrong: share of modes for the share of samples
# diagnosis: that is the share of modes reached
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    good = distances.min(axis=1) <= radius
    reached = len(np.unique(distances.argmin(axis=1)[good]))
    return reached, reached / len(modes)


# %% wrong: samples near two modes twice
# diagnosis: a sample near two modes was counted twice
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    near = distances <= radius
    good = distances.min(axis=1) <= radius
    return len(np.unique(distances.argmin(axis=1)[good])), near.sum() / len(samples)


# %% wrong: largest coordinate
# diagnosis: each coordinate was compared with the radius
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.abs(samples[:, None] - modes).max(axis=2)
    good = distances.min(axis=1) <= radius
    return len(np.unique(distances.argmin(axis=1)[good])), good.mean()


# %% wrong: one number
# diagnosis: the number of results
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    return len(np.unique(distances.argmin(axis=1)[distances.min(axis=1) <= radius]))


# %% wrong: along the streets
# diagnosis: the coordinates' differences were added up
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.abs(samples[:, None] - modes).sum(axis=2)
    good = distances.min(axis=1) <= radius
    return len(np.unique(distances.argmin(axis=1)[good])), good.mean()


# %% wrong: the share first
# diagnosis: the share came first
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    good = distances.min(axis=1) <= radius
    return good.mean(), len(np.unique(distances.argmin(axis=1)[good]))


# %% wrong: in percent
# diagnosis: in percent
# points: 0
def mode_coverage(samples, modes, radius):
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    good = distances.min(axis=1) <= radius
    return len(np.unique(distances.argmin(axis=1)[good])), 100 * good.mean()


# %% wrong: pairs counted
# diagnosis: pairs of a sample and a mode were counted
# points: 0
def mode_coverage(samples, modes, radius):
    near = np.linalg.norm(samples[:, None] - modes, axis=2) <= radius
    return near.sum(), near.any(axis=1).mean()
