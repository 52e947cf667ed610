"""Random projects in the format's own words: a graph, its data as a table, its training."""
import random

ACTIVATIONS = ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "gelu", "silu", "softmax",
               {"type": "leaky_relu", "alpha": 0.2}, {"type": "elu", "alpha": 0.7}]
TASKS = ["regression", "binary", "multiclass"]


class Graph:
    """A chain with side branches; `shape` is what the last node gives."""

    def __init__(self, rnd, shape):
        self.rnd, self.nodes, self.edges, self.shape = rnd, [], [], list(shape)
        self.last = self.node("input", {"shape": list(shape)}, key="in")

    def node(self, kind, params, sources=(), key=None):
        key = key or f"n{len(self.nodes)}_{kind}"
        self.nodes.append({"id": key, "type": kind, "params": params})
        self.edges += [{"from": s, "to": key} if isinstance(s, str) else {"from": s[0], "to": key, "slot": s[1]} for s in sources]
        return key

    def then(self, kind, to=None, **params):
        self.last = self.node(kind, params, [self.last])
        self.shape = list(self.shape if to is None else to)

    def act(self):
        return self.rnd.choice(ACTIVATIONS)

    def dense(self, units, activation=None):
        extra = {"use_bias": False} if self.rnd.random() < 0.15 else {}
        self.then("dense", [*self.shape[:-1], units], units=units, activation=activation or self.act(), **extra)

    def quiet(self):
        """A layer that leaves the shape."""
        kinds = ["layer_norm", "activation", "dropout", "gaussian_noise", "branch"]
        kinds += ["batch_norm"] * 2 + (["group_norm"] if size(self.shape) > 2 else [])
        kind = self.rnd.choice(kinds)
        if kind == "activation":
            chosen = self.act()
            self.then(kind, **({"function": chosen} if isinstance(chosen, str) else {"function": chosen["type"], "alpha": chosen["alpha"]}))
        elif kind == "branch":
            self.branch()
        else:
            params = {"dropout": {"rate": 0}, "gaussian_noise": {"stddev": 0},
                      "group_norm": {"groups": 2 if self.shape[0] % 2 == 0 and size(self.shape) > 2 else 1},
                      "batch_norm": self.rnd.choice([{}, {"momentum": 0.3, "epsilon": 1e-3}]),
                      "layer_norm": self.rnd.choice([{}, {"epsilon": 1e-3}])}[kind]
            self.then(kind, **params)

    def branch(self):
        """Around and back: the sum, product or concatenation of what is and something made of it."""
        start, shape = self.last, list(self.shape)
        self.dense(shape[-1], self.rnd.choice(["tanh", "sigmoid", "linear"]))
        kind = self.rnd.choice(["add", "multiply", "concat"])
        sources = [start, self.last] + ([start] if self.rnd.random() < 0.3 else [])
        if self.rnd.random() < 0.5:
            slots = list(range(len(sources)))
            self.rnd.shuffle(slots)
            keep = self.rnd.randrange(len(sources))
            sources = [s if i == keep else (s, slots[i]) for i, s in enumerate(sources)]
        axis = self.rnd.randrange(len(shape))
        if kind == "concat":
            shape[axis] *= len(sources)
        self.last = self.node(kind, {"axis": axis} if kind == "concat" else {}, sources)
        self.shape = shape

    def end(self, units, activation, apart):
        if len(self.shape) > 1:
            self.then("flatten", [size(self.shape)])
        if apart and activation != "linear":
            self.then("dense", [units], units=units)
            self.then("activation", function=activation)
        else:
            self.then("dense", [units], units=units, activation=activation)
        self.last = self.node("output", {}, [self.last], key="y")
        return {"nodes": self.nodes, "edges": self.edges}


def size(shape):
    out = 1
    for axis in shape:
        out *= axis
    return out


