# %% right: golden section, and the quotient in another order
def central_difference(f, x, h):
    return 0.5 * (f(x + h) / h - f(x - h) / h)


def best_step(value, third, eps):
    from scipy.optimize import minimize_scalar

    def error(t):
        h = np.exp(t)
        return np.log(h**2 * abs(third) / 6 + eps * abs(value) / (2 * h))

    return np.exp(
        minimize_scalar(error, bounds=(-40, 5), method="bounded", options={"xatol": 1e-9}).x
    )


# %% right: 0-d arrays, a line printed
def central_difference(f, x, h):
    print("two evaluations")
    return np.array((f(x + h) - f(x - h)) / h / 2)


def best_step(value, third, eps):
    return np.array(np.cbrt(3 * eps * np.abs(value) / (2 * np.abs(third))))


# %% right: mean of the forward and the backward difference, float32 step
def central_difference(f, x, h):
    forward, backward = (f(x + h) - f(x)) / h, (f(x) - f(x - h)) / h
    return (forward + backward) / 2


def best_step(value, third, eps):
    import warnings

    warnings.warn("float32")
    return np.float32(np.exp(np.log(1.5 * eps * abs(value) / abs(third)) / 3))


# %% right: by Newton's method
def central_difference(f, x, h):
    points = [x - h, x + h]
    low, high = map(f, points)
    return (high - low) / (points[1] - points[0])


def best_step(value, third, eps):
    f, t = abs(value), abs(third)
    h = 1.0
    for _ in range(200):
        g = h**3 * t / 3 - eps * f / 2
        h -= g / (h**2 * t)
    return h


# %% wrong: forward difference
# diagnosis: this is the forward difference
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x)) / h


def best_step(value, third, eps):
    return (1.5 * eps * abs(value / third)) ** (1 / 3)


# %% wrong: backward difference
# diagnosis: this is the backward difference
# points: 0
def central_difference(f, x, h):
    return (f(x) - f(x - h)) / h


def best_step(value, third, eps):
    return (1.5 * eps * abs(value / third)) ** (1 / 3)


# %% wrong: divided by h
# diagnosis: divided by h; the two points are 2h apart
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / h


def best_step(value, third, eps):
    return (1.5 * eps * abs(value / third)) ** (1 / 3)


# %% wrong: brackets forgotten
# diagnosis: / 2 * h needs brackets
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h


def best_step(value, third, eps):
    return (1.5 * eps * abs(value / third)) ** (1 / 3)


# %% wrong: own step instead of h
# diagnosis: the given h was not used
# points: 0
def central_difference(f, x, h):
    h = 1e-6
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return (1.5 * eps * abs(value / third)) ** (1 / 3)


# %% wrong: half a step to each side
# diagnosis: a step of h/2 to each side
# points: 0
def central_difference(f, x, h):
    return (f(x + h / 2) - f(x - h / 2)) / h


def best_step(value, third, eps):
    return (1.5 * eps * abs(value / third)) ** (1 / 3)


# %% wrong: not divided
# diagnosis: the difference was not divided by 2h
# points: 0
def central_difference(f, x, h):
    return f(x + h) - f(x - h)


def best_step(value, third, eps):
    return (1.5 * eps * abs(value / third)) ** (1 / 3)


# %% wrong: sign
# diagnosis: f(x + h) comes first
# points: 0
def central_difference(f, x, h):
    return (f(x - h) - f(x + h)) / (2 * h)


def best_step(value, third, eps):
    return (1.5 * eps * abs(value / third)) ** (1 / 3)


# %% wrong: no absolute values, complex root
# diagnosis: real numbers are expected
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return (1.5 * eps * value / third) ** (1 / 3)


# %% wrong: no absolute values, real root
# diagnosis: a negative step
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return np.cbrt(1.5 * eps * value / third)


# %% wrong: step of the forward difference
# diagnosis: a square root was taken
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return np.sqrt(1.5 * eps * abs(value / third))


# %% wrong: as small as possible
# diagnosis: h is too small
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return eps


# %% wrong: root forgotten
# diagnosis: the cube root is missing
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return 1.5 * eps * abs(value / third)


# %% wrong: both terms equal
# diagnosis: were both terms set equal?
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return (3 * eps * abs(value / third)) ** (1 / 3)


# %% wrong: f and third swapped
# diagnosis: f and f‴ were swapped
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return (1.5 * eps * abs(third / value)) ** (1 / 3)


# %% wrong: least error
# diagnosis: the step where it is reached
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    h = (1.5 * eps * abs(value / third)) ** (1 / 3)
    return h**2 * abs(third) / 6 + eps * abs(value) / (2 * h)


# %% wrong: forward difference's step with the third derivative
# diagnosis: this is the best step of forward differences
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return np.sqrt(2 * eps * abs(value / third))


# %% wrong: slope of h² without its 3
# diagnosis: a factor 3 is missing
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return np.cbrt(eps * abs(value / third) / 2)


# %% wrong: slope of 1/2h without its 2
# diagnosis: the derivative of 1/(2h) is −1/(2h²)
# points: 0
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def best_step(value, third, eps):
    return np.cbrt(eps * abs(value / third))
