# %% right: einsum
def matmul_vjp(A, B, G):
    return np.einsum("nm,km->nk", G, B), np.einsum("nk,nm->km", A, G)


# %% right: loops, lists
def matmul_vjp(A, B, G):
    (n, k), m = A.shape, B.shape[1]
    A_bar, B_bar = [[0.0] * k for _ in range(n)], [[0.0] * m for _ in range(k)]
    for i in range(n):
        for j in range(m):
            for l in range(k):
                A_bar[i][l] += G[i, j] * B[l, j]
                B_bar[l][j] += G[i, j] * A[i, l]
    return [A_bar, B_bar]


# %% right: float32 with a warning
def matmul_vjp(A, B, G):
    import warnings

    warnings.warn("float32")
    A, B, G = np.float32(A), np.float32(B), np.float32(G)
    return (B @ G.T).T, (G.T @ A).T


# %% right: PyTorch
def matmul_vjp(A, B, G):
    import torch

    A, B = torch.tensor(A, requires_grad=True), torch.tensor(B, requires_grad=True)
    (A @ B).backward(torch.tensor(G))
    return A.grad, B.grad


# %% wrong: no transpose of B
# diagnosis: B was not transposed
# points: 0
def matmul_vjp(A, B, G):
    return G @ B, A.T @ G


# %% wrong: no transpose of A
# diagnosis: A was not transposed
# points: 0
def matmul_vjp(A, B, G):
    return G @ B.T, A @ G


# %% wrong: order
# diagnosis: the order of the factors is wrong: G comes first
# points: 0
def matmul_vjp(A, B, G):
    return B.T @ G, A.T @ G


# %% wrong: order in the second
# diagnosis: the order of the factors is wrong: G comes last
# points: 0
def matmul_vjp(A, B, G):
    return G @ B.T, G @ A.T


# %% wrong: G transposed
# diagnosis: G was transposed; it is B
# points: 0
def matmul_vjp(A, B, G):
    return G.T @ B, A.T @ G


# %% wrong: results swapped
# diagnosis: the results are swapped
# points: 0
def matmul_vjp(A, B, G):
    return A.T @ G, G @ B.T


# %% wrong: wrong argument
# diagnosis: made from G and A
# points: 0
def matmul_vjp(A, B, G):
    return G @ A.T, B.T @ G


# %% wrong: entry by entry
# diagnosis: multiplied entry by entry
# points: 0
def matmul_vjp(A, B, G):
    return G * B, G * A


# %% wrong: results transposed
# diagnosis: transposed: A_bar has the shape of A
# points: 0
def matmul_vjp(A, B, G):
    return B @ G.T, G.T @ A


# %% wrong: one result
# diagnosis: the number of results
# points: 0
def matmul_vjp(A, B, G):
    return G @ B.T


# %% wrong: written for square matrices of two rows
# diagnosis: IndexError
# points: 0
def matmul_vjp(A, B, G):
    A_bar, B_bar = np.zeros((2, 2)), np.zeros((2, 2))
    for i in range(2):
        for k in range(2):
            A_bar[i, k] = sum(G[i, j] * B[k, j] for j in range(2))
            B_bar[i, k] = sum(A[j, i] * G[j, k] for j in range(2))
    return A_bar, B_bar


# %% wrong: second result transposed
# diagnosis: transposed: B_bar has the shape of B
# points: 0
def matmul_vjp(A, B, G):
    return G @ B.T, G.T @ A


# %% wrong: slopes alone
# diagnosis: and the adjoint is G times it
# points: 0
def matmul_vjp(A, B, G):
    return B.T, A.T


# %% wrong: slope alone in the second
# diagnosis: and the adjoint is it times G
# points: 0
def matmul_vjp(A, B, G):
    return G @ B.T, A.T
