"""Writes cases.json: losses, gradients and short trainings as PyTorch computes them, in float64.

Run: python3 test/reference/pytorch/make.py   (needs torch 1.13 or later; seeds are fixed, so the file comes out the same)
Each case holds a project graph, its training settings, the starting tensors, the rows, and what PyTorch makes of them.
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(20240607)
CLIP = 1e-7

ACTIVATIONS = {
    "linear": lambda x, a: x,
    "sigmoid": lambda x, a: torch.sigmoid(x),
    "tanh": lambda x, a: torch.tanh(x),
    "relu": lambda x, a: F.relu(x),
    "leaky_relu": lambda x, a: F.leaky_relu(x, 0.01 if a is None else a),
    "elu": lambda x, a: F.elu(x, 1.0 if a is None else a),
    "softplus": lambda x, a: F.softplus(x),
    "gelu": lambda x, a: F.gelu(x),
    "silu": lambda x, a: F.silu(x),
    "softmax": lambda x, a: F.softmax(x, dim=-1),
}


def activate(spec, x):
    if isinstance(spec, dict):
        return ACTIVATIONS[spec["type"]](x, spec.get("alpha"))
    return ACTIVATIONS[spec](x, None)


def pads(size, kernel, stride, padding):
    if padding == "valid":
        return 0, 0
    out = math.ceil(size / stride)
    total = max((out - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def pad_image(x, kernel, stride, padding, value=0.0):
    top, bottom = pads(x.shape[2], kernel[0], stride[0], padding)
    left, right = pads(x.shape[3], kernel[1], stride[1], padding)
    return F.pad(x, (left, right, top, bottom), value=value)


class Net:
    """Interprets a project graph; parameters are made on first use, so shapes need not be written down."""

    def __init__(self, graph):
        self.nodes = {node["id"]: node for node in graph["nodes"]}
        self.sources = {node["id"]: [] for node in graph["nodes"]}
        for edge in graph["edges"]:
            self.sources[edge["to"]].append(edge["from"])
        self.tensors = {}
        self.running = {}
        self.training = True

    def tensor(self, key, shape, start=None):
        if key not in self.tensors:
            made = torch.randn(shape) * 0.4 if start is None else torch.full(shape, start) + 0.1 * torch.randn(shape)
            self.tensors[key] = made.requires_grad_()
        return self.tensors[key]

    def stat(self, key, shape, start):
        if key not in self.running:
            self.running[key] = torch.full(shape, start)
        return self.running[key]

    def __call__(self, x):
        self.values = {}
        self.x = x
        (output,) = [node["id"] for node in self.nodes.values() if node["type"] == "output"]
        return self.value(output)

    def value(self, node_id):
        if node_id not in self.values:
            inputs = [self.value(source) for source in self.sources[node_id]]
            self.values[node_id] = self.layer(self.nodes[node_id], inputs)
        return self.values[node_id]

    def layer(self, node, inputs):
        kind, name, params = node["type"], node["id"], node["params"]
        x = inputs[0] if inputs else None
        if kind == "input":
            return self.x
        if kind == "output":
            return x
        if kind == "dense":
            weight = self.tensor(name + ".weight", (params["units"], x.shape[-1]))
            bias = self.tensor(name + ".bias", (params["units"],)) if params.get("use_bias", True) else None
            return activate(params.get("activation", "linear"), F.linear(x, weight, bias))
        if kind == "activation":
            return ACTIVATIONS[params["function"]](x, params.get("alpha"))
        if kind == "conv2d":
            kernel, stride = params["kernel_size"], params.get("stride", [1, 1])
            weight = self.tensor(name + ".weight", (params["filters"], x.shape[1], *kernel))
            bias = self.tensor(name + ".bias", (params["filters"],)) if params.get("use_bias", True) else None
            padded = pad_image(x, kernel, stride, params.get("padding", "valid"))
            return activate(params.get("activation", "linear"), F.conv2d(padded, weight, bias, stride=stride))
        if kind == "conv1d":
            kernel, stride = params["kernel_size"], params.get("stride", 1)
            weight = self.tensor(name + ".weight", (params["filters"], x.shape[1], kernel))
            bias = self.tensor(name + ".bias", (params["filters"],))
            padded = F.pad(x, pads(x.shape[2], kernel, stride, params.get("padding", "valid")))
            return activate(params.get("activation", "linear"), F.conv1d(padded, weight, bias, stride=stride))
        if kind == "conv_transpose2d":
            weight = self.tensor(name + ".weight", (x.shape[1], params["filters"], *params["kernel_size"]))
            bias = self.tensor(name + ".bias", (params["filters"],))
            raw = F.conv_transpose2d(x, weight, bias, stride=params.get("stride", [1, 1]))
            return activate(params.get("activation", "linear"), raw)
        if kind == "max_pool2d":
            kernel = params.get("pool_size", [2, 2])
            stride = params.get("stride", kernel)
            return F.max_pool2d(pad_image(x, kernel, stride, params.get("padding", "valid"), -math.inf), kernel, stride)
        if kind == "avg_pool2d":
            kernel = params.get("pool_size", [2, 2])
            stride = params.get("stride", kernel)
            padding = params.get("padding", "valid")
            sums = F.avg_pool2d(pad_image(x, kernel, stride, padding), kernel, stride)
            share = F.avg_pool2d(pad_image(torch.ones_like(x), kernel, stride, padding), kernel, stride)
            return sums / share
        if kind == "global_avg_pool2d":
            return x.mean(dim=(2, 3))
        if kind == "flatten":
            return x.flatten(1)
        if kind == "reshape":
            return x.reshape(x.shape[0], *params["shape"])
        if kind == "add":
            return sum(inputs[1:], inputs[0])
        if kind == "multiply":
            return math.prod(inputs[1:], start=inputs[0])
        if kind == "concat":
            return torch.cat(inputs, dim=params.get("axis", 0) + 1)
        if kind in ("dropout", "gaussian_noise"):
            return x
        if kind == "embedding":
            return F.embedding(x.long(), self.tensor(name + ".weight", (params["vocabulary"], params["dims"])))
        if kind == "layer_norm":
            size = (x.shape[-1],)
            weight, bias = self.tensor(name + ".weight", size, 1.0), self.tensor(name + ".bias", size, 0.0)
            return F.layer_norm(x, size, weight, bias, params.get("epsilon", 1e-5))
        if kind == "group_norm":
            size = (x.shape[1],)
            weight, bias = self.tensor(name + ".weight", size, 1.0), self.tensor(name + ".bias", size, 0.0)
            return F.group_norm(x, params["groups"], weight, bias, params.get("epsilon", 1e-5))
        if kind == "batch_norm":
            return self.batch_norm(name, params, x)
        if kind in ("simple_rnn", "lstm", "gru"):
            return self.recurrent(kind, name, params, x)
        if kind == "attention":
            return self.attention(name, params, x)
        if kind == "positional_encoding":
            return x + positions(x.shape[1], x.shape[2])
        raise ValueError(kind)

    def batch_norm(self, name, params, x):
        first = x.dim() == 4 or (x.dim() == 3 and self.sources_are_signal(name))
        moved = x if first or x.dim() == 2 else x.transpose(1, 2)
        size = (moved.shape[1],)
        weight, bias = self.tensor(name + ".weight", size, 1.0), self.tensor(name + ".bias", size, 0.0)
        mean, var = self.stat(name + ".running_mean", size, 0.0), self.stat(name + ".running_var", size, 1.0)
        y = F.batch_norm(
            moved, mean, var, weight, bias, self.training, params.get("momentum", 0.1), params.get("epsilon", 1e-5)
        )
        return y if first or x.dim() == 2 else y.transpose(1, 2)

    def sources_are_signal(self, name):
        return self.nodes[self.sources[name][0]]["type"] == "conv1d"

    def recurrent(self, kind, name, params, x):
        units, gates = params["units"], {"simple_rnn": 1, "lstm": 4, "gru": 3}[kind]
        shapes = {
            "weight_ih_l0": (gates * units, x.shape[2]),
            "weight_hh_l0": (gates * units, units),
            "bias_ih_l0": (gates * units,),
            "bias_hh_l0": (gates * units,),
        }
        weights = [self.tensor(name + "." + key, shape) for key, shape in shapes.items()]
        start = torch.zeros(1, x.shape[0], units)
        if kind == "lstm":
            y = torch._VF.lstm(x, (start, start), weights, True, 1, 0.0, False, False, True)[0]
        elif kind == "gru":
            y = torch._VF.gru(x, start, weights, True, 1, 0.0, False, False, True)[0]
        else:
            y = torch._VF.rnn_tanh(x, start, weights, True, 1, 0.0, False, False, True)[0]
        return y if params.get("return_sequences", False) else y[:, -1]

    def attention(self, name, params, x):
        d = x.shape[2]
        in_weight, in_bias = self.tensor(name + ".in_proj_weight", (3 * d, d)), self.tensor(name + ".in_proj_bias", (3 * d,))
        out_weight, out_bias = self.tensor(name + ".out_proj.weight", (d, d)), self.tensor(name + ".out_proj.bias", (d,))
        steps = x.transpose(0, 1)
        y, _ = F.multi_head_attention_forward(
            steps, steps, steps, d, params["heads"], in_weight, in_bias, None, None, False, 0.0, out_weight, out_bias,
            need_weights=False,
        )
        return y.transpose(0, 1)

    def last_activation(self):
        """The activation whose result is the output, or None; and the node that has it."""
        (output,) = [node["id"] for node in self.nodes.values() if node["type"] == "output"]
        node = self.nodes[self.sources[output][0]]
        key = {"dense": "activation", "conv2d": "activation", "activation": "function"}.get(node["type"])
        return node["params"].get(key, "linear") if key else None


def positions(length, width):
    table = torch.zeros(length, width)
    for t in range(length):
        for i in range(width):
            angle = t / 10000 ** ((i - i % 2) / width)
            table[t, i] = math.sin(angle) if i % 2 == 0 else math.cos(angle)
    return table


def row_losses(name, net, output, target):
    """Loss of each row, as formats.md has it; fused with the last activation as PyTorch fuses it."""
    over = tuple(range(1, output.dim()))
    if name == "mean_squared_error":
        return ((output - target) ** 2).mean(dim=over)
    if name == "mean_absolute_error":
        return (output - target).abs().mean(dim=over)
    if name == "huber":
        return F.huber_loss(output, target, reduction="none").mean(dim=over)
    if name == "hinge":
        return F.relu(1 - (2 * target - 1) * output).mean(dim=over)
    if name == "binary_cross_entropy":
        if net.last_activation() == "sigmoid":
            logits = torch.logit(output)
            return F.binary_cross_entropy_with_logits(logits, target, reduction="none").mean(dim=over)
        p = output.clamp(CLIP, 1 - CLIP)
        return F.binary_cross_entropy(p, target, reduction="none").mean(dim=over)
    if name == "cross_entropy":
        p = output if net.last_activation() == "softmax" else output.clamp(CLIP, 1 - CLIP)
        return -(target * p.log()).sum(dim=-1).reshape(output.shape[0], -1).mean(dim=1)
    raise ValueError(name)


def batch_loss(training, net, x, target, weights):
    rows = row_losses(training["loss"], net, net(x), target)
    mean = (rows * weights).sum() / weights.sum()
    return mean, mean * len(x) if training.get("reduction") == "sum" else mean


def make_optimizer(spec, parameters):
    kind = spec["type"]
    lr = spec.get("learning_rate", {"sgd": 0.01, "adagrad": 0.01, "rmsprop": 0.01}.get(kind, 0.001))
    eps = {k: v for k, v in {"eps": spec.get("epsilon")}.items() if v is not None}
    if kind == "sgd":
        return torch.optim.SGD(parameters, lr, momentum=spec.get("momentum", 0), nesterov=spec.get("nesterov", False))
    if kind == "adagrad":
        return torch.optim.Adagrad(parameters, lr, **eps)
    if kind == "rmsprop":
        return torch.optim.RMSprop(parameters, lr, alpha=spec.get("rho", 0.99), **eps)
    betas = (spec.get("beta1", 0.9), spec.get("beta2", 0.999))
    if kind == "adam":
        return torch.optim.Adam(parameters, lr, betas=betas, **eps)
    return torch.optim.AdamW(parameters, lr, betas=betas, weight_decay=spec.get("weight_decay", 0.01), **eps)


def penalized(net, key):
    node, name = key.split(".", 1)
    return "weight" in name and not net.nodes[node]["type"].endswith("_norm")


def penalty(training, net):
    l1, l2 = (training.get("regularization", {}).get(k, 0) for k in ("l1", "l2"))
    total = torch.zeros(())
    for key, tensor in net.tensors.items():
        if penalized(net, key):
            total = total + l1 * tensor.abs().sum() + l2 / 2 * (tensor**2).sum()
    return total


def run(case):
    training = case["training"]
    net = Net(case["graph"])
    x, rows = case["x"], len(case["x"])
    net.training = False
    shape = net(x).shape
    net.training = True
    target, weights = case["target"](shape), case.get("weights", torch.ones(rows))
    start = {key: flat(tensor) for key, tensor in {**net.tensors, **net.running}.items()}
    shapes = {key: list(tensor.shape) for key, tensor in {**net.tensors, **net.running}.items()}
    batch = training["batch_size"]
    stats = {key: stat.clone() for key, stat in net.running.items()}
    _, objective = batch_loss(training, net, x[:batch], target[:batch], weights[:batch])
    objective.backward()
    first = {"loss": objective.item(), "gradients": {key: flat(t.grad) for key, t in net.tensors.items()}}
    for key, stat in stats.items():
        net.running[key].copy_(stat)
    optimizer = make_optimizer(training["optimizer"], list(net.tensors.values()))
    losses = []
    for _ in range(case["epochs"]):
        total = 0.0
        for at in range(0, rows, batch):
            part = slice(at, at + batch)
            optimizer.zero_grad()
            mean, objective = batch_loss(training, net, x[part], target[part], weights[part])
            (objective + penalty(training, net)).backward()
            clip = training.get("gradient_clip", {})
            if "norm" in clip:
                torch.nn.utils.clip_grad_norm_(list(net.tensors.values()), clip["norm"])
            if "value" in clip:
                torch.nn.utils.clip_grad_value_(list(net.tensors.values()), clip["value"])
            optimizer.step()
            total += mean.item() * len(x[part])
        losses.append(total / rows)
    net.training = False
    with torch.no_grad():
        mean, _ = batch_loss(training, net, x, target, weights)
        outputs = net(x)
    return {
        "name": case["name"],
        "graph": case["graph"],
        "training": training,
        "rows": rows,
        "inputs": flat(x),
        "targets": flat(target),
        "weights": flat(weights),
        "shapes": shapes,
        "start": start,
        "first": first,
        "losses": losses,
        "end": {key: flat(tensor) for key, tensor in {**net.tensors, **net.running}.items()},
        "outputs": flat(outputs),
        "evaluation_loss": mean.item(),
        "penalty": penalty(training, net).item(),
    }


def flat(tensor):
    return tensor.detach().reshape(-1).tolist()


def chain(shape, *layers):
    """A graph of one node after another: chain([2], ("dense", {...}), …); the output is added."""
    nodes = [{"id": "in", "type": "input", "params": {"shape": shape}}]
    for i, (kind, params) in enumerate(layers):
        nodes.append({"id": f"n{i + 1}", "type": kind, "params": params})
    nodes.append({"id": "y", "type": "output", "params": {}})
    edges = [{"from": a["id"], "to": b["id"]} for a, b in zip(nodes, nodes[1:])]
    return {"nodes": nodes, "edges": edges}


def dense(units, activation="linear", **more):
    return ("dense", {"units": units, "activation": activation, **more})


def graph(nodes, edges):
    return {
        "nodes": [{"id": k, "type": t, "params": p} for k, t, p in nodes],
        "edges": [{"from": a, "to": b} for a, b in edges],
    }


def numbers(shape):
    return torch.randn(shape)


def bits(shape):
    return torch.randint(0, 2, shape).to(torch.get_default_dtype())


def classes(shape):
    return F.one_hot(torch.randint(0, shape[-1], shape[:-1]), shape[-1]).to(torch.get_default_dtype())


SGD = {"type": "sgd", "learning_rate": 0.05}
ADAM = {"type": "adam", "learning_rate": 0.01}


def case(name, net, loss, target, optimizer=SGD, rows=14, batch=4, epochs=3, x=None, weights=None, **more):
    shape = net["nodes"][0]["params"]["shape"]
    training = {"loss": loss, "optimizer": optimizer, "batch_size": batch, "shuffle": False, **more}
    made = {"name": name, "graph": net, "training": training, "target": target, "epochs": epochs}
    made["x"] = torch.randn(rows, *shape) if x is None else x
    if weights is not None:
        made["weights"] = weights
    return made


def mlp(head="linear", units=1):
    return chain([3], dense(5, "tanh"), dense(4, "sigmoid"), dense(units, head))


def all_cases():
    yield from (
        case(f"activation {name}", chain([3], dense(6), ("activation", {"function": name}), dense(2)), "mean_squared_error", numbers, batch=5)
        for name in ACTIVATIONS
    )
    yield case("alpha of an activation", chain([3], dense(6, {"type": "leaky_relu", "alpha": 0.3}), dense(5, {"type": "elu", "alpha": 0.5}), dense(2)), "mean_squared_error", numbers)
    for loss in ("mean_squared_error", "mean_absolute_error", "huber", "hinge"):
        target = bits if loss == "hinge" else (lambda shape: 2 * numbers(shape))
        yield case(f"loss {loss}", mlp(units=3), loss, target)
    yield case("sigmoid head", mlp("sigmoid"), "binary_cross_entropy", bits)
    yield case("sigmoid head as a node", chain([3], dense(4, "tanh"), dense(2), ("activation", {"function": "sigmoid"})), "binary_cross_entropy", bits, ADAM)
    yield case("softmax head", mlp("softmax", 4), "cross_entropy", classes)
    yield case("softmax head as a node", chain([3], dense(4, "tanh"), dense(3), ("activation", {"function": "softmax"})), "cross_entropy", classes, ADAM)
    yield case("cross entropy on other probabilities", mlp("sigmoid", 3), "cross_entropy", classes)
    yield case("binary cross entropy on a softmax", mlp("softmax", 3), "binary_cross_entropy", classes)
    yield case("mean squared error on a sigmoid", mlp("sigmoid"), "mean_squared_error", bits)
    yield case("class weights", mlp("softmax", 3), "cross_entropy", classes, weights=torch.rand(14) + 0.5)
    yield case("sum reduction", mlp(), "mean_squared_error", numbers, reduction="sum", optimizer={"type": "sgd", "learning_rate": 0.01})
    optimizers = [
        {"type": "sgd", "learning_rate": 0.1, "momentum": 0.9},
        {"type": "sgd", "learning_rate": 0.1, "momentum": 0.8, "nesterov": True},
        {"type": "adagrad", "learning_rate": 0.05},
        {"type": "rmsprop", "learning_rate": 0.01},
        {"type": "rmsprop", "learning_rate": 0.01, "rho": 0.9, "epsilon": 1e-4},
        {"type": "adam"},
        {"type": "adam", "learning_rate": 0.02, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-6},
        {"type": "adamw", "learning_rate": 0.01},
        {"type": "adamw", "learning_rate": 0.01, "weight_decay": 0.2},
    ]
    for i, optimizer in enumerate(optimizers):
        yield case(f"optimizer {optimizer['type']} {i}", mlp("sigmoid"), "binary_cross_entropy", bits, optimizer)
    yield case("penalties", mlp(), "mean_squared_error", numbers, regularization={"l1": 0.01, "l2": 0.1})
    yield case("clipping by norm", mlp(), "mean_squared_error", numbers, gradient_clip={"norm": 0.2})
    yield case("clipping by value", mlp(), "mean_squared_error", numbers, ADAM, gradient_clip={"value": 0.05})
    yield case("penalties and clipping", mlp(), "mean_squared_error", numbers, regularization={"l2": 0.3}, gradient_clip={"norm": 0.5})
    yield case("no bias", chain([3], dense(4, "tanh", use_bias=False), dense(2, use_bias=False)), "mean_squared_error", numbers)
    yield case("dense on a sequence", chain([4, 3], dense(5, "tanh"), dense(2)), "mean_squared_error", numbers)
    yield case("softmax on a sequence", chain([4, 3], dense(5, "tanh"), dense(3, "softmax")), "cross_entropy", classes)
    branches = graph(
        [("in", "input", {"shape": [3]}), ("a", "dense", {"units": 4, "activation": "tanh"}), ("b", "dense", {"units": 4, "activation": "sigmoid"}),
         ("sum", "add", {}), ("product", "multiply", {}), ("joined", "concat", {}), ("out", "dense", {"units": 2}), ("y", "output", {})],
        [("in", "a"), ("in", "b"), ("a", "sum"), ("b", "sum"), ("a", "product"), ("b", "product"), ("sum", "joined"), ("product", "joined"), ("joined", "out"), ("out", "y")],
    )
    yield case("branches and merges", branches, "mean_squared_error", numbers, ADAM)
    twice = graph(
        [("in", "input", {"shape": [3]}), ("a", "dense", {"units": 4, "activation": "tanh"}), ("square", "multiply", {}), ("double", "add", {}), ("out", "dense", {"units": 2}), ("y", "output", {})],
        [("in", "a"), ("a", "square"), ("a", "square"), ("square", "double"), ("a", "double"), ("square", "double"), ("double", "out"), ("out", "y")],
    )
    yield case("a node used twice", twice, "mean_squared_error", numbers)
    yield case("twenty layers", chain([3], *[dense(4, "tanh")] * 20, dense(1)), "mean_squared_error", numbers)
    conv = lambda filters, **more: ("conv2d", {"filters": filters, "kernel_size": [3, 3], "activation": "tanh", **more})
    head = [("flatten", {}), dense(3, "softmax")]
    yield case("convolutions", chain([2, 6, 5], conv(3), conv(2, padding="same"), *head), "cross_entropy", classes)
    yield case("strided convolutions", chain([1, 7, 6], conv(3, padding="same", stride=[2, 2]), conv(2, kernel_size=[2, 1], stride=[1, 2]), *head), "cross_entropy", classes, ADAM)
    yield case("max pool", chain([1, 6, 6], conv(3), ("max_pool2d", {}), *head), "cross_entropy", classes)
    yield case("overlapping max pool", chain([1, 6, 6], conv(3), ("max_pool2d", {"pool_size": [3, 3], "stride": [2, 2], "padding": "same"}), *head), "cross_entropy", classes)
    yield case("average pools", chain([1, 7, 7], conv(3), ("avg_pool2d", {"pool_size": [2, 2], "stride": [2, 2], "padding": "same"}), ("global_avg_pool2d", {}), dense(3, "softmax")), "cross_entropy", classes)
    yield case("reshape", chain([12], ("reshape", {"shape": [3, 2, 2]}), conv(2, kernel_size=[2, 2]), ("reshape", {"shape": [2]}), dense(1)), "mean_squared_error", numbers)
    ids = torch.randint(0, 6, (14, 3)).to(torch.get_default_dtype())
    yield case("embedding", chain([3], ("embedding", {"vocabulary": 6, "dims": 4}), ("flatten", {}), dense(2)), "mean_squared_error", numbers, ADAM, x=ids)
    yield case("dropout switched off", chain([3], dense(4, "tanh"), ("dropout", {"rate": 0.5}), dense(1)), "mean_squared_error", numbers)
    yield from later_cases(conv, head)


def later_cases(conv, head):
    yield case("layer norm", chain([3], dense(6), ("layer_norm", {}), dense(2)), "mean_squared_error", numbers, batch=5, regularization={"l2": 0.1})
    yield case("layer norm on a sequence", chain([4, 3], dense(6), ("layer_norm", {"epsilon": 1e-3}), dense(2)), "mean_squared_error", numbers)
    yield case("group norm", chain([2, 5, 5], conv(4), ("group_norm", {"groups": 2}), *head), "cross_entropy", classes)
    yield case("batch norm", chain([3], dense(6, use_bias=False), ("batch_norm", {}), dense(2)), "mean_squared_error", numbers, batch=7)
    yield case("batch norm on images", chain([2, 5, 5], conv(4, use_bias=False, activation="linear"), ("batch_norm", {"momentum": 0.3}), *head), "cross_entropy", classes, ADAM, batch=7)
    yield case("batch norm on a sequence", chain([4, 3], dense(5, use_bias=False), ("batch_norm", {}), dense(2)), "mean_squared_error", numbers, batch=7)
    yield case("conv1d", chain([2, 9], ("conv1d", {"filters": 3, "kernel_size": 3, "activation": "tanh"}), ("conv1d", {"filters": 2, "kernel_size": 4, "stride": 2, "padding": "same"}), ("batch_norm", {}), ("flatten", {}), dense(2)), "mean_squared_error", numbers, batch=7)
    yield case("transposed convolution", chain([2, 3, 3], ("conv_transpose2d", {"filters": 3, "kernel_size": [3, 2], "stride": [2, 1], "activation": "tanh"}), ("conv_transpose2d", {"filters": 1, "kernel_size": [2, 2]}), ("flatten", {}), dense(2)), "mean_squared_error", numbers)
    for kind in ("simple_rnn", "lstm", "gru"):
        yield case(kind, chain([5, 3], (kind, {"units": 4}), dense(2)), "mean_squared_error", numbers)
        yield case(f"{kind} returning sequences", chain([5, 3], (kind, {"units": 4, "return_sequences": True}), (kind, {"units": 3, "return_sequences": True}), dense(2)), "mean_squared_error", numbers, ADAM)
    # Not Adam: the bias of the keys has no gradient but rounding, which Adam would blow up to whole steps.
    yield case("attention", chain([5, 4], ("positional_encoding", {}), ("attention", {"heads": 2}), ("flatten", {}), dense(2)), "mean_squared_error", numbers)
    yield case("batch of one", mlp("sigmoid"), "binary_cross_entropy", bits, batch=1, rows=5)
    yield case("a remainder of one row", mlp(units=2), "mean_squared_error", numbers, ADAM, rows=13)
    yield case("full batch", mlp("softmax", 3), "cross_entropy", classes, rows=14, batch=14)
    yield case("row weights on a sigmoid head", mlp("sigmoid"), "binary_cross_entropy", bits, weights=torch.rand(14) + 0.2, reduction="sum")
    yield case("a wider net", chain([7], dense(30, "relu"), dense(21, "silu"), dense(5, "softmax")), "cross_entropy", classes, ADAM, rows=20, batch=9)
    residual = graph(
        [("in", "input", {"shape": [2, 6, 6]}), ("c1", "conv2d", {"filters": 2, "kernel_size": [3, 3], "padding": "same", "activation": "elu"}),
         ("sum", "add", {}), ("norm", "batch_norm", {}), ("pool", "max_pool2d", {}), ("flat", "flatten", {}), ("out", "dense", {"units": 3}),
         ("soft", "activation", {"function": "softmax"}), ("y", "output", {})],
        [("in", "c1"), ("in", "sum"), ("c1", "sum"), ("sum", "norm"), ("norm", "pool"), ("pool", "flat"), ("flat", "out"), ("out", "soft"), ("soft", "y")],
    )
    yield case("a residual convolution", residual, "cross_entropy", classes, batch=7)
    joined = graph(
        [("in", "input", {"shape": [2, 5, 5]}), ("a", "conv2d", {"filters": 3, "kernel_size": [3, 3], "padding": "same"}), ("b", "conv2d", {"filters": 2, "kernel_size": [1, 1], "activation": "gelu"}),
         ("both", "concat", {}), ("mean", "global_avg_pool2d", {}), ("out", "dense", {"units": 2}), ("y", "output", {})],
        [("in", "a"), ("in", "b"), ("a", "both"), ("b", "both"), ("both", "mean"), ("mean", "out"), ("out", "y")],
    )
    yield case("convolutions side by side", joined, "huber", numbers)


if __name__ == "__main__":
    made = [run(one) for one in all_cases()]
    path = pathlib.Path(__file__).parent / "cases.json"
    path.write_text("[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in made) + "\n]\n")
    print(f"{len(made)} cases, {path.stat().st_size} bytes")
