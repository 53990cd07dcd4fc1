# %% right: by complex-like formulas on NumPy arrays
def dual_sum(z, w):
    return np.array(z) + np.array(w)


def dual_product(z, w):
    return np.array([z[0] * w[0], np.dot(z, w[::-1])])


def dual_quotient(z, w):
    return np.array([z[0] / w[0], np.linalg.det([[z[1], z[0]], [w[1], w[0]]]) / w[0] ** 2])


def dual_exp(z):
    return np.exp(z[0]) * np.array([1, z[1]])


def dual_sin(z):
    return np.array([np.sin(z[0]), np.cos(z[0]) * z[1]])


# %% right: as 2 × 2 matrices, in lists
def matrix(z):
    return np.array([[z[0], z[1]], [0, z[0]]])


def dual_sum(z, w):
    return list((matrix(z) + matrix(w))[0])


def dual_product(z, w):
    return list((matrix(z) @ matrix(w))[0])


def dual_quotient(z, w):
    return list((matrix(z) @ np.linalg.inv(matrix(w)))[0])


def dual_exp(z):
    from scipy.linalg import expm

    return list(expm(matrix(z))[0])


def dual_sin(z):
    from scipy.linalg import sinm

    return list(sinm(matrix(z))[0])


# %% right: float32, and a warning
import warnings


def dual_sum(z, w):
    warnings.warn("these are single precision")
    return np.float32(z[0]) + np.float32(w[0]), np.float32(z[1]) + np.float32(w[1])


def dual_product(z, w):
    a, b, c, d = np.float32([*z, *w])
    return a * c, a * d + b * c


def dual_quotient(z, w):
    a, b, c, d = np.float32([*z, *w])
    return a / c, b / c - a * d / (c * c)


def dual_exp(z):
    a, b = np.float32(z)
    return np.exp(a), b * np.exp(a)


def dual_sin(z):
    a, b = np.float32(z)
    return np.sin(a), b * np.sin(a + np.float32(np.pi / 2))


# %% right: the quotient by the inverse, math's functions, a line printed
import math


def dual_sum(z, w):
    return tuple(a + c for a, c in zip(z, w))


def dual_product(z, w):
    print("product")
    return (z[0] * w[0], z[0] * w[1] + w[0] * z[1])


def dual_quotient(z, w):
    return dual_product(z, (1 / w[0], -w[1] / w[0] ** 2))


def dual_exp(z):
    return (math.exp(z[0]), z[1] * math.exp(z[0]))


def dual_sin(z):
    return (math.sin(z[0]), z[1] * math.cos(z[0]))


# %% wrong: tuples joined
# diagnosis: + joins two tuples
# points: 0
def dual_sum(z, w):
    return z + w


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: slopes multiplied
# diagnosis: b d goes with ε² = 0
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[1] * w[1])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: complex numbers
# diagnosis: takes ε² for −1
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    y = complex(*z) * complex(*w)
    return (y.real, y.imag)


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: ε² kept
# diagnosis: b d was added to the slope
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0] + z[1] * w[1])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: half a product rule
# diagnosis: the second half of the product rule alone
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: quotient rule with its sign flipped
# diagnosis: sign of the quotient rule is flipped
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[0] * w[1] - z[1] * w[0]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: denominator not squared
# diagnosis: the denominator was not squared
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0])


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: quotient part by part
# diagnosis: the slopes were divided
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], z[1] / w[1])


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: exp without b
# diagnosis: the factor b is missing; the slope is exp(a) b
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]))


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: exp of each part
# diagnosis: exp was applied to each part
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return tuple(np.exp(z))


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: minus cos
# diagnosis: the derivative of sin is +cos
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), -np.cos(z[0]) * z[1])


# %% wrong: sine in degrees
# diagnosis: a was taken to be in degrees
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    a = np.deg2rad(z[0])
    return (np.sin(a), np.cos(a) * z[1])


# %% wrong: return forgotten
# diagnosis: is the `return` missing?
# points: 0
def dual_sum(z, w):
    (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: slopes left out of the sum
# diagnosis: the slopes were left out; they add up too
# points: 0
def dual_sum(z, w):
    return z[0] + w[0]


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: everything summed
# diagnosis: everything was added up
# points: 0
def dual_sum(z, w):
    return sum(z) + sum(w)


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: ε² is 1
# diagnosis: this takes ε² for 1
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0] + z[1] * w[1], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: product rule with a minus
# diagnosis: the sign in the product rule: the slope
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[1] * w[0] - z[0] * w[1])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: quotient rule with a plus
# diagnosis: a plus instead of a minus
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] + z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: divisor without a slope
# diagnosis: the slope of the divisor was left out
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], z[1] / w[0])


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: quotient upside down
# diagnosis: this is w / z; z / w is asked for
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (w[0] / z[0], (w[1] * z[0] - w[0] * z[1]) / z[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: whole-number division
# diagnosis: write / and not //
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] // w[0], (z[1] * w[0] - z[0] * w[1]) // w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: exp leaves the slope
# diagnosis: the slope was left as it was; it is exp(a) b
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: b added in exp
# diagnosis: b was added to the slope
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) + z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])


# %% wrong: sin without cos
# diagnosis: the derivative of sin is cos, not sin
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.sin(z[0]) * z[1])


# %% wrong: sin of each part
# diagnosis: sin was applied to each part
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.sin(z[1]))


# %% wrong: cos of b
# diagnosis: cos of b was taken
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return (np.exp(z[0]), np.exp(z[0]) * z[1])


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[1]))


# %% wrong: exp by the rule for powers
# diagnosis: that is the rule for powers
# points: 0
def dual_sum(z, w):
    return (z[0] + w[0], z[1] + w[1])


def dual_product(z, w):
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])


def dual_quotient(z, w):
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)


def dual_exp(z):
    return np.exp(z[0]), z[0] * np.exp(z[0] - 1) * z[1]


def dual_sin(z):
    return (np.sin(z[0]), np.cos(z[0]) * z[1])
