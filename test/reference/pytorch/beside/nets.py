"""Networks as formats.md describes them, in float64 on top of torch.nn: `Net(graph)` answers for outputs and logits."""
import math

import torch
import torch.nn.functional as F
from torch.nn.utils.stateless import functional_call

CHANNEL_LAYERS = {"conv1d", "conv2d", "conv_transpose2d", "max_pool2d", "avg_pool2d"}


def activation(name, alpha, x):
    """Kinks as the format has them: leaky_relu'(0) = 1, elu'(0) = alpha, relu'(0) = 0."""
    if name == "leaky_relu":
        return torch.where(x >= 0, x, (0.01 if alpha is None else alpha) * x)
    if name == "elu":
        return torch.where(x > 0, x, (1.0 if alpha is None else alpha) * torch.expm1(x.clamp(max=0)))
    if name == "softmax":
        return torch.softmax(x, dim=-1)
    plain = {"linear": lambda v: v, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu,
             "softplus": lambda v: F.softplus(v, threshold=1e9), "gelu": F.gelu, "silu": F.silu}
    return plain[name](x)


def named(value):
    """Name and alpha of an `activation` key."""
    return (value["type"], value.get("alpha")) if isinstance(value, dict) else (value, None)


def same(size, kernel, stride):
    out = -(-size // stride)
    total = max((out - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def pad(x, kernel, stride, padding, value=0.0):
    if padding == "valid":
        return x
    sides = [same(n, k, s) for n, k, s in zip(x.shape[2:], kernel, stride)]
    return F.pad(x, [side for pair in reversed(sides) for side in pair], value=value)


class Net:
    """`tensors`: every tensor by its key in files; `trained` names those with gradients."""

    def __init__(self, graph, tensors):
        self.nodes = {node["id"]: node for node in graph["nodes"]}
        self.feeds = {key: [] for key in self.nodes}
        slotted = sorted(enumerate(graph["edges"]), key=lambda item: ("slot" not in item[1], item[1].get("slot", 0), item[0]))
        for _, edge in slotted:
            slots = self.feeds[edge["to"]]
            at = edge.get("slot", next(i for i in range(99) if i >= len(slots) or slots[i] is None))
            slots.extend([None] * (at + 1 - len(slots)))
            slots[at] = edge["from"]
        self.tensors = tensors

    def of(self, key):
        return {name[len(key) + 1:]: value for name, value in self.tensors.items() if name.startswith(key + ".")}

    def run(self, x, training):
        """Of the output node; `self.last` is its last activation, `self.last_logits` what entered that."""
        self.training, self.values, self.signal, self.before = training, {}, {}, {}
        for key in self.order():
            node = self.nodes[key]
            inputs = [self.values[source] for source in self.feeds[key]]
            self.signal[key] = any(self.signal[source] for source in self.feeds[key]) and node["type"] in (
                CHANNEL_LAYERS | {"activation", "batch_norm", "dropout", "gaussian_noise", "group_norm", "add"})
            if node["type"] in CHANNEL_LAYERS:
                self.signal[key] = True
            value = x if node["type"] == "input" else getattr(self, node["type"])(key, node["params"], *inputs)
            self.values[key] = value
        out = self.feeds["y"][0]
        self.last, self.last_logits = self.before.get(out, (None, None))
        return self.values["y"]

    def order(self):
        done = []
        while len(done) < len(self.nodes):
            done += [key for key in self.nodes if key not in done and all(f in done for f in self.feeds[key])]
        return done

    def act(self, key, params, z):
        name, alpha = named(params.get("activation", "linear"))
        self.before[key] = (name, z)
        return activation(name, alpha, z)

    def output(self, key, params, x):
        return x

    def dense(self, key, params, x):
        return self.act(key, params, F.linear(x, *[self.of(key).get(n) for n in ("weight", "bias")]))

    def activation(self, key, params, x):
        self.before[key] = (params["function"], x)
        return activation(params["function"], params.get("alpha"), x)

    def conv2d(self, key, p, x):
        stride = p.get("stride", [1, 1])
        t = self.of(key)
        z = F.conv2d(pad(x, p["kernel_size"], stride, p.get("padding", "valid")), t["weight"], t.get("bias"), stride)
        return self.act(key, p, z)

    def conv1d(self, key, p, x):
        stride, t = p.get("stride", 1), self.of(key)
        z = F.conv1d(pad(x, [p["kernel_size"]], [stride], p.get("padding", "valid")), t["weight"], t.get("bias"), stride)
        return self.act(key, p, z)

    def conv_transpose2d(self, key, p, x):
        t = self.of(key)
        return self.act(key, p, F.conv_transpose2d(x, t["weight"], t.get("bias"), p.get("stride", [1, 1])))

    def max_pool2d(self, key, p, x):
        size = p.get("pool_size", [2, 2])
        stride = p.get("stride", size)
        return F.max_pool2d(pad(x, size, stride, p.get("padding", "valid"), -math.inf), size, stride)

    def avg_pool2d(self, key, p, x):
        size = p.get("pool_size", [2, 2])
        stride = p.get("stride", size)
        how = (size, stride, p.get("padding", "valid"))
        ones = torch.ones_like(x)
        total, count = [F.avg_pool2d(pad(v, *how), size, stride) for v in (x, ones)]
        return total / count

    def global_avg_pool2d(self, key, p, x):
        return x.mean(dim=(2, 3))

    def flatten(self, key, p, x):
        return x.flatten(1)

    def reshape(self, key, p, x):
        return x.reshape(len(x), *p["shape"])

    def dropout(self, key, p, x):
        return x

    gaussian_noise = dropout

    def batch_norm(self, key, p, x):
        t = self.of(key)
        first = x.dim() == 4 or self.signal[key]
        moved = x if first or x.dim() == 2 else x.movedim(-1, 1)
        y = F.batch_norm(moved, t["running_mean"], t["running_var"], t["weight"], t["bias"], self.training,
                         p.get("momentum", 0.1), p.get("epsilon", 1e-5))
        return y if first or x.dim() == 2 else y.movedim(1, -1)

    def layer_norm(self, key, p, x):
        t = self.of(key)
        return F.layer_norm(x, x.shape[-1:], t["weight"], t["bias"], p.get("epsilon", 1e-5))

    def group_norm(self, key, p, x):
        t = self.of(key)
        return F.group_norm(x, p["groups"], t["weight"], t["bias"], p.get("epsilon", 1e-5))

    def embedding(self, key, p, x):
        return F.embedding(x.long(), self.of(key)["weight"])

    def recurrent(self, run, key, p, x, states=1):
        """torch's own kernels: a module would keep the weights it was made with."""
        t = self.of(key)
        weights = [t[f"{name}_l0"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        start = [torch.zeros(1, len(x), p["units"], dtype=x.dtype)] * states
        y = run(x, start if states > 1 else start[0], weights, True, 1, 0.0, False, False, True)[0]
        return y if p.get("return_sequences", False) else y[:, -1]

    def simple_rnn(self, key, p, x):
        return self.recurrent(torch.rnn_tanh, key, p, x)

    def lstm(self, key, p, x):
        return self.recurrent(torch.lstm, key, p, x, 2)

    def gru(self, key, p, x):
        return self.recurrent(torch.gru, key, p, x)

    def attention(self, key, p, x):
        module = torch.nn.MultiheadAttention(x.shape[-1], p["heads"], batch_first=True)
        return functional_call(module, self.of(key), (x, x, x), {"need_weights": False})[0]

    def positional_encoding(self, key, p, x):
        steps, width = x.shape[1:]
        table = [[(math.cos if d % 2 else math.sin)(t / 10000 ** (2 * (d // 2) / width)) for d in range(width)] for t in range(steps)]
        return x + torch.tensor(table, dtype=x.dtype)

    def add(self, key, p, *xs):
        return sum(xs[1:], xs[0])

    def multiply(self, key, p, *xs):
        return math.prod(xs[1:], start=xs[0])

    def concat(self, key, p, *xs):
        axis = p.get("axis", 0)
        return torch.cat(xs, dim=axis + 1 if axis >= 0 else axis)
