"""Writes cases.json: whole project files, starting weights, and what PyTorch's own modules and optimizers make of them.

Run: python3 test/reference/pytorch/cli-parity/make.py   (torch 1.13 or later, CPU; seeds are fixed, so the file comes out the same)
Everything is computed twice, in float64 and in float32: a case in which PyTorch does not agree with itself is refused, because
it could not tell a right engine from a wrong one. Layers are torch.nn modules and optimizers torch.optim classes wherever
PyTorch has them, so that no formula is written down a second time.
"""
import json
import math
import pathlib

import torch
from torch import nn
import torch.nn.functional as F

SELF_AGREEMENT = 2e-5
FUNCTIONS = {
    "linear": lambda a: nn.Identity(),
    "sigmoid": lambda a: nn.Sigmoid(),
    "tanh": lambda a: nn.Tanh(),
    "relu": lambda a: nn.ReLU(),
    "leaky_relu": lambda a: nn.LeakyReLU(0.01 if a is None else a),
    "elu": lambda a: nn.ELU(1.0 if a is None else a),
    "softplus": lambda a: nn.Softplus(),
    "gelu": lambda a: nn.GELU(),
    "silu": lambda a: nn.SiLU(),
    "softmax": lambda a: nn.Softmax(dim=-1),
}


def function_of(spec):
    return FUNCTIONS[spec["type"]](spec.get("alpha")) if isinstance(spec, dict) else FUNCTIONS[spec or "linear"](None)


def same_pads(size, kernel, stride):
    total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


class Padded(nn.Module):
    """A windowed module behind the padding "same"; `value` is what lies around the image."""

    def __init__(self, inner, kernel, stride, value=0.0):
        super().__init__()
        self.inner, self.kernel, self.stride, self.value = inner, kernel, stride, value

    def forward(self, x):
        pads = [same_pads(size, k, s) for size, k, s in zip(x.shape[2:], self.kernel, self.stride)]
        return self.inner(F.pad(x, [p for pair in reversed(pads) for p in pair], value=self.value))


class MeanOfPresent(nn.Module):
    """Average pooling whose padding does not count."""

    def __init__(self, kernel, stride):
        super().__init__()
        self.kernel, self.stride = kernel, stride

    def forward(self, x):
        pads = [same_pads(size, k, s) for size, k, s in zip(x.shape[2:], self.kernel, self.stride)]
        flat = [p for pair in reversed(pads) for p in pair]
        total = F.avg_pool2d(F.pad(x, flat), self.kernel, self.stride)
        return total / F.avg_pool2d(F.pad(torch.ones_like(x), flat), self.kernel, self.stride)


class LastAxisNorm(nn.Module):
    """Batch norm over rows and time of [N, T, C]."""

    def __init__(self, norm):
        super().__init__()
        self.norm = norm

    def forward(self, x):
        return self.norm(x.transpose(1, 2)).transpose(1, 2)


class Sequence(nn.Module):
    def __init__(self, inner, returns_all):
        super().__init__()
        self.inner, self.returns_all = inner, returns_all

    def forward(self, x):
        states, _ = self.inner(x)
        return states if self.returns_all else states[:, -1]


class SelfAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.inner = nn.MultiheadAttention(width, heads, batch_first=True)

    def forward(self, x):
        return self.inner(x, x, x, need_weights=False)[0]


