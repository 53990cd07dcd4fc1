# %% right: NumPy's polynomials
def dual_polynomial(c, z):
    p = np.polynomial.Polynomial(c)
    return p(z[0]), p.deriv()(z[0]) * z[1]


# %% right: power by power, as a list
def dual_polynomial(c, z):
    a, b = z
    power, total = (1.0, 0.0), [0.0, 0.0]
    for k in c:
        total = [total[0] + k * power[0], total[1] + k * power[1]]
        power = (power[0] * a, power[0] * b + power[1] * a)
    return total


# %% right: float32 and a warning
def dual_polynomial(c, z):
    import warnings

    warnings.warn("single precision")
    a, b = np.float32(z)
    value, slope = np.float32(0), np.float32(0)
    for k in np.float32(c)[::-1]:
        slope = slope * a + value * b
        value = value * a + k
    return np.array([value, slope])


# %% right: PyTorch
def dual_polynomial(c, z):
    import torch

    x = torch.tensor(z[0], dtype=torch.float64, requires_grad=True)
    y = sum(float(k) * x**i for i, k in enumerate(c)) + 0 * x
    y.backward()
    return y.item(), x.grad.item() * z[1]


# %% wrong: b forgotten
# diagnosis: the factor b is missing
# points: 0
def dual_polynomial(c, z):
    p = np.polynomial.Polynomial(c)
    return p(z[0]), p.deriv()(z[0])


# %% wrong: highest power first
# diagnosis: in reverse order; the constant comes first
# points: 0
def dual_polynomial(c, z):
    return np.polyval(c, z[0]), np.polyval(np.polyder(c), z[0]) * z[1]


# %% wrong: new value in the slope
# diagnosis: computed the slope with the new value
# points: 0
def dual_polynomial(c, z):
    value, slope = 0.0, 0.0
    for k in reversed(c):
        value = value * z[0] + k
        slope = slope * z[0] + value * z[1]
    return value, slope


# %% wrong: P of each part
# diagnosis: P was applied to each part
# points: 0
def dual_polynomial(c, z):
    p = np.polynomial.Polynomial(c)
    return p(z[0]), p(z[1])


# %% wrong: exponents forgotten
# diagnosis: the exponents as factors are missing
# points: 0
def dual_polynomial(c, z):
    a, b = z
    return sum(k * a**i for i, k in enumerate(c)), b * sum(
        c[i] * a ** (i - 1) for i in range(1, len(c))
    )


# %% wrong: exponents stay
# diagnosis: the exponents did not go down
# points: 0
def dual_polynomial(c, z):
    a, b = z
    return sum(k * a**i for i, k in enumerate(c)), b * sum(
        i * c[i] * a**i for i in range(1, len(c))
    )


# %% wrong: the coefficient carries a slope
# diagnosis: a constant has the slope 0
# points: 0
def dual_polynomial(c, z):
    a, b = z
    value, slope = 0.0, 0.0
    for k in reversed(c):
        value, slope = value * a + k, slope * a + value * b + 1
    return value, slope


# %% wrong: three coefficients only
# diagnosis: IndexError
# points: 0
def dual_polynomial(c, z):
    a, b = z
    return c[0] + c[1] * a + c[2] * a**2, (c[1] + 2 * c[2] * a) * b


# %% wrong: powers of b
# diagnosis: b was raised to powers
# points: 0
def dual_polynomial(c, z):
    a, b = z
    return sum(k * a**i for i, k in enumerate(c)), sum(
        i * c[i] * a ** (i - 1) * b**i for i in range(1, len(c))
    )
