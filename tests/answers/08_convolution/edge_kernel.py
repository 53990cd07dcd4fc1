# %% right: Prewitt
def edge_kernel(direction):
    right = np.array([[-1, 0, 1]] * 3) / 6
    return {"right": right, "left": -right, "down": right.T, "up": -right.T}[direction]


# %% right: only the four neighbours, as lists
def edge_kernel(direction):
    kernel = [[0.0] * 3 for _ in range(3)]
    row, column = {"right": (1, 2), "left": (1, 0), "down": (2, 1), "up": (0, 1)}[direction]
    kernel[row][column] = 0.5
    kernel[2 - row][2 - column] = -0.5
    return kernel


# %% right: turned by quarters, float32
def edge_kernel(direction):
    import warnings

    warnings.warn("turning")
    right = np.float32([[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]]) / np.float32(32)
    return np.rot90(right, {"right": 0, "up": 1, "left": 2, "down": 3}[direction])


# %% right: least squares
def edge_kernel(direction):
    i, j = np.mgrid[-1:2, -1:2]
    plane = np.stack([np.ones(9), j.ravel(), i.ravel()], axis=1)
    a, right, down = np.linalg.pinv(plane).reshape(3, 3, 3)
    print("the plane that fits best")
    return {"right": right, "left": -right, "down": down, "up": -down}[direction]


# %% wrong: Sobel as in the book
# diagnosis: 8 times too large, as Sobel's kernel
# points: 0
def edge_kernel(direction):
    right = np.outer([1, 2, 1], [-1, 0, 1])
    return {"right": right, "left": -right, "down": right.T, "up": -right.T}[direction]


# %% wrong: made for true convolution
# diagnosis: answers to the opposite direction. The kernel is laid on as it is
# points: 0
def edge_kernel(direction):
    right = np.outer([1, 2, 1], [1, 0, -1]) / 8
    return {"right": right, "left": -right, "down": right.T, "up": -right.T}[direction]


# %% wrong: rows and columns swapped
# diagnosis: at a right angle
# points: 0
def edge_kernel(direction):
    down = np.outer([1, 2, 1], [-1, 0, 1]) / 8
    return {"right": down.T, "left": -down.T, "down": down, "up": -down}[direction]


# %% wrong: difference over two pixels
# diagnosis: twice too large
# points: 0
def edge_kernel(direction):
    right = np.array([[0, 0, 0], [-1, 0, 1], [0, 0, 0]])
    return {"right": right, "left": -right, "down": right.T, "up": -right.T}[direction]


# %% wrong: Prewitt not divided
# diagnosis: 6 times too large
# points: 0
def edge_kernel(direction):
    right = np.array([[-1, 0, 1]] * 3)
    return {"right": right, "left": -right, "down": right.T, "up": -right.T}[direction]


# %% wrong: forward difference
# diagnosis: cancel if weights on both sides of the middle are opposite
# points: 0
def edge_kernel(direction):
    right = np.array([[0, 0, 0], [0, -1, 1], [0, 0, 0]])
    return {
        "right": right,
        "left": np.array([[0, 0, 0], [1, -1, 0], [0, 0, 0]]),
        "down": right.T,
        "up": np.array([[0, 1, 0], [0, -1, 0], [0, 0, 0]]),
    }[direction]


# %% wrong: entries that do not cancel
# diagnosis: it answers to even brightness
# points: 0
def edge_kernel(direction):
    right = np.array([[0, 0, 1], [0, 0, 1], [0, 0, 1]]) / 3
    return {"right": right, "left": -right, "down": right.T, "up": -right.T}[direction]


# %% wrong: one direction for all
# diagnosis: opposite direction
# points: 0
def edge_kernel(direction):
    return np.outer([1, 2, 1], [-1, 0, 1]) / 8


# %% wrong: Laplacian
# diagnosis: how brightness bends, not how it grows
# points: 0
def edge_kernel(direction):
    return np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])


# %% wrong: a branch is missing
# diagnosis: nothing was returned
# points: 0
def edge_kernel(direction):
    right = np.outer([1, 2, 1], [-1, 0, 1]) / 8
    if direction == "right":
        return right
    if direction == "down":
        return right.T


# %% wrong: one row
# diagnosis: the shape is (3,), expected (3, 3)
# points: 0
def edge_kernel(direction):
    return np.array([-0.5, 0, 0.5])


# %% wrong: swapped and flipped
# diagnosis: rows and columns are swapped, and the sign is flipped
# points: 0
def edge_kernel(direction):
    down = np.outer([1, 2, 1], [1, 0, -1]) / 8
    return {"right": down.T, "left": -down.T, "down": down, "up": -down}[direction]
