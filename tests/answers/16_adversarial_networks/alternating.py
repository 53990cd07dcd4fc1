# %% right: PyTorch, with detach
def alternating_step(a, b, w, c, x, z, eta):
    import torch
    from torch.nn.functional import logsigmoid

    p = {k: torch.tensor(float(v), requires_grad=True) for k, v in zip("abwc", (a, b, w, c))}
    p = {k: v.double().detach().requires_grad_(True) for k, v in p.items()}
    x, z = torch.tensor(x), torch.tensor(z)

    fake = (p["a"] * z + p["b"]).detach()
    loss = -logsigmoid(p["w"] * x + p["c"]).mean() - logsigmoid(-(p["w"] * fake + p["c"])).mean()
    dw, dc = torch.autograd.grad(loss, (p["w"], p["c"]))
    w, c = (p["w"] - eta * dw).detach(), (p["c"] - eta * dc).detach()

    loss = -logsigmoid(w * (p["a"] * z + p["b"]) + c).mean()
    da, db = torch.autograd.grad(loss, (p["a"], p["b"]))
    return (p["a"] - eta * da).item(), (p["b"] - eta * db).item(), w.item(), c.item()


# %% right: central differences of the losses
def alternating_step(a, b, w, c, x, z, eta):
    def softplus(s):
        return np.log1p(np.exp(s))

    def loss_D(w, c):
        return softplus(-(w * x + c)).mean() + softplus(w * (a * z + b) + c).mean()

    h = 1e-5
    dw = (loss_D(w + h, c) - loss_D(w - h, c)) / (2 * h)
    dc = (loss_D(w, c + h) - loss_D(w, c - h)) / (2 * h)
    w, c = w - eta * dw, c - eta * dc

    def loss_G(a, b):
        return softplus(-(w * (a * z + b) + c)).mean()

    da = (loss_G(a + h, b) - loss_G(a - h, b)) / (2 * h)
    db = (loss_G(a, b + h) - loss_G(a, b - h)) / (2 * h)
    return np.array([a - eta * da, b - eta * db, w, c])


# %% right: loops, a list, something printed
def alternating_step(a, b, w, c, x, z, eta):
    from math import exp

    def D(v, w, c):
        return 1 / (1 + exp(-(w * v + c)))

    gw = gc = ga = gb = 0.0
    for v in x:
        gw += (D(v, w, c) - 1) * v / len(x)
        gc += (D(v, w, c) - 1) / len(x)
    for n in z:
        v = a * n + b
        gw += D(v, w, c) * v / len(z)
        gc += D(v, w, c) / len(z)
    w -= eta * gw
    c -= eta * gc
    for n in z:
        slope = (D(a * n + b, w, c) - 1) * w / len(z)
        ga += slope * n
        gb += slope
    print(gw, gc, ga, gb)
    return [a - eta * ga, b - eta * gb, w, c]


# %% right: float32, matrices, with a warning
def alternating_step(a, b, w, c, x, z, eta):
    import warnings

    warnings.warn("float32")
    Z = np.stack([z, np.ones_like(z)], axis=1).astype(np.float32)
    X = np.stack([x, np.ones_like(x)], axis=1).astype(np.float32)
    G, D = np.array([a, b], np.float32), np.array([w, c], np.float32)
    F = np.stack([Z @ G, np.ones(len(z), np.float32)], axis=1)

    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    D = D - np.float32(eta) * (X.T @ (sigmoid(X @ D) - 1) / len(x) + F.T @ sigmoid(F @ D) / len(z))
    G = G - np.float32(eta) * D[0] * (Z.T @ (sigmoid(F @ D) - 1)) / len(z)
    return G[0], G[1], D[0], D[1]


# %% wrong: both at once
# diagnosis: the generator met the old discriminator
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    fake = a * z + b
    on_real = 1 / (1 + np.exp(-(w * x + c))) - 1
    on_fake = 1 / (1 + np.exp(-(w * fake + c)))
    by_fake = (on_fake - 1) * w
    return (
        a - eta * (by_fake * z).mean(),
        b - eta * by_fake.mean(),
        w - eta * ((on_real * x).mean() + (on_fake * fake).mean()),
        c - eta * (on_real.mean() + on_fake.mean()),
    )


# %% wrong: detach forgotten, gradients pile up in the generator
# diagnosis: its fakes are constants (detach)
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    import torch
    from torch.nn.functional import logsigmoid

    a, b, w, c = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (a, b, w, c))
    D = torch.optim.SGD([w, c], eta)
    G = torch.optim.SGD([a, b], eta)
    x, z = torch.tensor(x), torch.tensor(z)
    fake = a * z + b
    (-logsigmoid(w * x + c).mean() - logsigmoid(-(w * fake + c)).mean()).backward()
    D.step()
    (-logsigmoid(w * (a * z + b) + c).mean()).backward()
    G.step()
    return a.item(), b.item(), w.item(), c.item()


# %% wrong: detach forgotten, one optimizer
# diagnosis: the discriminator's loss moved the generator before its turn
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    leak = on_fake * w
    a, b = a - eta * (leak * z).mean(), b - eta * leak.mean()
    w, c = (
        w - eta * ((on_real * x).mean() + (on_fake * fake).mean()),
        c - eta * (on_real.mean() + on_fake.mean()),
    )
    by_fake = (sigmoid(w * (a * z + b) + c) - 1) * w
    return a - eta * (by_fake * z).mean(), b - eta * by_fake.mean(), w, c


