# %% right: forward mode, one pass for each input
def gradients(tape, inputs):
    found = {}
    for seed in inputs:
        z = {name: (value, float(name == seed)) for name, value in inputs.items()}
        for result, operation, names in tape:
            a, da = z[names[0]]
            b, db = z[names[-1]]
            if operation == "add":
                z[result] = a + b, da + db
            elif operation == "sub":
                z[result] = a - b, da - db
            elif operation == "mul":
                z[result] = a * b, a * db + da * b
            elif operation == "sin":
                z[result] = np.sin(a), np.cos(a) * da
            elif operation == "exp":
                z[result] = np.exp(a), np.exp(a) * da
            else:
                z[result] = max(a, 0.0), da * (a > 0)
        found[seed] = z[tape[-1][0]][1]
    return found


# %% right: PyTorch
def gradients(tape, inputs):
    import torch

    leaves = {
        k: torch.tensor(v, dtype=torch.float64, requires_grad=True) for k, v in inputs.items()
    }
    values = dict(leaves)
    apply = {"add": torch.add, "sub": torch.sub, "mul": torch.mul}
    apply |= {"sin": torch.sin, "exp": torch.exp, "relu": torch.relu}
    for result, operation, names in tape:
        values[result] = apply[operation](*(values[n] for n in names))
    (values[tape[-1][0]] + 0 * sum(leaves.values())).backward()
    return {k: v.grad.item() for k, v in leaves.items()}


# %% right: a class with closures, topological order by search
class Number:
    def __init__(self, value, parents=()):
        self.value, self.parents, self.adjoint = value, parents, 0.0


def gradients(tape, inputs):
    numbers = {name: Number(value) for name, value in inputs.items()}
    for result, operation, names in tape:
        p = [numbers[n] for n in names]
        v = [q.value for q in p]
        if operation in ("add", "sub"):
            sign = 1 if operation == "add" else -1
            numbers[result] = Number(v[0] + sign * v[1], [(p[0], 1), (p[1], sign)])
        elif operation == "mul":
            numbers[result] = Number(v[0] * v[1], [(p[0], v[1]), (p[1], v[0])])
        elif operation == "sin":
            numbers[result] = Number(np.sin(v[0]), [(p[0], np.cos(v[0]))])
        elif operation == "exp":
            numbers[result] = Number(np.exp(v[0]), [(p[0], np.exp(v[0]))])
        else:
            numbers[result] = Number(max(v[0], 0), [(p[0], int(v[0] > 0))])
    order = []

    def visit(number):
        if number not in order:
            for parent, _ in number.parents:
                visit(parent)
            order.append(number)

    output = numbers[tape[-1][0]]
    visit(output)
    output.adjoint = 1.0
    for number in reversed(order):
        for parent, slope in number.parents:
            parent.adjoint += number.adjoint * slope
    return {name: numbers[name].adjoint for name in inputs}


# %% right: all paths, recursively, in float32 with a warning
def gradients(tape, inputs):
    import warnings

    warnings.warn("float32")
    values = {k: np.float32(v) for k, v in inputs.items()}
    parents = {}
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        values[result], slopes = {
            "add": (a + b, [1, 1]),
            "sub": (a - b, [1, -1]),
            "mul": (a * b, [b, a]),
            "sin": (np.sin(a), [np.cos(a)]),
            "exp": (np.exp(np.minimum(a, 80)), [np.exp(np.minimum(a, 80))]),
            "relu": (np.maximum(a, 0), [np.float32(a > 0)]),
        }[operation]
        parents[result] = list(zip(names, slopes))

    def slope(node, target):
        if node == target:
            return 1.0
        return sum(s * slope(n, target) for n, s in parents.get(node, []))

    return {k: float(slope(tape[-1][0], k)) for k in inputs}


# %% wrong: overwritten
# diagnosis: an adjoint was overwritten
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] = adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: first part kept
# diagnosis: only the first part arrived
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            if adjoint[name] == 0:
                adjoint[name] = adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: first to last
# diagnosis: the steps were taken first to last
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(tape, slopes):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: breadth first
# diagnosis: a node sent its adjoint on before all its parts had arrived
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    made_by = {step[0]: (step[2], slope) for step, slope in zip(tape, slopes)}
    queue = [tape[-1][0]]
    for node in queue:
        names, slope = made_by.get(node, ((), ()))
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[node] * factor
            if name not in queue:
                queue.append(name)
    return {name: adjoint[name] for name in inputs}


# %% wrong: totals sent again
# diagnosis: a node sent on again what it had sent already
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    made_by = {step[0]: (step[2], slope) for step, slope in zip(tape, slopes)}
    adjoint[tape[-1][0]] = 0.0

    def send(node, part):
        adjoint[node] += part
        names, slope = made_by.get(node, ((), ()))
        for name, factor in zip(names, slope):
            send(name, adjoint[node] * factor)

    send(tape[-1][0], 1.0)
    return {name: adjoint[name] for name in inputs}


# %% wrong: once a step
# diagnosis: a number that is used twice in one step
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in dict(zip(names, slope)).items():
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: slopes of the product swapped
# diagnosis: the slopes of a product a b are b and a
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (a, b)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: slope of ReLU always 1
# diagnosis: the slope of ReLU is 1 where
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (1.0,)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: slope of ReLU at 0
# diagnosis: the slope of ReLU at 0 is taken to be 0
# points: 3
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a >= 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: minus cos
# diagnosis: the slope of sin is +cos
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (-np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: cos of the result
# diagnosis: taken at its input, not at its result
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(np.sin(a)),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: sub as add
# diagnosis: the slope of a − b by b is −1
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, 1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: exp as power
# diagnosis: the slope of exp is exp
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (1.0,)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: values returned
# diagnosis: the values came back
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: values[name] for name in inputs}


# %% wrong: output without 1
# diagnosis: the adjoint of the output is 1
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: all nodes returned
# diagnosis: only the inputs are asked for
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return adjoint


# %% wrong: unused input left out
# diagnosis: what the output does not depend on has the derivative 0
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs if adjoint[name] != 0}


# %% wrong: a list returned
# diagnosis: the result is a dictionary
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return [adjoint[name] for name in inputs]


# %% wrong: two names always
# diagnosis: not enough values to unpack
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        first, second = names
        a, b = values[first], values[second]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: sin for its slope
# diagnosis: the slope of sin is cos
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.sin(a),)
        elif operation == "exp":
            values[result], slope = np.exp(a), (np.exp(a),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}


# %% wrong: exp of the result
# diagnosis: the slope of exp is taken at its input
# points: 0
def gradients(tape, inputs):
    values = dict(inputs)
    slopes = []
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        if operation == "add":
            values[result], slope = a + b, (1, 1)
        elif operation == "sub":
            values[result], slope = a - b, (1, -1)
        elif operation == "mul":
            values[result], slope = a * b, (b, a)
        elif operation == "sin":
            values[result], slope = np.sin(a), (np.cos(a),)
        elif operation == "exp":
            values[result] = np.exp(a)
            slope = (np.exp(values[result]),)
        else:
            values[result], slope = max(0.0, a), (float(a > 0),)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes)):
        for name, factor in zip(names, slope):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}
