# %% right: from the end
def receptive_field(layers):
    field = 1
    for kernel, stride in reversed(layers):
        field = (field - 1) * stride + kernel
    return field


# %% right: products of strides
def receptive_field(layers):
    return 1 + sum(
        (kernel - 1) * np.prod([s for _, s in layers[:i]]) for i, (kernel, _) in enumerate(layers)
    )


# %% right: sets of pixels
def receptive_field(layers):
    print("following every connection")
    units = {0}
    for kernel, stride in layers[::-1]:
        units = {u * stride + v for u in units for v in range(kernel)}
    return max(units) - min(units) + 1


# %% right: recursion, as a float
def receptive_field(layers):
    import warnings

    warnings.warn("recursion")
    if not layers:
        return 1.0
    (kernel, stride), *rest = layers
    return kernel + (receptive_field(rest) - 1) * stride


# %% wrong: strides ignored
# diagnosis: strides were ignored
# points: 0
def receptive_field(layers):
    return 1 + sum(kernel - 1 for kernel, _ in layers)


# %% wrong: own stride first
# diagnosis: own stride widens only what comes after
# points: 0
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride in layers:
        jump *= stride
        field += (kernel - 1) * jump
    return field


# %% wrong: only the stride before
# diagnosis: the strides multiply up
# points: 0
def receptive_field(layers):
    field, before = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * before
        before = stride
    return field


# %% wrong: kernels added
# diagnosis: the kernels were added up
# points: 0
def receptive_field(layers):
    return sum(kernel for kernel, _ in layers) if layers else 1


# %% wrong: starts at zero
# diagnosis: one pixel is missing
# points: 0
def receptive_field(layers):
    field, jump = 0, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
    return field


# %% wrong: k instead of k − 1
# diagnosis: k − 1, not k
# points: 0
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride in layers:
        field += kernel * jump
        jump *= stride
    return field


# %% wrong: from the wrong end
# diagnosis: from the last to the first
# points: 0
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride in reversed(layers):
        field += (kernel - 1) * jump
        jump *= stride
    return field


# %% wrong: nothing for no layers
# diagnosis: nothing was returned
# points: 0
def receptive_field(layers):
    for i in range(len(layers)):
        field = 1
        for kernel, stride in reversed(layers[: i + 1]):
            field = (field - 1) * stride + kernel
        if i == len(layers) - 1:
            return field


# %% wrong: the jump
# diagnosis: product of the strides (the jump)
# points: 0
def receptive_field(layers):
    return int(np.prod([stride for _, stride in layers]))


# %% wrong: strides added
# diagnosis: the strides were added up; they multiply
# points: 0
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump += stride
    return field


# %% wrong: kernels multiplied
# diagnosis: the kernels were multiplied
# points: 0
def receptive_field(layers):
    field = 1
    for kernel, stride in layers:
        field *= kernel
    return field


# %% wrong: the last layer alone
# diagnosis: only the last layer was looked at
# points: 0
def receptive_field(layers):
    field = 1
    for kernel, stride in layers:
        field = kernel
    return field


# %% wrong: own stride alone
# diagnosis: widened by its own stride alone
# points: 0
def receptive_field(layers):
    field = 1
    for kernel, stride in layers:
        field += (kernel - 1) * stride
    return field
