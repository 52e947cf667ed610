/** The runner in Python: one file without dependencies that loads a weights file and predicts. */

/** `{WEIGHTS}`: name of the weights file beside it; `{FIRST_AXIS}`: ids of the batch norms that go along the first axis. */
export const pythonRunner = String.raw`"""Predicts with the network in a Netloom weights file; written by Netloom, needs nothing but Python 3.8 or later.

    python THIS_FILE rows.csv [weights.json] > predictions.csv
    from THIS_FILE import Model;  Model().predict([[0.5, 1.2], ...])  -> [(outputs, class), ...]

Rows are raw: features, categories and standardisation are applied here. Numbers are float64.
"""
import csv
import json
import math
import pathlib
import sys

WEIGHTS = {WEIGHTS}
# Batch norms along the first axis of a row (images, signals); the others go along the last.
FIRST_AXIS = set({FIRST_AXIS})


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


FUNCTIONS = {
    "linear": lambda x, a: x,
    "sigmoid": lambda x, a: sigmoid(x),
    "tanh": lambda x, a: math.tanh(x),
    "relu": lambda x, a: x if x > 0 else 0.0,
    "leaky_relu": lambda x, a: x if x >= 0 else (0.01 if a is None else a) * x,
    "elu": lambda x, a: x if x > 0 else (1.0 if a is None else a) * math.expm1(x),
    "softplus": lambda x, a: max(x, 0) + math.log1p(math.exp(-abs(x))),
    "gelu": lambda x, a: x * (1 + math.erf(x / math.sqrt(2))) / 2,
    "silu": lambda x, a: x * sigmoid(x),
}


class Value:
    """The value of a node for one row: its shape, and its numbers row-major."""

    def __init__(self, shape, data):
        self.shape, self.data = list(shape), data


def softmax(run):
    most = max(run)
    powers = [math.exp(value - most) for value in run]
    total = sum(powers)
    return [power / total for power in powers]


def runs(data, n):
    return [data[at : at + n] for at in range(0, len(data), n)]


def flat(parts):
    return [value for part in parts for value in part]


def activate(x, spec, alpha=None):
    kind, alpha = (spec["type"], spec.get("alpha")) if isinstance(spec, dict) else (spec or "linear", alpha)
    if kind == "softmax":
        return Value(x.shape, flat(softmax(run) for run in runs(x.data, x.shape[-1])))
    return Value(x.shape, [FUNCTIONS[kind](value, alpha) for value in x.data])


def affine(x, w, bias, units):
    """x [.., in] times w [units, in], plus a bias."""
    width = x.shape[-1]
    columns = [(w[unit * width : (unit + 1) * width], 0.0 if bias is None else bias[unit]) for unit in range(units)]
    data = [b + sum(p * q for p, q in zip(run, column)) for run in runs(x.data, width) for column, b in columns]
    return Value(x.shape[:-1] + [units], data)


def window(length, kernel, stride, padding):
    """Where a window stops along an axis: number of places, and padding before the first."""
    if padding != "same":
        return (length - kernel) // stride + 1, 0
    count = math.ceil(length / stride)
    return count, max((count - 1) * stride + kernel - length, 0) // 2


def slide(shape, kernel, stride, padding):
    """Rows, columns, and for every place of the window [(index in the plane, index in the kernel), ...]."""
    _, height, width = shape
    (kh, kw), (sh, sw) = kernel, stride
    (rows, top), (columns, left) = window(height, kh, sh, padding), window(width, kw, sw, padding)
    near = []
    for i in range(rows):
        for j in range(columns):
            places = []
            for u in range(kh):
                for v in range(kw):
                    y, x = i * sh - top + u, j * sw - left + v
                    if 0 <= y < height and 0 <= x < width:
                        places.append((y * width + x, u * kw + v))
            near.append(places)
    return rows, columns, near


def convolve(x, w, bias, filters, kernel, stride, padding):
    channels, height, width = x.shape
    taps, plane = kernel[0] * kernel[1], height * width
    rows, columns, near = slide(x.shape, kernel, stride, padding)
    data = []
    for f in range(filters):
        for places in near:
            total = 0.0 if bias is None else bias[f]
            for c in range(channels):
                for at, tap in places:
                    total += x.data[c * plane + at] * w[(f * channels + c) * taps + tap]
            data.append(total)
    return Value([filters, rows, columns], data)


def transposed_convolve(x, w, bias, filters, kernel, stride):
    channels, height, width = x.shape
    (kh, kw), (sh, sw) = kernel, stride
    rows, columns = (height - 1) * sh + kh, (width - 1) * sw + kw
    data = [0.0 if bias is None else bias[f] for f in range(filters) for _ in range(rows * columns)]
    for c in range(channels):
        for p in range(height * width):
            value = x.data[c * height * width + p]
            for f in range(filters):
                for t in range(kh * kw):
                    row, column = p // width * sh + t // kw, p % width * sw + t % kw
                    data[(f * rows + row) * columns + column] += value * w[(c * filters + f) * kh * kw + t]
    return Value([filters, rows, columns], data)


def pool(x, p, join):
    kernel = p.get("pool_size") or [2, 2]
    rows, columns, near = slide(x.shape, kernel, p.get("stride") or kernel, p.get("padding"))
    planes = runs(x.data, x.shape[1] * x.shape[2])
    return Value([x.shape[0], rows, columns], [join([plane[at] for at, _ in places]) for plane in planes for places in near])


def mean(values):
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


def pair(value):
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
FEATURES = {
    "x1": lambda x: x["x1"],
    "x2": lambda x: x["x2"],
    "x1^2": lambda x: x["x1"] ** 2,
    "x2^2": lambda x: x["x2"] ** 2,
    "x1*x2": lambda x: x["x1"] * x["x2"],
    "sin(x1)": lambda x: math.sin(x["x1"]),
    "sin(x2)": lambda x: math.sin(x["x2"]),
}


class Model:
    def __init__(self, path=None):
        file = json.loads(pathlib.Path(path or pathlib.Path(__file__).parent / WEIGHTS).read_text(encoding="utf-8"))
        self.data, self.training, self.vectors = file["data"], file["training"], file["vectors"]
        self.tensors = {key: [float(value) for value in tensor["data"]] for key, tensor in file["tensors"].items()}
        self.nodes = {node["id"]: node for node in file["graph"]["nodes"]}
        self.sources = {node: self.wired(file["graph"]["edges"], node) for node in self.nodes}
        (self.output,) = [key for key, node in self.nodes.items() if node["type"] == "output"]

    @staticmethod
    def wired(edges, node):
        """Sources in the order of their slots."""
        own = [edge for edge in edges if edge["to"] == node]
        placed = {edge["slot"]: edge["from"] for edge in own if edge.get("slot") is not None}
        free = [edge["from"] for edge in own if edge.get("slot") is None]
        return [placed[slot] if slot in placed else free.pop(0) for slot in range(len(own))]

    def run(self, inputs):
        """Output values for one row as it enters the input node."""
        known, todo = {}, [self.output]
        while todo:  # without recursion: networks may be deep
            node = todo[-1]
            waiting = [source for source in self.sources[node] if source not in known]
            if waiting:
                todo += waiting
                continue
            todo.pop()
            if node in known:
                continue
            kind, params = self.nodes[node]["type"], self.nodes[node].get("params") or {}
            if kind == "input":
                known[node] = Value(params["shape"], [float(value) for value in inputs])
            else:
                tensor = lambda name: self.tensors.get(f"{node}.{name}")
                known[node] = LAYERS[kind](params, [known[source] for source in self.sources[node]], tensor, node)
        return known[self.output].data

    def number(self, cells, column):
        text = str(cells.get(column, "")).strip()
        if text == "":
            value = self.data.get("fill", {}).get(column)
        else:
            try:
                value = float(text.replace(",", ".") if self.data.get("decimal") == "," else text)
            except ValueError:
                value = None
        if value is None or not math.isfinite(value):
            raise ValueError(f'column {column}: expected a number, got "{text}"')
        return value * self.data.get("input_scale", 1)

    def encode(self, cells):
        """Raw cells by column to what the network is fed."""
        data, fed = self.data, []
        if data.get("features"):
            x = {column: self.number(cells, column) for column in data["columns"]}
            fed = [(name, FEATURES[name](x)) for name in data["features"]]
        else:
            for column in data["columns"]:
                labels = data.get("categories", {}).get(column)
                if labels is None:
                    fed.append((column, self.number(cells, column)))
                elif str(cells[column]) not in labels:
                    raise ValueError(f'column {column}: expected one of {", ".join(labels)}, got "{cells[column]}"')
                else:
                    fed += [(None, float(str(cells[column]) == label)) for label in labels]
        scale = data.get("standardization") or {"columns": [], "mean": [], "std": []}
        place = {name: i for i, name in enumerate(scale["columns"])}
        return [v if name not in place else (v - scale["mean"][place[name]]) / (scale["std"][place[name]] or 1) for name, v in fed]

    def class_of(self, outputs):
        labels = self.data.get("classes") or []
        if not labels or self.data.get("task") == "regression":
            return None
        type_of = lambda spec: spec.get("type") if isinstance(spec, dict) else spec
        signed = type_of(self.training.get("loss")) == "hinge" or type_of(self.training.get("method")) == "perceptron"
        if len(outputs) == 1:
            return labels[int(outputs[0] >= (0 if signed else 0.5))]
        return labels[outputs.index(max(outputs))]

    def predict(self, rows):
        """Rows of raw values in the order of the columns, or dicts by column: (outputs, class) each."""
        scale, found = self.data.get("target_standardization") or {}, []
        for row in rows:
            outputs = self.run(self.encode(row if isinstance(row, dict) else dict(zip(self.data["columns"], row))))
            if scale:
                outputs = [v * (s or 1) + m for v, s, m in zip(outputs, scale["std"], scale["mean"])]
            found.append((outputs, self.class_of(outputs)))
        return found

    def check(self):
        """Largest error over the file's own test vectors, relative to max(1, |expected|)."""
        pairs = zip(self.vectors["inputs"], self.vectors["outputs"])
        return max(abs(a - b) / max(1, abs(b)) for row, outputs in pairs for a, b in zip(self.run(row), outputs))


def predict_csv(model, path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    first = text.splitlines()[0] if text else ""
    delimiter = max(",;\t", key=first.count)
    rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter) if row]
    if model.data.get("header", True):
        names, rows = [name.strip() for name in rows[0]], rows[1:]
    else:
        names = [f"c{i + 1}" for i in range(len(rows[0]))]
    missing = [column for column in model.data["columns"] if column not in names]
    if missing:
        raise ValueError(f"no column {missing[0]} among {', '.join(names)}")
    found = model.predict([dict(zip(names, row)) for row in rows])
    has_class = bool(found) and found[0][1] is not None
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([f"out{i}" for i in range(len(found[0][0]) if found else 0)] + ["class"] * has_class)
    for outputs, label in found:
        out.writerow([repr(value) for value in outputs] + [label] * has_class)


if __name__ == "__main__":
    try:
        network = Model(sys.argv[2] if len(sys.argv) > 2 else None)
        if len(sys.argv) > 1:
            predict_csv(network, sys.argv[1])
        else:
            print(f"largest error over the test vectors: {network.check()}")
    except (ValueError, KeyError, OSError) as error:
        sys.exit(str(error))
`;
