# %% right: counting the places
def output_size(n, k, stride, padding):
    starts = list(range(0, n + 2 * padding - k + 1, stride))
    if not starts:
        raise ValueError("the kernel is too long")
    return len(starts)


# %% right: a float without a fraction
def output_size(n, k, stride, padding):
    if k > n + 2 * padding:
        raise ValueError("no place")
    return np.floor((n + 2 * padding - k) / stride) + 1


# %% right: PyTorch on a real image
def output_size(n, k, stride, padding):
    import torch

    if n + 2 * padding < k:
        raise ValueError(f"{k} > {n + 2 * padding}")
    print("asking PyTorch")
    y = torch.nn.functional.conv1d(
        torch.zeros(1, 1, n), torch.zeros(1, 1, k), stride=stride, padding=padding
    )
    return y.shape[-1]


# %% right: a loop that walks
def output_size(n, k, stride, padding):
    import warnings

    warnings.warn("walking")
    end, first, places = n + 2 * padding, 0, 0
    while first + k <= end:
        places, first = places + 1, first + stride
    if places == 0:
        raise ValueError("does not fit")
    return places


# %% wrong: the + 1 forgotten
# diagnosis: the last place was forgotten
# points: 0
def output_size(n, k, stride, padding):
    if n + 2 * padding < k:
        raise ValueError
    return (n + 2 * padding - k) // stride


# %% wrong: padding on one side
# diagnosis: padding was counted at one end only
# points: 0
def output_size(n, k, stride, padding):
    if n + padding < k:
        raise ValueError
    return (n + padding - k) // stride + 1


# %% wrong: padding ignored
# diagnosis: padding was left out
# points: 0
def output_size(n, k, stride, padding):
    if n < k:
        raise ValueError
    return (n - k) // stride + 1


# %% wrong: stride ignored
# diagnosis: stride was ignored
# points: 0
def output_size(n, k, stride, padding):
    if n + 2 * padding < k:
        raise ValueError
    return n + 2 * padding - k + 1


# %% wrong: true division
# diagnosis: not a whole number: count the places that fit
# points: 0
def output_size(n, k, stride, padding):
    if n + 2 * padding < k:
        raise ValueError
    return (n + 2 * padding - k) / stride + 1


# %% wrong: + 1 before the division
# diagnosis: added before the division
# points: 0
def output_size(n, k, stride, padding):
    if n + 2 * padding < k:
        raise ValueError
    return (n + 2 * padding - k + 1) // stride


# %% wrong: rounded up
# diagnosis: rounded up: the last step would leave the image
# points: 0
def output_size(n, k, stride, padding):
    import math

    if n + 2 * padding < k:
        raise ValueError
    return math.ceil((n + 2 * padding - k) / stride) + 1


# %% wrong: no error
# diagnosis: should raise ValueError, but nothing was raised
# points: 0
def output_size(n, k, stride, padding):
    return (n + 2 * padding - k) // stride + 1


# %% wrong: error compares with the image without padding
# diagnosis: longer than the image
# points: 0
def output_size(n, k, stride, padding):
    if k > n:
        raise ValueError("the kernel is longer than the image")
    return (n + 2 * padding - k) // stride + 1


# %% wrong: the convolution of the image size by steps
# diagnosis: the kernel's size was left out
# points: 0
def output_size(n, k, stride, padding):
    if n + 2 * padding < k:
        raise ValueError
    return (n + 2 * padding) // stride


# %% wrong: size of the padded image
# diagnosis: that is the size of the padded image
# points: 0
def output_size(n, k, stride, padding):
    if n + 2 * padding < k:
        raise ValueError
    return n + 2 * padding


# %% wrong: no parentheses
# diagnosis: parentheses are missing
# points: 0
def output_size(n, k, stride, padding):
    if n + 2 * padding < k:
        raise ValueError
    return n + 2 * padding - k // stride + 1