def window(n, k, s, padding):
    return -(-n // s) if padding == "same" else (n - k) // s + 1


def mlp(rnd):
    g = Graph(rnd, [rnd.randint(1, 6)])
    for _ in range(rnd.randint(0, 3)):
        g.dense(rnd.choice([2, 4, 6]))
        if rnd.random() < 0.5:
            g.quiet()
    return g


def pictures(rnd):
    g = Graph(rnd, [rnd.choice([1, 2]), rnd.randint(5, 7), rnd.randint(5, 7)])
    for _ in range(rnd.randint(1, 3)):
        c, h, w = g.shape
        kind = rnd.choice(["conv2d", "conv2d", "max_pool2d", "avg_pool2d", "conv_transpose2d", "quiet"])
        kh, kw = min(h, rnd.randint(1, 3)), min(w, rnd.randint(1, 3))
        sh, sw = rnd.randint(1, 2), rnd.randint(1, 2)
        padding = rnd.choice(["valid", "same"])
        if kind == "quiet":
            g.quiet()
        elif kind == "conv2d":
            f = rnd.choice([2, 3, 4])
            g.then(kind, [f, window(h, kh, sh, padding), window(w, kw, sw, padding)], filters=f, kernel_size=[kh, kw],
                   stride=[sh, sw], padding=padding, activation=g.act())
        elif kind == "conv_transpose2d":
            size_out = [2, (h - 1) * sh + kh, (w - 1) * sw + kw]
            g.then(kind, size_out, filters=2, kernel_size=[kh, kw], stride=[sh, sw], activation=g.act())
        else:
            size_out = [c, window(h, kh, sh, padding), window(w, kw, sw, padding)]
            g.then(kind, size_out, pool_size=[kh, kw], stride=[sh, sw], padding=padding)
    if rnd.random() < 0.3:
        g.then("global_avg_pool2d", g.shape[:1])
    return g


def signals(rnd):
    g = Graph(rnd, [2, rnd.randint(6, 9)])
    for _ in range(rnd.randint(1, 2)):
        k, s, padding = rnd.randint(1, 3), rnd.randint(1, 2), rnd.choice(["valid", "same"])
        size_out = [rnd.choice([3, 4]), window(g.shape[1], k, s, padding)]
        g.then("conv1d", size_out, filters=size_out[0], kernel_size=k, stride=s, padding=padding, activation=g.act())
        if rnd.random() < 0.7:
            g.then(*rnd.choice([("batch_norm",), ("layer_norm",)]))
    return g


def sequences(rnd):
    words = rnd.random() < 0.4
    steps = rnd.randint(3, 5)
    g = Graph(rnd, [steps] if words else [steps, 4])
    g.words = 5 if words else 0
    if words:
        g.then("embedding", [steps, 4], vocabulary=5, dims=4)
    for _ in range(rnd.randint(1, 2)):
        kind = rnd.choice(["attention", "positional_encoding", "simple_rnn", "lstm", "gru", "batch_norm", "layer_norm", "dense"])
        if kind == "attention":
            g.then(kind, heads=rnd.choice([1, 2, 4]))
        elif kind in ("simple_rnn", "lstm", "gru"):
            g.then(kind, [steps, 4], units=4, return_sequences=True)
        elif kind == "dense":
            g.dense(4)
        else:
            g.then(kind)
    kind = rnd.choice(["simple_rnn", "lstm", "gru", None])
    if kind:
        g.then(kind, [3], units=3)
    elif rnd.random() < 0.5:
        g.then("reshape", [2 * steps, 2], shape=[2 * steps, 2])
    return g


def losses(rnd, task):
    """Loss, last activation."""
    any_task = [("mean_squared_error", rnd.choice(["linear", "tanh", "sigmoid"])), ("mean_absolute_error", "linear"),
                ("huber", "linear"), ({"type": "huber", "delta": 0.3}, "linear")]
    own = {"regression": any_task,
           "binary": [("binary_cross_entropy", "sigmoid")] * 4 + [("binary_cross_entropy", "linear"), ("hinge", "linear")] + any_task[:1],
           "multiclass": [("cross_entropy", "softmax")] * 4 + [("cross_entropy", "sigmoid"), ("hinge", "linear"), ("mean_squared_error", "softmax"),
                          ("binary_cross_entropy", "sigmoid")]}
    return rnd.choice(own[task])


def optimizers(rnd):
    return rnd.choice([
        {"type": "sgd", "learning_rate": 0.05}, {"type": "sgd", "learning_rate": 0.02, "momentum": 0.9},
        {"type": "sgd", "learning_rate": 0.02, "momentum": 0.5, "nesterov": True},
        {"type": "adagrad", "learning_rate": 0.03, "epsilon": 1e-4}, {"type": "rmsprop", "learning_rate": 0.003, "epsilon": 1e-4},
        {"type": "rmsprop", "learning_rate": 0.003, "rho": 0.8, "epsilon": 1e-4}, {"type": "adam", "learning_rate": 0.01, "epsilon": 1e-4},
        {"type": "adam", "learning_rate": 0.01, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-4},
        {"type": "adamw", "learning_rate": 0.01, "weight_decay": 0.1, "epsilon": 1e-4}, {"type": "adamw", "learning_rate": 0.01, "epsilon": 1e-4}])


def schedules(rnd):
    inner = rnd.choice(["constant", "exponential", "cosine", {"type": "step", "step_size": 2}, {"type": "step", "step_size": 1, "gamma": 0.5},
                        {"type": "exponential", "gamma": 0.7}, {"type": "cosine", "min_rate": 0.001}])
    return rnd.choice([inner, {"type": "warmup", "epochs": rnd.randint(1, 3), "then": inner}])


def training(rnd, loss, rows):
    t = {"loss": loss, "optimizer": optimizers(rnd), "epochs": rnd.randint(3, 6), "shuffle": False}
    chances = [("batch_size", 0.85, lambda: rnd.choice([3, 4, 7, 8, rows, "full", 1000])), ("schedule", 0.5, lambda: schedules(rnd)),
               ("reduction", 0.3, lambda: rnd.choice(["sum", "mean"])),
               ("regularization", 0.4, lambda: rnd.choice([{"l1": 0.01}, {"l2": 0.1}, {"l1": 0.002, "l2": 0.05}])),
               ("gradient_clip", 0.3, lambda: rnd.choice([{"norm": 0.5}, {"value": 0.05}]))]
    t.update({key: make() for key, chance, make in chances if rnd.random() < chance})
    return t


def method(rnd, t, rows, normal):
    """Now and then another method, or delta_bar_delta; `normal`: the network has running statistics."""
    pick = rnd.random()
    # Slopes of ±1/n may add up to nothing but rounding, whose sign delta_bar_delta would follow.
    if pick < 0.12 and t["loss"] != "mean_absolute_error":
        t["optimizer"] = rnd.choice([{"type": "delta_bar_delta", "learning_rate": 0.05, "kappa": 0.01},
                                     {"type": "delta_bar_delta", "learning_rate": 0.02, "kappa": 0.02, "phi": 0.3, "theta": 0.7}])
        t["batch_size"] = rnd.choice(["full", rows, rows + 5])
        t.pop("schedule", None)
    elif pick < 0.18 and not normal:
        t["method"] = "hill_climbing"
        t.update(rnd.choice([{}, {"step": 0.03}]))
        t["batch_size"] = "full"
    elif pick < 0.24:
        t["method"] = "numerical_gradient"
        t.update(rnd.choice([{}, {"h": 1e-5}]))


def perceptron(rnd):
    """A perceptron's graph, task and training."""
    task = rnd.choice(["binary", "multiclass"])
    g = Graph(rnd, [rnd.randint(2, 4)])
    g.task, units = task, 1 if task == "binary" else 3
    g.then("dense", [units], units=units, **rnd.choice([{}, {"use_bias": False}]))
    g.last = g.node("output", {}, [g.last], key="y")
    t = {"method": "perceptron", "averaged": rnd.random() < 0.5, "loss": rnd.choice(["hinge", "mean_squared_error"]),
         "optimizer": {"type": "sgd"}, "epochs": rnd.randint(3, 12), "shuffle": False}
    return g, t


def project(seed):
    """Graph, training, task, rows [[inputs], [labels or numbers]], held-out rows, and the data keys besides."""
    rnd = random.Random(seed)
    count, held = rnd.randint(9, 26), rnd.randint(3, 8)
    if rnd.random() < 0.08:
        g, t = perceptron(rnd)
        graph, task = {"nodes": g.nodes, "edges": g.edges}, g.task
    else:
        g = rnd.choice([mlp, mlp, mlp, pictures, signals, sequences])(rnd)
        task = rnd.choice(TASKS)
        loss, activation = losses(rnd, task)
        width = {"regression": rnd.choice([1, 1, 2, 3]), "binary": 1, "multiclass": 3}[task]
        start = g.shape
        graph = g.end(width, activation, rnd.random() < 0.3)
        t = training(rnd, loss, count)
        method(rnd, t, count, any(n["type"] == "batch_norm" for n in graph["nodes"]))
        name = loss if isinstance(loss, str) else loss["type"]
        if task != "regression" and name in ("binary_cross_entropy", "cross_entropy") and rnd.random() < 0.4:
            t["class_weights"] = {"a": 2.5, "b": 0.5, "c": 1.5} if task == "multiclass" else {"a": 0.25, "b": 3}
        g.shape, g.width = start, width
    features = size(graph["nodes"][0]["params"]["shape"])
    lattice = rnd.random() < 0.3 or task != "regression" and t.get("method") == "perceptron"
    words = getattr(g, "words", 0)

    def value():
        if words:
            return rnd.randrange(words)
        return rnd.choice([-1, 0, 0, 1, 0.5]) if lattice else round(rnd.uniform(-2, 2), 3)

    def row(i):
        x = [value() for _ in range(features)]
        if task == "regression":
            return x, [round(rnd.uniform(-1, 1), 3) for _ in range(g.width)]
        return x, ["ab"[i % 2] if task == "binary" else "abc"[i % 3]]

    rows, others = [row(i) for i in range(count)], [row(i) for i in range(held)]
    # Sums of whole numbers tie exactly; standardised ones would tie but for rounding.
    standard = {"standardize": True} if not words and t.get("method") != "perceptron" and rnd.random() < 0.3 else {}
    if task == "regression" and rnd.random() < 0.3:
        standard["standardize_target"] = True
    if rnd.random() < 0.4 and t.get("method") is None:
        t["early_stopping"] = {"monitor": rnd.choice(["val_loss", "loss", "val_mae" if task == "regression" else "val_accuracy"]),
                               "patience": rnd.randint(1, 3), "min_delta": rnd.choice([0, 0.01]), "restore_best": rnd.random() < 0.6}
    return graph, t, task, rows, others, standard
