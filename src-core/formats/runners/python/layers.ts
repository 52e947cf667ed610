/** Of the Python runner: every layer by its type. */
export const layers = String.raw`def pair(value):
    return [1, value[0] if isinstance(value, list) else value]


def conv2d(p, x, tensor):
    made = convolve(x, tensor("weight"), tensor("bias"), p["filters"], p["kernel_size"], p.get("stride") or [1, 1], p.get("padding"))
    return activate(made, p.get("activation"))


def conv1d(p, x, tensor):
    image = Value([x.shape[0], 1, x.shape[1]], x.data)
    size, step = pair(p["kernel_size"]), pair(p.get("stride") or 1)
    made = convolve(image, tensor("weight"), tensor("bias"), p["filters"], size, step, p.get("padding"))
    return activate(Value([made.shape[0], made.shape[2]], made.data), p.get("activation"))


def conv_transpose2d(p, x, tensor):
    made = transposed_convolve(x, tensor("weight"), tensor("bias"), p["filters"], p["kernel_size"], p.get("stride") or [1, 1])
    return activate(made, p.get("activation"))


def embedding(p, x, tensor):
    for value in x.data:
        if value != int(value) or not 0 <= value < p["vocabulary"]:
            raise ValueError(f"expected an id from 0 to {p['vocabulary'] - 1}, got {value}")
    table = runs(tensor("weight"), p["dims"])
    return Value(x.shape + [p["dims"]], flat(table[int(value)] for value in x.data))


def batch_norm(p, x, tensor, is_first):
    w, b, middle, variance = (tensor(name) for name in ("weight", "bias", "running_mean", "running_var"))
    factor = [scale / math.sqrt(v + p.get("epsilon", 1e-5)) for scale, v in zip(w, variance)]
    return per_channel(x, is_first, lambda v, c: (v - middle[c]) * factor[c] + b[c])


def scaled(x, is_first, tensor):
    w, b = tensor("weight"), tensor("bias")
    return per_channel(x, is_first, lambda v, c: v * w[c] + b[c])


def with_positions(x):
    width, data = x.shape[1], []
    for i, value in enumerate(x.data):
        t, k = divmod(i, width)
        angle = t / 10000 ** ((k - k % 2) / width)
        data.append(value + (math.sin(angle) if k % 2 == 0 else math.cos(angle)))
    return Value(x.shape, data)


def elementwise(f):
    return lambda p, inputs, tensor, node: Value(inputs[0].shape, [f(values) for values in zip(*(x.data for x in inputs))])


LAYERS = {
    "output": lambda p, i, tensor, node: i[0],
    "dense": lambda p, i, tensor, node: activate(affine(i[0], tensor("weight"), tensor("bias"), p["units"]), p.get("activation")),
    "activation": lambda p, i, tensor, node: activate(i[0], p["function"], p.get("alpha")),
    "conv2d": lambda p, i, tensor, node: conv2d(p, i[0], tensor),
    "conv1d": lambda p, i, tensor, node: conv1d(p, i[0], tensor),
    "conv_transpose2d": lambda p, i, tensor, node: conv_transpose2d(p, i[0], tensor),
    "max_pool2d": lambda p, i, tensor, node: pool(i[0], p, max),
    "avg_pool2d": lambda p, i, tensor, node: pool(i[0], p, mean),
    "global_avg_pool2d": lambda p, i, tensor, node: Value(i[0].shape[:1], [mean(plane) for plane in runs(i[0].data, i[0].shape[1] * i[0].shape[2])]),
    "flatten": lambda p, i, tensor, node: Value([len(i[0].data)], i[0].data),
    "reshape": lambda p, i, tensor, node: Value(p["shape"], i[0].data),
    "dropout": lambda p, i, tensor, node: i[0],
    "gaussian_noise": lambda p, i, tensor, node: i[0],
    "batch_norm": lambda p, i, tensor, node: batch_norm(p, i[0], tensor, node in FIRST_AXIS),
    "layer_norm": lambda p, i, tensor, node: scaled(normalize_blocks(i[0], i[0].shape[-1], p.get("epsilon", 1e-5)), False, tensor),
    "group_norm": lambda p, i, tensor, node: scaled(normalize_blocks(i[0], len(i[0].data) // p["groups"], p.get("epsilon", 1e-5)), True, tensor),
    "embedding": lambda p, i, tensor, node: embedding(p, i[0], tensor),
    "simple_rnn": lambda p, i, tensor, node: recur(rnn_step, i[0], p, tensor),
    "lstm": lambda p, i, tensor, node: recur(lstm_step, i[0], p, tensor),
    "gru": lambda p, i, tensor, node: recur(gru_step, i[0], p, tensor),
    "attention": lambda p, i, tensor, node: attend(i[0], p["heads"], tensor),
    "positional_encoding": lambda p, i, tensor, node: with_positions(i[0]),
    "add": elementwise(sum),
    "multiply": elementwise(math.prod),
    "concat": lambda p, i, tensor, node: concat(i, p.get("axis") or 0),
}
`;