# %% wrong: the generator's loss moves the discriminator too
# diagnosis: the generator's loss moved the discriminator too
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = sigmoid(w * fake + c) - 1
    return (
        a - eta * (slope * w * z).mean(),
        b - eta * (slope * w).mean(),
        w - eta * (slope * fake).mean(),
        c - eta * slope.mean(),
    )


# %% wrong: the generator follows the other player's loss
# diagnosis: the generator followed the discriminator's loss
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = sigmoid(w * fake + c) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c


# %% wrong: the generator uphill
# diagnosis: the generator went uphill on its loss
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = (sigmoid(w * fake + c) - 1) * w
    return a + eta * (slope * z).mean(), b + eta * slope.mean(), w, c


# %% wrong: the discriminator uphill
# diagnosis: the discriminator went uphill on its loss
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w + eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c + eta * (on_real.mean() + on_fake.mean())
    slope = (sigmoid(w * fake + c) - 1) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c


# %% wrong: the saturating loss
# diagnosis: the generator lost log(1 − D)
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = -sigmoid(w * fake + c) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c


# %% wrong: sums
# diagnosis: the gradients were summed over the examples
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * (on_real @ x + on_fake @ fake)
    c = c - eta * (on_real.sum() + on_fake.sum())
    slope = (sigmoid(w * fake + c) - 1) * w
    return a - eta * slope @ z, b - eta * slope.sum(), w, c


# %% wrong: labels exchanged
# diagnosis: real and fake are exchanged in the discriminator's loss
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c), sigmoid(w * fake + c) - 1
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = (sigmoid(w * fake + c) - 1) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c


# %% wrong: the way through the score forgotten
# diagnosis: the factor w is missing
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = sigmoid(w * fake + c) - 1
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c


# %% wrong: the generator first
# diagnosis: the generator moved first; the discriminator does
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    slope = (sigmoid(w * (a * z + b) + c) - 1) * w
    a, b = a - eta * (slope * z).mean(), b - eta * slope.mean()
    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    slope_w = (on_real * x).mean() + (on_fake * fake).mean()
    return a, b, w - eta * slope_w, c - eta * (on_real.mean() + on_fake.mean())


# %% wrong: batches of different sizes do not fit
# diagnosis: could not be broadcast
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * (on_real * x + on_fake * fake).mean()
    c = c - eta * (on_real + on_fake).mean()
    slope = (sigmoid(w * fake + c) - 1) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c


# %% wrong: the wrong order
# diagnosis: the order is a, b, w, c
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = (sigmoid(w * fake + c) - 1) * w
    return w, c, a - eta * (slope * z).mean(), b - eta * slope.mean()


# %% wrong: b after the new a
# diagnosis: b followed the new a
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    a = a - eta * ((sigmoid(w * (a * z + b) + c) - 1) * w * z).mean()
    b = b - eta * ((sigmoid(w * (a * z + b) + c) - 1) * w).mean()
    return a, b, w, c


# %% wrong: c after the new w
# diagnosis: c followed the new w
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    w -= eta * (((sigmoid(w * x + c) - 1) * x).mean() + (sigmoid(w * fake + c) * fake).mean())
    c -= eta * ((sigmoid(w * x + c) - 1).mean() + sigmoid(w * fake + c).mean())
    slope = (sigmoid(w * fake + c) - 1) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c


# %% wrong: the old w behind the new opinions
# diagnosis: the generator's gradient used the old w
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    new_w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    new_c = c - eta * (on_real.mean() + on_fake.mean())
    slope = (sigmoid(new_w * fake + new_c) - 1) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), new_w, new_c


# %% wrong: the opinions not computed anew
# diagnosis: the fakes' old opinions were used
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = (on_fake - 1) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c


# %% wrong: noise for fakes
# diagnosis: the discriminator was shown the noise z
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * z + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * z).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = (sigmoid(w * (a * z + b) + c) - 1) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c


# %% wrong: a and b by the same slope
# diagnosis: the factor z is missing
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c) - 1, sigmoid(w * fake + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = ((sigmoid(w * fake + c) - 1) * w).mean()
    return a - eta * slope, b - eta * slope, w, c


# %% wrong: opinions for slopes
# diagnosis: D and 1 − D are no slopes by the score
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    on_real, on_fake = sigmoid(w * x + c), 1 - sigmoid(w * fake + c)
    w = w - eta * ((on_real * x).mean() + (on_fake * fake).mean())
    c = c - eta * (on_real.mean() + on_fake.mean())
    slope = (sigmoid(w * fake + c) - 1) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c


# %% wrong: one mean of all examples
# diagnosis: averaged over all N + M examples
# points: 0
def alternating_step(a, b, w, c, x, z, eta):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    fake = a * z + b
    points = np.concatenate([x, fake])
    labels = np.concatenate([np.ones(len(x)), np.zeros(len(z))])
    slope = sigmoid(w * points + c) - labels
    w, c = w - eta * (slope * points).mean(), c - eta * slope.mean()
    slope = (sigmoid(w * fake + c) - 1) * w
    return a - eta * (slope * z).mean(), b - eta * slope.mean(), w, c
