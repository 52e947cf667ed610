/** Of the Python runner: normalisation, recurrence, attention and concatenation. */
export const sequences = String.raw`def mean(values):
    return sum(values) / len(values)


def normalize_blocks(x, size, epsilon):
    data = []
    for block in runs(x.data, size):
        middle = mean(block)
        factor = 1 / math.sqrt(mean([(value - middle) ** 2 for value in block]) + epsilon)
        data += [(value - middle) * factor for value in block]
    return Value(x.shape, data)


def per_channel(x, is_first, f):
    channels = x.shape[0] if is_first else x.shape[-1]
    run = len(x.data) // channels
    return Value(x.shape, [f(value, i // run if is_first else i % channels) for i, value in enumerate(x.data)])


def rnn_step(a, b, h, n, cell):
    return [math.tanh(a[k] + b[k]) for k in range(n)]


def gru_step(a, b, h, n, cell):
    made = []
    for k in range(n):
        r, z = sigmoid(a[k] + b[k]), sigmoid(a[n + k] + b[n + k])
        made.append((1 - z) * math.tanh(a[2 * n + k] + r * b[2 * n + k]) + z * h[k])
    return made


def lstm_step(a, b, h, n, cell):
    made = []
    for k in range(n):
        i, f, g, o = (a[part * n + k] + b[part * n + k] for part in range(4))
        cell[k] = sigmoid(f) * cell[k] + sigmoid(i) * math.tanh(g)
        made.append(sigmoid(o) * math.tanh(cell[k]))
    return made


def recur(step, x, p, tensor):
    length, n = x.shape[0], p["units"]
    gates = len(tensor("bias_ih_l0"))
    fed = runs(affine(x, tensor("weight_ih_l0"), tensor("bias_ih_l0"), gates).data, gates)
    h, cell, every = [0.0] * n, [0.0] * n, []
    for t in range(length):
        own = affine(Value([n], h), tensor("weight_hh_l0"), tensor("bias_hh_l0"), gates).data
        h = step(fed[t], own, h, n, cell)
        every += h
    return Value([length, n], every) if p.get("return_sequences") else Value([n], h)


def attend(x, heads, tensor):
    length, width = x.shape
    size = width // heads
    rows = runs(affine(x, tensor("in_proj_weight"), tensor("in_proj_bias"), 3 * width).data, 3 * width)
    mixed = [[] for _ in range(length)]
    for head in range(heads):
        part = lambda t, which: rows[t][which * width + head * size : which * width + (head + 1) * size]
        for t in range(length):
            query = part(t, 0)
            shares = softmax([sum(a * b for a, b in zip(query, part(s, 1))) / math.sqrt(size) for s in range(length)])
            mixed[t] += [sum(shares[s] * part(s, 2)[k] for s in range(length)) for k in range(size)]
    return affine(Value(x.shape, flat(mixed)), tensor("out_proj.weight"), tensor("out_proj.bias"), width)


def concat(inputs, axis):
    shape = list(inputs[0].shape)
    shape[axis] = sum(x.shape[axis] for x in inputs)
    outer = math.prod(shape[:axis])
    parts = [runs(x.data, len(x.data) // outer) for x in inputs]
    return Value(shape, [value for o in range(outer) for part in parts for value in part[o]])


`;
