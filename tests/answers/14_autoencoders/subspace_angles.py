# %% right: SciPy
def subspace_angles(A, B):
    import scipy.linalg

    return scipy.linalg.subspace_angles(A, B)[::-1]


# %% right: bases by singular vectors
def subspace_angles(A, B):
    P = np.linalg.svd(A, full_matrices=False)[0]
    Q = np.linalg.svd(B, full_matrices=False)[0]
    cosines = np.linalg.svd(Q.T @ P)[1]
    return np.arccos(np.minimum(cosines, 1.0)).tolist()


# %% right: sines of what is left after the projection
def subspace_angles(A, B):
    import warnings

    warnings.warn("sines")
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    s = np.linalg.svd(Q - P @ (P.T @ Q), compute_uv=False)
    c = np.linalg.svd(P.T @ Q, compute_uv=False)
    return np.arctan2(s[::-1], c)


# %% right: Gram–Schmidt by hand
def subspace_angles(A, B):
    def basis(M):
        found = []
        for column in M.T:
            for _ in range(2):
                for q in found:
                    column = column - (q @ column) * q
            found.append(column / np.linalg.norm(column))
        return np.array(found)

    print("two passes, for accuracy")
    cosines = np.linalg.svd(basis(A) @ basis(B).T, compute_uv=False)
    return np.sort(np.arccos(np.clip(cosines, -1, 1)))


# %% wrong: bases taken as orthonormal
# diagnosis: singular values of AᵀB are cosines only where
# points: 0
def subspace_angles(A, B):
    return np.arccos(np.clip(np.linalg.svd(A.T @ B, compute_uv=False), 0, 1))


# %% wrong: columns of length 1
# diagnosis: they are not at right angles to each other
# points: 0
def subspace_angles(A, B):
    A, B = A / np.linalg.norm(A, axis=0), B / np.linalg.norm(B, axis=0)
    return np.arccos(np.clip(np.linalg.svd(A.T @ B, compute_uv=False), 0, 1))


# %% wrong: column by column
# diagnosis: each column was compared with its partner
# points: 0
def subspace_angles(A, B):
    A, B = A / np.linalg.norm(A, axis=0), B / np.linalg.norm(B, axis=0)
    return np.sort(np.arccos(np.clip((A * B).sum(axis=0), -1, 1)))


# %% wrong: no clip
# diagnosis: its arccos is NaN: use np.clip
# points: 0
def subspace_angles(A, B):
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    with np.errstate(invalid="ignore"):
        return np.arccos(np.linalg.svd(P.T @ Q, compute_uv=False) * (1 + 1e-15))


# %% wrong: cosines
# diagnosis: the cosines came back
# points: 0
def subspace_angles(A, B):
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    return np.linalg.svd(P.T @ Q, compute_uv=False)


# %% wrong: degrees
# diagnosis: in degrees
# points: 0
def subspace_angles(A, B):
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    cosines = np.linalg.svd(P.T @ Q, compute_uv=False)
    return np.degrees(np.arccos(np.clip(cosines, 0, 1)))


# %% wrong: falling
# diagnosis: the angles should ascend
# points: 0
def subspace_angles(A, B):
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    cosines = np.linalg.svd(P.T @ Q, compute_uv=False)
    return np.arccos(np.clip(cosines, 0, 1))[::-1]


# %% wrong: eigenvalues of the squared matrix
# diagnosis: take a root before arccos
# points: 0
def subspace_angles(A, B):
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    squares = np.linalg.eigvalsh(Q.T @ P @ P.T @ Q)[::-1]
    return np.arccos(np.clip(squares, 0, 1))


# %% wrong: diagonal of the product
# diagnosis: which depends on the bases
# points: 0
def subspace_angles(A, B):
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    signs = np.sign(np.diag(np.linalg.qr(A)[1])), np.sign(np.diag(np.linalg.qr(B)[1]))
    return np.sort(np.arccos(np.clip(np.diag((P * signs[0]).T @ (Q * signs[1])), -1, 1)))


# %% wrong: rows taken for the basis
# diagnosis: the shape is
# points: 0
def subspace_angles(A, B):
    P, Q = np.linalg.qr(A.T)[0], np.linalg.qr(B.T)[0]
    return np.arccos(np.clip(np.linalg.svd(P @ Q.T, compute_uv=False), 0, 1))[:1].sum()


# %% wrong: sines
# diagnosis: sines came back
# points: 0
def subspace_angles(A, B):
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    return np.linalg.svd(Q - P @ (P.T @ Q), compute_uv=False)[::-1]


# %% wrong: entries of the product
# diagnosis: arccos of the entries of PᵀQ came back
# points: 0
def subspace_angles(A, B):
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    return np.arccos(np.clip(P.T @ Q, -1, 1))