class Positions(nn.Module):
    def forward(self, x):
        length, width = x.shape[1:]
        t = torch.arange(length, dtype=torch.float64).unsqueeze(1)
        rate = 10000 ** (2 * torch.arange((width + 1) // 2, dtype=torch.float64) / width)
        table = torch.zeros(length, width, dtype=torch.float64)
        table[:, 0::2] = torch.sin(t / rate)
        table[:, 1::2] = torch.cos(t / rate)[:, : width // 2]
        return x + table.to(x.dtype)


def make_layer(kind, p, x, signal):
    """The module of one node for an input like x, its activation apart, and the module that holds its tensors."""
    act = function_of(p.get("activation"))
    bias = p.get("use_bias", True)
    if kind == "dense":
        m = nn.Linear(x.shape[-1], p["units"], bias)
        return m, act, m
    if kind == "activation":
        return nn.Identity(), FUNCTIONS[p["function"]](p.get("alpha")), None
    if kind in ("conv2d", "conv1d"):
        two = kind == "conv2d"
        k, s = p["kernel_size"], p.get("stride", [1, 1] if two else 1)
        m = (nn.Conv2d if two else nn.Conv1d)(x.shape[1], p["filters"], k, s, bias=bias)
        outer = Padded(m, k if two else [k], s if two else [s]) if p.get("padding") == "same" else m
        return outer, act, m
    if kind == "conv_transpose2d":
        m = nn.ConvTranspose2d(x.shape[1], p["filters"], p["kernel_size"], p.get("stride", [1, 1]), bias=bias)
        return m, act, m
    if kind in ("max_pool2d", "avg_pool2d"):
        k = p.get("pool_size", [2, 2])
        s = p.get("stride", k)
        same = p.get("padding") == "same"
        if kind == "max_pool2d":
            m = nn.MaxPool2d(k, s)
            return (Padded(m, k, s, -math.inf) if same else m), act, None
        return (MeanOfPresent(k, s) if same else nn.AvgPool2d(k, s)), act, None
    if kind == "global_avg_pool2d":
        return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), act, None
    if kind == "flatten":
        return nn.Flatten(), act, None
    if kind == "reshape":
        return nn.Unflatten(1, p["shape"]) if x.dim() == 2 else nn.Sequential(nn.Flatten(), nn.Unflatten(1, p["shape"])), act, None
    if kind in ("dropout", "gaussian_noise"):
        return nn.Identity(), act, None
    if kind == "batch_norm":
        momentum, eps = p.get("momentum", 0.1), p.get("epsilon", 1e-5)
        if x.dim() == 4:
            m = nn.BatchNorm2d(x.shape[1], eps, momentum)
        elif x.dim() == 2 or signal:
            m = nn.BatchNorm1d(x.shape[1], eps, momentum)
        else:
            m = nn.BatchNorm1d(x.shape[2], eps, momentum)
            return LastAxisNorm(m), act, m
        return m, act, m
    if kind == "layer_norm":
        m = nn.LayerNorm(x.shape[-1], p.get("epsilon", 1e-5))
        return m, act, m
    if kind == "group_norm":
        m = nn.GroupNorm(p["groups"], x.shape[1], p.get("epsilon", 1e-5))
        return m, act, m
    if kind == "embedding":
        m = nn.Embedding(p["vocabulary"], p["dims"])
        return m, act, m
    if kind in ("simple_rnn", "lstm", "gru"):
        m = {"simple_rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind](x.shape[2], p["units"], batch_first=True)
        return Sequence(m, p.get("return_sequences", False)), act, m
    if kind == "attention":
        m = SelfAttention(x.shape[2], p["heads"])
        return m, act, m.inner
    if kind == "positional_encoding":
        return Positions(), act, None
    raise ValueError(kind)


class Net(nn.Module):
    """The graph of a project file out of torch modules; made by one forward pass."""

    def __init__(self, graph, x):
        super().__init__()
        self.graph = graph
        self.kinds = {n["id"]: n["type"] for n in graph["nodes"]}
        self.params_of = {n["id"]: n["params"] for n in graph["nodes"]}
        self.sources = {n["id"]: [] for n in graph["nodes"]}
        for node in graph["nodes"]:
            edges = [e for e in graph["edges"] if e["to"] == node["id"]]
            slots = {e["slot"]: e["from"] for e in edges if "slot" in e}
            free = [e["from"] for e in edges if "slot" not in e]
            for i in range(len(edges)):
                self.sources[node["id"]].append(slots[i] if i in slots else free.pop(0))
        (self.out,) = [k for k, kind in self.kinds.items() if kind == "output"]
        self.layers, self.activations, self.owners, self.is_signal = {}, {}, {}, {}
        self.run(x)
        for name, module in self.layers.items():
            self.add_module("layer_" + name, module)

    def run(self, x):
        """(output, logits): the value before the last activation, where there is one."""
        values, before = {}, {}

        def value(name):
            if name in values:
                return values[name]
            kind, p = self.kinds[name], self.params_of[name]
            inputs = [value(source) for source in self.sources[name]]
            if kind == "input":
                values[name] = x
            elif kind == "output":
                values[name] = inputs[0]
            elif kind in ("add", "multiply", "concat"):
                self.is_signal[name] = all(self.is_signal.get(source, False) for source in self.sources[name])
            if kind == "add":
                values[name] = sum(inputs[1:], inputs[0])
            if kind == "multiply":
                values[name] = math.prod(inputs[1:], start=inputs[0])
            if kind == "concat":
                values[name] = torch.cat(inputs, dim=p.get("axis", 0) + 1)
            if name not in values:
                signal = self.is_signal.get(self.sources[name][0], False)
                if name not in self.layers:
                    layer, act, owner = make_layer(kind, p, inputs[0], signal)
                    self.layers[name], self.activations[name] = layer.to(x.dtype), act
                    if owner is not None:
                        self.owners[name] = owner
                    keeps = ("activation", "batch_norm", "dropout", "gaussian_noise")
                    self.is_signal[name] = kind == "conv1d" or (signal and kind in keeps)
                fed = inputs[0].long() if kind == "embedding" else inputs[0]
                before[name] = self.layers[name](fed)
                values[name] = self.activations[name](before[name])
            return values[name]

        output = value(self.out)
        for name in self.kinds:  # dead ends too: they have tensors, but no gradients
            value(name)
        return output, before.get(self.sources[self.out][0])

    def head(self):
        name = self.sources[self.out][0]
        spec = self.params_of[name].get("function" if self.kinds[name] == "activation" else "activation")
        return spec.get("type") if isinstance(spec, dict) else spec

    def trained(self):
        return {f"{node}.{key}": t for node, m in self.owners.items() for key, t in m.named_parameters()}

    def stats(self):
        return {f"{node}.{key}": t for node, m in self.owners.items() for key, t in m.named_buffers() if key.startswith("running")}


def loss_rows(spec, net, output, logits, y):
    """Loss of every row; y as the network's output is shaped."""
    name = spec["type"] if isinstance(spec, dict) else spec
    n = len(output)
    flat = lambda t: t.reshape(n, -1).mean(dim=1)
    if name == "mean_squared_error":
        return flat(F.mse_loss(output, y, reduction="none"))
    if name == "mean_absolute_error":
        return flat(F.l1_loss(output, y, reduction="none"))
    if name == "huber":
        delta = spec.get("delta", 1.0) if isinstance(spec, dict) else 1.0
        return flat(F.huber_loss(output, y, reduction="none", delta=delta))
    if name == "hinge":
        sides = y if (y < 0).any() else 2 * y - 1
        return flat(F.relu(1 - sides * output))
    if name == "binary_cross_entropy":
        if net.head() == "sigmoid":
            return flat(F.binary_cross_entropy_with_logits(logits, y, reduction="none"))
        return flat(F.binary_cross_entropy(output.clamp(1e-7, 1 - 1e-7), y, reduction="none"))
    assert name == "cross_entropy"
    if net.head() == "softmax":
        return flat(-(y * F.log_softmax(logits, dim=-1)).sum(dim=-1))
    return flat(-(y * output.clamp(1e-7, 1 - 1e-7).log()).sum(dim=-1))


class DeltaBarDelta:
    def __init__(self, tensors, learning_rate=0.1, kappa=0.07, phi=0.5, theta=0.0):
        self.tensors, self.kappa, self.phi, self.theta = tensors, kappa, phi, theta
        self.rates = [torch.full_like(t, learning_rate) for t in tensors]
        self.bars = None

    def step(self):
        gradients = [gradient_of(t) for t in self.tensors]
        if self.bars is None:
            self.bars = [g.clone() for g in gradients]
        else:
            for g, bar, rate in zip(gradients, self.bars, self.rates):
                agree = g * bar
                rate.copy_(torch.where(agree > 0, rate + self.kappa, torch.where(agree < 0, rate * self.phi, rate)))
                bar.copy_((1 - self.theta) * g + self.theta * bar)
        with torch.no_grad():
            for t, g, rate in zip(self.tensors, gradients, self.rates):
                t -= rate * g


def optimizer_of(spec, tensors):
    p = {"type": spec} if isinstance(spec, str) else dict(spec)
    kind = p.pop("type")
    if kind == "delta_bar_delta":
        return DeltaBarDelta(tensors, **p)
    names = {"learning_rate": "lr", "epsilon": "eps", "rho": "alpha"}
    options = {names.get(k, k): v for k, v in p.items() if k not in ("beta1", "beta2")}
    if kind in ("adam", "adamw"):
        options["betas"] = (p.get("beta1", 0.9), p.get("beta2", 0.999))
    made = {"sgd": torch.optim.SGD, "adagrad": torch.optim.Adagrad, "rmsprop": torch.optim.RMSprop, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    if "lr" not in options:
        options["lr"] = 0.001 if kind.startswith("adam") else 0.01
    return made[kind](tensors, **options)


def rate_at(schedule, base, e, epochs):
    if schedule is None:
        return base
    p = {"type": schedule} if isinstance(schedule, str) else schedule
    kind = p["type"]
    if kind == "constant":
        return base
    if kind == "step":
        return base * p.get("gamma", 0.1) ** (e // p.get("step_size", 10))
    if kind == "exponential":
        return base * p.get("gamma", 0.95) ** e
    if kind == "cosine":
        least = p.get("min_rate", 0)
        return least + (base - least) * (1 + math.cos(math.pi * e / epochs)) / 2
    n = p["epochs"]
    return base * (e + 1) / n if e < n else rate_at(p.get("then"), base, e - n, epochs - n)


def targets_of(data, dtype, shape):
    rows = [row if isinstance(row, list) else [row] for row in data["targets"]]
    if data["task"] == "regression":
        return torch.tensor(rows, dtype=dtype).reshape(len(rows), *shape), None
    labels = [row[0] for row in rows]
    order = data.get("classes") or sorted(set(labels))
    index = torch.tensor([order.index(label) for label in labels])
    if data["task"] == "binary":
        return index.to(dtype).reshape(len(rows), 1), [str(order[i]) for i in index]
    return F.one_hot(index, len(order)).to(dtype).reshape(len(rows), *shape), [str(order[i]) for i in index]


def penalty(training, net):
    strengths = training.get("regularization") or {}
    total = 0.0
    if not any(strengths.values()):
        return total  # not even zeros, which would be a gradient
    for key, t in net.trained().items():
        node, name = key.split(".", 1)
        if "weight" in name and not net.kinds[node].endswith("_norm"):
            total = total + strengths.get("l1", 0) * t.abs().sum() + strengths.get("l2", 0) / 2 * (t**2).sum()
    return total


def compute(case, start, dtype):
    doc = case["project"]
    training, data = doc["training"], doc["data"]
    shape = doc["graph"]["nodes"][0]["params"]["shape"]
    x = torch.tensor(data["inputs"], dtype=dtype).reshape(-1, *shape)
    net = Net(doc["graph"], x)
    for key, t in {**net.trained(), **net.stats()}.items():
        t.data.copy_(torch.tensor(start[key]["data"], dtype=dtype).reshape(t.shape))
    net.eval()
    y, labels = targets_of(data, dtype, net.run(x)[0].shape[1:])
    weights = torch.ones(len(x), dtype=dtype)
    if "class_weights" in training:
        weights = torch.tensor([training["class_weights"].get(label, 1.0) for label in labels], dtype=dtype)
    size = len(x) if training.get("batch_size") == "full" else training.get("batch_size", 32)

    def mean_loss(part):
        rows = loss_rows(training["loss"], net, *net.run(x[part]), y[part])
        return (rows * weights[part]).sum() / weights[part].sum()

    is_sum = training.get("reduction") == "sum"
    kept = {key: t.clone() for key, t in net.stats().items()}
    net.train()
    first = slice(0, size)
    mean = mean_loss(first)
    (mean * len(x[first]) if is_sum else mean).backward()
    result = {"loss": (mean * len(x[first]) if is_sum else mean).item(), "gradients": listed(net.trained(), gradient_of)}
    for key, t in net.stats().items():
        t.data.copy_(kept[key])
    optimizer = optimizer_of(training["optimizer"], list(net.trained().values()))
    base = optimizer.param_groups[0]["lr"] if isinstance(optimizer, torch.optim.Optimizer) else None
    losses, penalties = [], []
    for epoch in range(training["epochs"]):
        if base is not None:
            optimizer.param_groups[0]["lr"] = rate_at(training.get("schedule"), base, epoch, training["epochs"])
        total = 0.0
        for at in range(0, len(x), size):
            part = slice(at, at + size)
            net.zero_grad(set_to_none=False)
            for t in net.trained().values():
                t.grad = None
            mean = mean_loss(part)
            ((mean * len(x[part]) if is_sum else mean) + penalty(training, net)).backward()
            clip = training.get("gradient_clip", {})
            if "norm" in clip:
                nn.utils.clip_grad_norm_(list(net.trained().values()), clip["norm"])
            if "value" in clip:
                nn.utils.clip_grad_value_(list(net.trained().values()), clip["value"])
            optimizer.step()
            total += mean.item() * len(x[part])
        losses.append(total / len(x))
        penalties.append(float(penalty(training, net)))
    net.eval()
    with torch.no_grad():
        output = net.run(x)[0]
    end = listed({**net.trained(), **net.stats()}, lambda t: t)
    result.update(history=losses, penalties=penalties if training.get("regularization") else None, end=end, outputs=output.reshape(len(x), -1).tolist())
    return result


def gradient_of(t):
    return torch.zeros_like(t) if t.grad is None else t.grad


def listed(tensors, of):
    return {key: {"shape": list(t.shape), "data": of(t).detach().reshape(-1).tolist()} for key, t in sorted(tensors.items())}


def start_of(case):
    """Weights as modules draw them, moved off zeros and ones, rounded to float32."""
    doc = case["project"]
    shape = doc["graph"]["nodes"][0]["params"]["shape"]
    net = Net(doc["graph"], torch.tensor(doc["data"]["inputs"], dtype=torch.float64).reshape(-1, *shape))
    move = lambda t: (t + 0.1 * torch.randn_like(t)).float().double()
    tensors = {key: move(t.detach()) for key, t in net.trained().items()}
    tensors.update({key: t.detach() for key, t in net.stats().items()})
    return listed(tensors, lambda t: t)


def worst(a, b):
    if isinstance(a, dict):
        return max((worst(a[k], b[k]) for k in a if k != "shape"), default=0.0)
    if isinstance(a, list):
        return max((worst(p, q) for p, q in zip(a, b)), default=0.0)
    return 0.0 if a is None else abs(a - b) / max(1.0, abs(b))


# --- the cases ---------------------------------------------------------------------------------------------------------


def chain(shape, *layers):
    nodes = [{"id": "in", "type": "input", "params": {"shape": shape}}]
    nodes += [{"id": f"n{i + 1}", "type": kind, "params": p} for i, (kind, p) in enumerate(layers)]
    nodes.append({"id": "y", "type": "output", "params": {}})
    return {"nodes": nodes, "edges": [{"from": a["id"], "to": b["id"]} for a, b in zip(nodes, nodes[1:])]}


def web(shape, nodes, edges):
    listed_nodes = [("in", "input", {"shape": shape}), *nodes, ("y", "output", {})]
    made = []
    for edge in edges:
        made.append({"from": edge[0], "to": edge[1], **({"slot": edge[2]} if len(edge) > 2 else {})})
    return {"nodes": [{"id": a, "type": b, "params": c} for a, b, c in listed_nodes], "edges": made}


def dense(units, activation=None, **more):
    return ("dense", {"units": units, **({"activation": activation} if activation else {}), **more})


SGD = {"type": "sgd", "learning_rate": 0.05}
ADAM = {"type": "adam", "learning_rate": 0.01}
HEADS = {"regression": "mean_squared_error", "binary": "binary_cross_entropy", "multiclass": "cross_entropy"}


def case(name, graph, task="regression", width=1, loss=None, optimizer=SGD, rows=14, batch=4, epochs=4, ids=None, labels=None, x=None, **training):
    size = math.prod(graph["nodes"][0]["params"]["shape"])
    inputs = torch.randn(rows, size) if ids is None else torch.randint(0, ids, (rows, size)).float()
    if x is not None:
        inputs = x
    classes = labels or {"binary": ["no", "yes"], "multiclass": ["a", "b", "c", "d", "e", "f"][:width]}.get(task)
    if task == "regression":
        targets = [[round(v, 4) for v in row] for row in torch.randn(rows, width).tolist()]
    else:
        drawn = torch.cat([torch.arange(len(classes)), torch.randint(0, len(classes), (rows - len(classes),))])
        targets = [classes[i] for i in drawn[torch.randperm(rows)]]
    data = {"kind": "inline", "task": task, "inputs": [[round(v, 4) for v in row] for row in inputs.tolist()], "targets": targets}
    settings = {"loss": loss or HEADS[task], "optimizer": optimizer, "batch_size": batch, "epochs": epochs, "shuffle": False, **training}
    project = {"format": "netloom-project", "version": 1, "name": name, "graph": graph, "data": data, "training": settings}
    return {"name": name, "project": project}


def cases():
    small = lambda head=None, units=1: chain([3], dense(5, "tanh"), dense(4, "sigmoid"), dense(units, head))
    for name in FUNCTIONS:
        yield case(f"activation node {name}", chain([3], dense(6), ("activation", {"function": name}), dense(2)), width=2)
        yield case(f"activation key {name}", chain([3], dense(6, name), dense(2)), width=2, optimizer=ADAM)
    yield case("alphas", chain([3], dense(6, {"type": "leaky_relu", "alpha": 0.25}), ("activation", {"function": "elu", "alpha": 0.7}), dense(5), ("activation", {"function": "leaky_relu", "alpha": 0.05}), dense(2, {"type": "elu", "alpha": 2})), width=2)
    for loss in ("mean_squared_error", "mean_absolute_error", "huber", {"type": "huber", "delta": 0.3}, {"type": "huber", "delta": 2}, {"type": "mean_squared_error"}):
        yield case(f"loss {json.dumps(loss)}", small(units=3), width=3, loss=loss)
    yield case("hinge binary", small(), "binary", loss="hinge")
    yield case("hinge multiclass", small(units=3), "multiclass", 3, loss="hinge")
    yield case("squared error binary", small("sigmoid"), "binary", loss="mean_squared_error")
    yield case("absolute error multiclass", small("softmax", 3), "multiclass", 3, loss="mean_absolute_error")
    yield case("huber multiclass", small("softmax", 3), "multiclass", 3, loss={"type": "huber", "delta": 0.2})
    yield case("sigmoid head", small("sigmoid"), "binary")
    yield case("sigmoid node head", chain([3], dense(4, "tanh"), dense(1), ("activation", {"function": "sigmoid"})), "binary", optimizer=ADAM)
    yield case("softmax head", small("softmax", 4), "multiclass", 4)
    yield case("softmax node head", chain([3], dense(4, "tanh"), dense(3), ("activation", {"function": "softmax"})), "multiclass", 3, optimizer=ADAM)
    yield case("binary cross-entropy over one-hot", small("sigmoid", 3), "multiclass", 3, loss="binary_cross_entropy")
    yield case("binary cross-entropy on a softmax", small("softmax", 3), "multiclass", 3, loss="binary_cross_entropy")
    yield case("cross-entropy on sigmoids", small("sigmoid", 3), "multiclass", 3)
    yield case("binary cross-entropy on clipped tanh", chain([3], dense(4, "tanh"), dense(1, "tanh")), "binary")
    yield case("cross-entropy on relu", chain([3], dense(4, "tanh"), dense(3, "relu")), "multiclass", 3, optimizer={"type": "sgd", "learning_rate": 0.001})
    yield case("dropout under the head", chain([3], dense(8, "tanh"), ("dropout", {"rate": 0}), dense(1, "sigmoid")), "binary")
    yield case("class weights, softmax", small("softmax", 3), "multiclass", 3, class_weights={"a": 3, "c": 0.25})
    yield case("class weights, softmax, sum", small("softmax", 3), "multiclass", 3, class_weights={"a": 3, "c": 0.25}, reduction="sum", optimizer={"type": "sgd", "learning_rate": 0.02})
    yield case("class weights, sigmoid", small("sigmoid"), "binary", class_weights={"yes": 4})
    yield case("class weights, sigmoid, adam", small("sigmoid"), "binary", class_weights={"no": 0.1, "yes": 2}, optimizer=ADAM, batch=5)
    yield case("class weights, one-hot sigmoids", small("sigmoid", 3), "multiclass", 3, loss="binary_cross_entropy", class_weights={"b": 2.5})
    yield case("numeric labels in numeric order", small("softmax", 3), "multiclass", 3, labels=[2, 10, 33], class_weights={"10": 2})
    yield case("sum", small(), reduction="sum", optimizer={"type": "sgd", "learning_rate": 0.01})
    yield case("sum of two outputs, adam", small(units=2), width=2, reduction="sum", optimizer=ADAM)
    yield case("sum with penalties", small(), reduction="sum", optimizer={"type": "sgd", "learning_rate": 0.01}, regularization={"l1": 0.02, "l2": 0.3})
    for i, optimizer in enumerate([
        {"type": "sgd"},
        {"type": "sgd", "learning_rate": 0.1, "momentum": 0.9},
        {"type": "sgd", "learning_rate": 0.1, "momentum": 0.8, "nesterov": True},
        {"type": "adagrad"},
        {"type": "adagrad", "learning_rate": 0.1, "epsilon": 1e-3},
        {"type": "rmsprop"},
        {"type": "rmsprop", "learning_rate": 0.005, "rho": 0.8, "epsilon": 1e-3},
        {"type": "adam"},
        {"type": "adam", "learning_rate": 0.02, "beta1": 0.7, "beta2": 0.9, "epsilon": 1e-4},
        {"type": "adamw"},
        {"type": "adamw", "learning_rate": 0.01, "weight_decay": 0.3},
    ]):
        yield case(f"optimizer {optimizer['type']} {i}", small("sigmoid"), "binary", optimizer=optimizer, epochs=6)
    yield case("delta-bar-delta", small(), optimizer={"type": "delta_bar_delta"}, batch="full", epochs=12)
    yield case("delta-bar-delta with memory", small(), optimizer={"type": "delta_bar_delta", "learning_rate": 0.05, "kappa": 0.02, "phi": 0.3, "theta": 0.6}, batch=14, epochs=12)
    for i, schedule in enumerate([
        {"type": "constant"},
        {"type": "step", "step_size": 2, "gamma": 0.3},
        {"type": "exponential"},
        {"type": "exponential", "gamma": 0.7},
        {"type": "cosine"},
        {"type": "cosine", "min_rate": 0.004},
        {"type": "warmup", "epochs": 3},
        {"type": "warmup", "epochs": 2, "then": {"type": "cosine", "min_rate": 0.001}},
        {"type": "warmup", "epochs": 2, "then": {"type": "step", "step_size": 2}},
        {"type": "warmup", "epochs": 2, "then": "exponential"},
    ]):
        yield case(f"schedule {schedule['type']} {i}", small(), optimizer=SGD if i % 2 else ADAM, schedule=schedule, epochs=7)
    yield case("l1", small(), regularization={"l1": 0.03})
    yield case("l2", small(), regularization={"l2": 0.2}, optimizer=ADAM)
    yield case("l1 and l2 beside norms", chain([3], dense(6, "tanh"), ("layer_norm", {}), dense(2)), width=2, regularization={"l1": 0.01, "l2": 0.1})
    yield case("penalties on recurrent weights", chain([4, 3], ("lstm", {"units": 3}), dense(1)), regularization={"l1": 0.01, "l2": 0.1})
    yield case("penalties on attention", chain([4, 4], ("attention", {"heads": 2}), ("flatten", {}), dense(1)), regularization={"l1": 0.01, "l2": 0.1})
    yield case("penalties on embeddings", chain([3], ("embedding", {"vocabulary": 5, "dims": 3}), ("flatten", {}), dense(1)), ids=5, regularization={"l2": 0.1})
    yield case("clip by norm", small(), gradient_clip={"norm": 0.1})
    yield case("clip by norm that does not bite", small(), gradient_clip={"norm": 1000})
    yield case("clip by value", small(), gradient_clip={"value": 0.03}, optimizer={"type": "sgd", "learning_rate": 0.1, "momentum": 0.5})
    yield case("penalties, clip, schedule, momentum", small("softmax", 3), "multiclass", 3, optimizer={"type": "sgd", "learning_rate": 0.1, "momentum": 0.9}, regularization={"l2": 0.2}, gradient_clip={"norm": 0.2}, schedule={"type": "cosine"}, epochs=6)
    yield case("no biases", chain([3], dense(4, "tanh", use_bias=False), dense(2, use_bias=False)), width=2)
    yield case("dense on sequences", chain([4, 3], dense(5, "tanh"), ("flatten", {}), dense(2)), width=2)
    yield case("dense on images", chain([2, 3, 4], dense(5, "tanh"), ("flatten", {}), dense(2)), width=2)
    yield case("sequence of outputs", chain([4, 3], dense(5, "tanh"), dense(2)), width=8)
    yield case("image of outputs", chain([1, 4, 4], ("conv2d", {"filters": 2, "kernel_size": [3, 3], "padding": "same", "activation": "tanh"})), width=32)
    yield case("no hidden layer", chain([3], dense(1, "sigmoid")), "binary", batch="full", epochs=8)
    yield case("twenty layers", chain([3], *[dense(5, "tanh")] * 20, dense(1)), optimizer=ADAM)
    yield case("twenty layers of relu and norm", chain([3], *[dense(6, "relu"), ("layer_norm", {})] * 10, dense(1)))
    yield case("wide", chain([5], dense(130, "relu"), dense(67, "gelu"), dense(5, "softmax")), "multiclass", 5, optimizer={"type": "sgd", "learning_rate": 0.01}, rows=40, batch=17, epochs=3)
    yield case("batch of one", small("sigmoid"), "binary", batch=1, rows=7)
    yield case("remainder of one", small(units=2), width=2, rows=13, optimizer=ADAM)
    yield case("batch larger than the rows", small(), batch=100)
    yield case("default batch", small(), rows=40, batch=32)
    yield case("names for optimizer and schedule", small(), optimizer="adam", schedule="cosine", epochs=6)
    yield case("a method as an object", small(), method={"type": "gradient"}, regularization=None, early_stopping=None)
    sides = case("hinge on minus and plus one", small(), loss="hinge")
    sides["project"]["data"]["targets"] = [[1 if i % 3 else -1] for i in range(14)]
    yield sides
    yield case("thirty epochs of adam", chain([3], dense(8, "tanh"), dense(1, "sigmoid")), "binary", optimizer=ADAM, epochs=30, batch=5)
    yield case("nesterov, clipped, penalised, summed", small(), optimizer={"type": "sgd", "learning_rate": 0.02, "momentum": 0.7, "nesterov": True}, gradient_clip={"norm": 0.5}, regularization={"l1": 0.01, "l2": 0.02}, reduction="sum")
    yield case("clip by norm and value", small(), gradient_clip={"norm": 0.5, "value": 0.05})
    yield case("input of four axes", chain([2, 2, 2, 2], ("flatten", {}), dense(3, "tanh"), dense(1)))
    yield from webs()
    yield from images()
    yield from sequences()


def webs():
    yield case("branches", web([3], [("a", "dense", {"units": 4, "activation": "tanh"}), ("b", "dense", {"units": 4, "activation": "sigmoid"}), ("s", "add", {}), ("p", "multiply", {}), ("j", "concat", {}), ("o", "dense", {"units": 2})],
        [("in", "a"), ("in", "b"), ("a", "s"), ("b", "s"), ("a", "p"), ("b", "p"), ("s", "j"), ("p", "j"), ("j", "o"), ("o", "y")]), width=2, optimizer=ADAM)
    yield case("one node twice", web([3], [("a", "dense", {"units": 4, "activation": "tanh"}), ("sq", "multiply", {}), ("t", "add", {}), ("o", "dense", {"units": 1})],
        [("in", "a"), ("a", "sq"), ("a", "sq"), ("sq", "t"), ("a", "t"), ("a", "t"), ("t", "o"), ("o", "y")]))
    yield case("cube", web([3], [("a", "dense", {"units": 4, "activation": "tanh"}), ("c", "multiply", {}), ("o", "dense", {"units": 1})], [("in", "a"), ("a", "c"), ("a", "c"), ("a", "c"), ("c", "o"), ("o", "y")]))
    yield case("slots out of order", web([3], [("a", "dense", {"units": 2, "activation": "tanh"}), ("b", "dense", {"units": 3, "activation": "sigmoid"}), ("c", "dense", {"units": 1}), ("j", "concat", {}), ("o", "dense", {"units": 2})],
        [("in", "a"), ("in", "b"), ("in", "c"), ("a", "j", 2), ("b", "j"), ("c", "j", 0), ("j", "o"), ("o", "y")]), width=2)
    yield case("skip from the input", web([3], [("a", "dense", {"units": 3, "activation": "relu"}), ("s", "add", {}), ("o", "dense", {"units": 1})], [("in", "a"), ("in", "s"), ("a", "s"), ("s", "o"), ("o", "y")]))
    yield case("head used elsewhere too", web([3], [("a", "dense", {"units": 3, "activation": "softmax"}), ("m", "multiply", {}), ("b", "dense", {"units": 3, "activation": "softmax"})], [("in", "a"), ("a", "m"), ("in", "m"), ("m", "b"), ("b", "y")]), "multiclass", 3)
    yield case("merge before the output", web([3], [("a", "dense", {"units": 2, "activation": "tanh"}), ("b", "dense", {"units": 2}), ("s", "add", {})], [("in", "a"), ("in", "b"), ("a", "s"), ("b", "s"), ("s", "y")]), width=2)
    yield case("concat of sequences along time and features", web([3, 4], [("a", "dense", {"units": 4, "activation": "tanh"}), ("t", "concat", {"axis": 0}), ("f", "concat", {"axis": 1}), ("fl", "flatten", {}), ("o", "dense", {"units": 1})],
        [("in", "a"), ("in", "t"), ("a", "t"), ("t", "f"), ("t", "f"), ("f", "fl"), ("fl", "o"), ("o", "y")]))
    yield case("nodes in another order", {"nodes": list(reversed(chain([3], dense(4, "tanh"), dense(1))["nodes"]))[::-1][:1] + list(reversed(chain([3], dense(4, "tanh"), dense(1))["nodes"]))[:-1], "edges": chain([3], dense(4, "tanh"), dense(1))["edges"][::-1]})


def images():
    conv = lambda filters, size=(3, 3), **more: ("conv2d", {"filters": filters, "kernel_size": list(size), **more})
    head = [("flatten", {}), dense(3, "softmax")]
    kinds = dict(task="multiclass", width=3, rows=11, batch=4)
    yield case("convolutions", chain([2, 6, 5], conv(3, activation="tanh"), conv(2, padding="same", activation="relu"), *head), **kinds)
    yield case("strides and even kernels", chain([1, 7, 6], conv(3, (2, 4), padding="same", stride=[2, 3], activation="tanh"), conv(2, (2, 1), stride=[1, 2]), *head), optimizer=ADAM, **kinds)
    yield case("large stride, same", chain([2, 9, 8], conv(3, (2, 2), padding="same", stride=[3, 3], activation="silu"), *head), **kinds)
    yield case("one by one", chain([3, 4, 4], conv(5, (1, 1), activation="elu"), conv(2, (4, 4), use_bias=False), *head), **kinds)
    yield case("many channels", chain([9, 8, 8], conv(17, padding="same", activation="relu"), conv(18, activation="relu"), *head), epochs=3, optimizer={"type": "sgd", "learning_rate": 0.01}, **kinds)
    yield case("max pools", chain([2, 7, 7], conv(3, activation="tanh"), ("max_pool2d", {}), *head), **kinds)
    yield case("overlapping max pools", chain([2, 8, 7], conv(3, activation="tanh"), ("max_pool2d", {"pool_size": [3, 2], "stride": [2, 1], "padding": "same"}), ("max_pool2d", {"pool_size": [2, 2], "stride": [1, 1]}), *head), **kinds)
    yield case("dense after a convolution", chain([2, 4, 5], conv(3, (2, 2), activation="tanh"), dense(4, "tanh"), *head), **kinds)
    yield case("softmax along the width", chain([2, 4, 5], conv(3, (2, 2), activation="softmax"), *head), **kinds)
    yield case("kernel beyond the image, same", chain([2, 2, 3], conv(4, (5, 5), padding="same", activation="tanh"), *head), **kinds)
    yield case("pools with gaps", chain([2, 9, 9], conv(3, activation="tanh"), ("max_pool2d", {"pool_size": [1, 2], "stride": [3, 3], "padding": "same"}), *head), **kinds)
    yield case("gentle average", chain([2, 6, 6], conv(3, activation="relu"), ("avg_pool2d", {"pool_size": [3, 3], "stride": [1, 1], "padding": "same"}), *head), **kinds)
    yield case("norms one after another", chain([2, 6, 6], conv(4, use_bias=False), ("batch_norm", {}), ("activation", {"function": "relu"}), ("max_pool2d", {}), ("batch_norm", {}), *head), **{**kinds, "batch": 6})
    yield case("concat along the height", web([2, 4, 4], [("a", "conv2d", {"filters": 2, "kernel_size": [2, 1], "activation": "tanh"}), ("j", "concat", {"axis": 1}), ("f", "flatten", {}), ("o", "dense", {"units": 3, "activation": "softmax"})],
        [("in", "a"), ("in", "j"), ("a", "j"), ("j", "f"), ("f", "o"), ("o", "y")]), **kinds)
    yield case("autoencoder of images", chain([1, 6, 6], conv(4, (2, 2), stride=[2, 2], activation="relu"), ("conv_transpose2d", {"filters": 1, "kernel_size": [2, 2], "stride": [2, 2], "activation": "sigmoid"}), ("flatten", {})), width=36, optimizer=ADAM, rows=9)
    yield case("average pools", chain([2, 8, 7], conv(3, activation="tanh"), ("avg_pool2d", {"pool_size": [3, 2], "stride": [2, 2], "padding": "same"}), ("avg_pool2d", {}), *head), **kinds)
    yield case("global average", chain([2, 6, 6], conv(4, activation="tanh"), ("global_avg_pool2d", {}), dense(3, "softmax")), **kinds)
    yield case("transposed", chain([2, 3, 3], ("conv_transpose2d", {"filters": 3, "kernel_size": [3, 2], "stride": [2, 1], "activation": "tanh"}), ("conv_transpose2d", {"filters": 2, "kernel_size": [2, 3], "stride": [3, 3], "use_bias": False}), ("flatten", {}), dense(3, "softmax")), **kinds)
    yield case("reshapes", chain([12], ("reshape", {"shape": [3, 2, 2]}), conv(2, (2, 2), activation="tanh"), ("reshape", {"shape": [2]}), dense(1)))
    yield case("batch norm after images", chain([2, 5, 5], conv(4, use_bias=False), ("batch_norm", {}), ("activation", {"function": "relu"}), *head), **{**kinds, "batch": 5})
    yield case("batch norm straight on images", chain([2, 5, 5], ("batch_norm", {"momentum": 0.4, "epsilon": 1e-3}), conv(4, activation="tanh"), *head), **{**kinds, "batch": 5})
    yield case("group norm", chain([2, 5, 5], conv(4, activation="tanh"), ("group_norm", {"groups": 2, "epsilon": 1e-4}), *head), **kinds)
    yield case("layer norm on images", chain([2, 5, 5], conv(4, activation="tanh"), ("layer_norm", {}), *head), **kinds)
    yield case("group norm on vectors", chain([5], dense(6, "tanh"), ("group_norm", {"groups": 3}), dense(2)), width=2)
    yield case("residual", web([2, 6, 6], [("c", "conv2d", {"filters": 2, "kernel_size": [3, 3], "padding": "same", "activation": "gelu"}), ("s", "add", {}), ("n", "batch_norm", {}), ("p", "max_pool2d", {}), ("f", "flatten", {}), ("o", "dense", {"units": 3}), ("z", "activation", {"function": "softmax"})],
        [("in", "c"), ("in", "s"), ("c", "s"), ("s", "n"), ("n", "p"), ("p", "f"), ("f", "o"), ("o", "z"), ("z", "y")]), **{**kinds, "batch": 6})
    yield case("side by side", web([2, 5, 5], [("a", "conv2d", {"filters": 3, "kernel_size": [3, 3], "padding": "same"}), ("b", "conv2d", {"filters": 2, "kernel_size": [1, 1], "activation": "gelu"}), ("j", "concat", {}), ("m", "concat", {"axis": 2}), ("g", "global_avg_pool2d", {}), ("o", "dense", {"units": 3, "activation": "softmax"})],
        [("in", "a"), ("in", "b"), ("a", "j"), ("b", "j"), ("j", "m"), ("j", "m"), ("m", "g"), ("g", "o"), ("o", "y")]), **kinds)


def sequences():
    yield case("batch norm on vectors", chain([3], dense(6, use_bias=False), ("batch_norm", {}), dense(2)), width=2, batch=7)
    yield case("batch norm, remainder batch", chain([3], dense(6, use_bias=False), ("batch_norm", {"momentum": 0.9}), dense(2)), width=2, batch=5, rows=13)
    yield case("batch norm on sequences", chain([4, 3], dense(5, use_bias=False), ("batch_norm", {}), ("flatten", {}), dense(2)), width=2, batch=7)
    yield case("batch norm of one row of a sequence", chain([4, 3], ("batch_norm", {}), ("flatten", {}), dense(2)), width=2, batch=1, rows=6, optimizer={"type": "sgd", "learning_rate": 0.005})
    yield case("batch norm after conv1d, dropout and activation", chain([2, 9], ("conv1d", {"filters": 3, "kernel_size": 3, "use_bias": False}), ("activation", {"function": "tanh"}), ("dropout", {"rate": 0}), ("batch_norm", {}), ("flatten", {}), dense(2)), width=2, batch=7)
    yield case("conv1d", chain([2, 9], ("conv1d", {"filters": 3, "kernel_size": 3, "activation": "tanh"}), ("conv1d", {"filters": 2, "kernel_size": 4, "stride": 2, "padding": "same"}), ("flatten", {}), dense(2)), width=2)
    yield case("layer norm on sequences", chain([4, 3], dense(6), ("layer_norm", {"epsilon": 1e-3}), ("flatten", {}), dense(2)), width=2)
    for kind in ("simple_rnn", "lstm", "gru"):
        yield case(kind, chain([5, 3], (kind, {"units": 4}), dense(2)), width=2)
        yield case(f"{kind} twice, adam", chain([5, 3], (kind, {"units": 4, "return_sequences": True}), (kind, {"units": 3}), dense(1)), optimizer=ADAM)
        yield case(f"{kind} on one step", chain([1, 3], (kind, {"units": 4}), dense(1)))
    yield case("lstm and gru of some width", chain([6, 5], ("lstm", {"units": 17, "return_sequences": True}), ("gru", {"units": 9}), dense(3, "softmax")), "multiclass", 3, optimizer={"type": "sgd", "learning_rate": 0.1})
    yield case("one head", chain([3, 5], ("attention", {"heads": 1}), ("attention", {"heads": 5}), ("flatten", {}), dense(1)))
    yield case("a small transformer", web([6], [("e", "embedding", {"vocabulary": 9, "dims": 6}), ("p", "positional_encoding", {}), ("a", "attention", {"heads": 2}), ("s", "add", {}), ("n", "layer_norm", {}), ("h", "dense", {"units": 8, "activation": "gelu"}), ("b", "dense", {"units": 6}), ("t", "add", {}), ("m", "layer_norm", {}), ("f", "flatten", {}), ("o", "dense", {"units": 3, "activation": "softmax"})],
        [("in", "e"), ("e", "p"), ("p", "a"), ("a", "s"), ("p", "s"), ("s", "n"), ("n", "h"), ("h", "b"), ("b", "t"), ("n", "t"), ("t", "m"), ("m", "f"), ("f", "o"), ("o", "y")]), "multiclass", 3, ids=9)
    yield case("batch norm over joined signals", web([2, 7], [("a", "conv1d", {"filters": 2, "kernel_size": 3}), ("b", "conv1d", {"filters": 3, "kernel_size": 3}), ("j", "concat", {}), ("n", "batch_norm", {}), ("f", "flatten", {}), ("o", "dense", {"units": 1})],
        [("in", "a"), ("in", "b"), ("a", "j"), ("b", "j"), ("j", "n"), ("n", "f"), ("f", "o"), ("o", "y")]), batch=7)
    yield case("attention", chain([5, 4], ("attention", {"heads": 2}), ("flatten", {}), dense(2)), width=2)
    yield case("attention with positions and norm", web([5, 6], [("p", "positional_encoding", {}), ("a", "attention", {"heads": 3}), ("s", "add", {}), ("n", "layer_norm", {}), ("f", "flatten", {}), ("o", "dense", {"units": 2})],
        [("in", "p"), ("p", "a"), ("a", "s"), ("p", "s"), ("s", "n"), ("n", "f"), ("f", "o"), ("o", "y")]), width=2)
    yield case("positions of an odd width", chain([4, 5], ("positional_encoding", {}), dense(3, "tanh"), ("flatten", {}), dense(1)))
    yield case("embedding into lstm", chain([6], ("embedding", {"vocabulary": 7, "dims": 4}), ("lstm", {"units": 5}), dense(3, "softmax")), "multiclass", 3, ids=7)
    yield case("embedding, adam", chain([3], ("embedding", {"vocabulary": 6, "dims": 4}), ("flatten", {}), dense(2)), width=2, ids=6, optimizer=ADAM)


def digits(value):
    """Shorter numbers: 9 significant digits are far beyond every tolerance."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {k: digits(v) for k, v in value.items()}
    return [digits(v) for v in value] if isinstance(value, list) else value


def exact32(tensors):
    return {k: {"shape": t["shape"], "data": [float(f"{v:.9g}") for v in t["data"]]} for k, t in tensors.items()}


if __name__ == "__main__":
    torch.manual_seed(71)
    torch.set_num_threads(1)
    made, refused = [], []
    for one in cases():
        start = start_of(one)
        precise, rough = compute(one, start, torch.float64), compute(one, start, torch.float32)
        off = worst(rough, precise)
        if not off <= SELF_AGREEMENT:
            refused.append(f"{one['name']}: {off:.1e}")
            continue
        made.append({**one, "start": exact32(start), **{k: digits(v) for k, v in precise.items()}})
    path = pathlib.Path(__file__).parent / "cases.json"
    path.write_text("[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in made) + "\n]\n")
    print(f"{len(made)} cases, {path.stat().st_size} bytes; refused: {refused or 'none'}")
