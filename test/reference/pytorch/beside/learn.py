"""Losses, penalties, clipping, rates and every method of formats.md, in float64."""
import math

import torch
import torch.nn.functional as F

EDGE = 1e-7


def loss_of(training, task, net, out, target, weights):
    """Mean loss of a batch; `weights` per row or None."""
    kind = training["loss"]
    name = kind if isinstance(kind, str) else kind["type"]
    if name == "mean_squared_error":
        return ((out - target) ** 2).mean()
    if name == "mean_absolute_error":
        return (out - target).abs().mean()
    if name == "huber":
        delta = 1.0 if isinstance(kind, str) else kind.get("delta", 1.0)
        return F.huber_loss(out, target, delta=delta)
    if name == "hinge":
        return torch.relu(1 - (target if task == "regression" else 2 * target - 1) * out).mean()
    fused = {"binary_cross_entropy": "sigmoid", "cross_entropy": "softmax"}[name] == net.last
    if name == "binary_cross_entropy":
        p = out.clamp(EDGE, 1 - EDGE)
        each = (F.binary_cross_entropy_with_logits(net.last_logits, target, reduction="none") if fused
                else -(target * p.log() + (1 - target) * (1 - p).log())).flatten(1).mean(1)
    else:
        logs = torch.log_softmax(net.last_logits, -1) if fused else out.clamp(EDGE, 1 - EDGE).log()
        each = -(target * logs).sum(-1)
    return each.mean() if weights is None else (weights * each).sum() / weights.sum()


def rate(training, epoch):
    base, epochs = training["optimizer"]["learning_rate"], training["epochs"]
    return scheduled(training.get("schedule", "constant"), base, epoch, epochs)


def scheduled(schedule, base, epoch, epochs):
    s = {"type": schedule} if isinstance(schedule, str) else schedule
    if s["type"] == "constant":
        return base
    if s["type"] == "step":
        return base * s.get("gamma", 0.1) ** (epoch // s.get("step_size", 10))
    if s["type"] == "exponential":
        return base * s.get("gamma", 0.95) ** epoch
    if s["type"] == "cosine":
        low = s.get("min_rate", 0)
        return low + (base - low) * (1 + math.cos(math.pi * epoch / epochs)) / 2
    n = s["epochs"]
    return base * (epoch + 1) / n if epoch < n else scheduled(s["then"], base, epoch - n, epochs - n)


class DeltaBarDelta:
    def __init__(self, tensors, o):
        self.o, self.tensors = o, tensors
        self.rates = [torch.full_like(t, o.get("learning_rate", 0.1)) for t in tensors]
        self.bars = None

    def step(self):
        kappa, phi, theta = self.o.get("kappa", 0.07), self.o.get("phi", 0.5), self.o.get("theta", 0)
        gs = [t.grad.clone() for t in self.tensors]
        if self.bars is None:
            self.bars = [g.clone() for g in gs]
        else:
            for i, g in enumerate(gs):
                sign = g * self.bars[i]
                self.rates[i] = torch.where(sign > 0, self.rates[i] + kappa, torch.where(sign < 0, self.rates[i] * phi, self.rates[i]))
                self.bars[i] = (1 - theta) * g + theta * self.bars[i]
        with torch.no_grad():
            for t, g, r in zip(self.tensors, gs, self.rates):
                t -= r * g


def optimizer(tensors, o):
    kind, lr = o["type"], o["learning_rate"]
    betas = (o.get("beta1", 0.9), o.get("beta2", 0.999))
    if kind == "sgd":
        return torch.optim.SGD(tensors, lr, momentum=o.get("momentum", 0), nesterov=o.get("nesterov", False))
    if kind == "adagrad":
        return torch.optim.Adagrad(tensors, lr, eps=o.get("epsilon", 1e-10))
    if kind == "rmsprop":
        return torch.optim.RMSprop(tensors, lr, alpha=o.get("rho", 0.99), eps=o.get("epsilon", 1e-8))
    if kind == "adam":
        return torch.optim.Adam(tensors, lr, betas, o.get("epsilon", 1e-8))
    if kind == "adamw":
        return torch.optim.AdamW(tensors, lr, betas, o.get("epsilon", 1e-8), o.get("weight_decay", 0.01))
    return DeltaBarDelta(tensors, o)


class Learner:
    def __init__(self, net, training, task, rows, class_weights=None):
        self.net, self.training, self.task, self.rows = net, training, task, rows
        x, y = rows
        size = training.get("batch_size", 32)
        self.batch = len(x) if size == "full" else min(size, len(x))
        self.weights = class_weights
        self.trained = {k: t for k, t in sorted(net.tensors.items()) if ".running_" not in k}
        norms = {"batch_norm", "layer_norm", "group_norm"}
        self.penalized = [t for k, t in self.trained.items()
                          if net.nodes[k.split(".")[0]]["type"] not in norms and "weight" in k.split(".", 1)[1]]

    def weigh(self, y):
        if self.weights is None:
            return None
        labels = y[:, 0].long() if y.shape[1] == 1 else y.argmax(1)
        return torch.tensor(self.weights, dtype=y.dtype)[labels]

    def mean_loss(self, x, y, training=True):
        out = self.net.run(x, training)
        return loss_of(self.training, self.task, self.net, out.reshape(len(x), *out.shape[1:]), y.reshape(out.shape), self.weigh(y))

    def penalty(self):
        r = self.training.get("regularization", {})
        return sum((r.get("l1", 0) * t.abs().sum() + r.get("l2", 0) / 2 * (t ** 2).sum() for t in self.penalized),
                   torch.zeros(()))

    def scale(self, count):
        return count if self.training.get("reduction", "mean") == "sum" else 1

    def batches(self):
        """Steps of an epoch."""
        kind = self.training.get("method", "gradient")
        return {"perceptron": len(self.rows[0]), "hill_climbing": 1}.get(kind, math.ceil(len(self.rows[0]) / self.batch))

    def first_batch(self):
        kept = {k: t.detach().clone() for k, t in self.net.tensors.items()}
        x, y = [v[:self.batch] for v in self.rows]
        loss = self.mean_loss(x, y) * self.scale(len(x))
        grads = torch.autograd.grad(loss, list(self.trained.values()), allow_unused=True)
        with torch.no_grad():
            for k, t in self.net.tensors.items():
                t.copy_(kept[k])
        return loss.item(), {k: torch.zeros_like(t) if g is None else g for (k, t), g in zip(self.trained.items(), grads)}

    def clip(self):
        c = self.training.get("gradient_clip", {})
        grads = [t.grad for t in self.trained.values()]
        if "norm" in c:
            norm = math.sqrt(sum((g ** 2).sum().item() for g in grads))
            for g in grads:
                g *= min(1.0, c["norm"] / (norm + 1e-6))
        if "value" in c:
            for g in grads:
                g.clamp_(-c["value"], c["value"])

    def epoch(self, e, opt):
        x, y = self.rows
        total = 0.0
        for at in range(0, len(x), self.batch):
            bx, by = x[at:at + self.batch], y[at:at + self.batch]
            for t in self.trained.values():
                t.grad = torch.zeros_like(t)
            loss = self.mean_loss(bx, by)
            (loss * self.scale(len(bx)) + self.penalty()).backward()
            self.clip()
            for group in getattr(opt, "param_groups", []):
                group["lr"] = rate(self.training, e)
            opt.step()
            total += loss.item() * len(bx)
        return total / len(x)

    def train(self, ended):
        """`ended(record)` is told of every epoch and answers True to stop."""
        kind = self.training.get("method", "gradient")
        if kind == "gradient":
            opt = optimizer(list(self.trained.values()), self.training["optimizer"])
            for e in range(self.training["epochs"]):
                if ended({"loss": self.epoch(e, opt)}):
                    return
        else:
            getattr(self, kind)(ended)

    def hill_climbing(self, ended):
        step = self.training.get("step", 0.1)
        x, y = self.rows
        objective = lambda: (self.mean_loss(x, y) * self.scale(len(x)) + self.penalty()).item()
        with torch.no_grad():
            for _ in range(self.training["epochs"]):
                loss = self.mean_loss(x, y).item()
                least, move = objective(), None
                for key, tensor in self.trained.items():
                    flat = tensor.view(-1)
                    for i in range(len(flat)):
                        old = flat[i].item()
                        for new in (old + step, old - step):
                            flat[i] = new
                            found = objective()
                            if found < least:
                                least, move = found, (flat, i, new)
                        flat[i] = old
                if move is not None:
                    move[0][move[1]] = move[2]
                if ended({"loss": loss}) or move is None:
                    return

    def perceptron(self, ended):
        x, y = self.rows
        key = next(k for k, n in self.net.nodes.items() if n["type"] == "dense")
        w = torch.zeros_like(self.net.tensors[f"{key}.weight"])
        b = torch.zeros(len(w))
        has_bias = int(f"{key}.bias" in self.net.tensors)
        sums, visits = [torch.zeros_like(w), torch.zeros_like(b)], 0
        averaged = self.training.get("averaged", False)
        weight, bias = self.net.tensors[f"{key}.weight"], self.net.tensors.get(f"{key}.bias")
        for _ in range(self.training["epochs"]):
            wrong = 0
            for row, target in zip(x, y):
                scores = w @ row + b
                if len(w) == 1:
                    side = 1 if target[0] == 1 else -1
                    if (1 if scores[0] >= 0 else -1) != side:
                        wrong += 1
                        w[0] += side * row
                        b[0] += side * has_bias
                else:
                    said, truth = int(scores.argmax()), int(target.argmax())
                    if said != truth:
                        wrong += 1
                        w[said] -= row
                        w[truth] += row
                        b[said] -= has_bias
                        b[truth] += has_bias
                visits += 1
                sums[0] += w
                sums[1] += b
            with torch.no_grad():
                weight.copy_(sums[0] / visits if averaged else w)
                if has_bias:
                    bias.copy_(sums[1] / visits if averaged else b)
            if ended({"mistakes": wrong}) or wrong == 0:
                return

    def numerical_gradient(self, ended):
        h = self.training.get("h", 1e-4)
        opt = optimizer(list(self.trained.values()), self.training["optimizer"])
        x, y = self.rows
        for e in range(self.training["epochs"]):
            total = 0.0
            for at in range(0, len(x), self.batch):
                bx, by = x[at:at + self.batch], y[at:at + self.batch]
                total += self.mean_loss(bx, by).item() * len(bx)
                running = {k: t.clone() for k, t in self.net.tensors.items() if ".running_" in k}
                loss = lambda: self.mean_loss(bx, by).item() * self.scale(len(bx))
                with torch.no_grad():
                    for t in self.trained.values():
                        flat, g = t.view(-1), torch.zeros(t.numel())
                        for i in range(len(flat)):
                            old = flat[i].item()
                            flat[i] = old + h
                            up = loss()
                            flat[i] = old - h
                            g[i] = (up - loss()) / (2 * h)
                            flat[i] = old
                        t.grad = g.view(t.shape)
                    for k, t in running.items():
                        self.net.tensors[k].copy_(t)
                held = [t.grad for t in self.trained.values()]
                penalty = self.penalty()
                if penalty.requires_grad:
                    for t, g, more in zip(self.trained.values(), held,
                                          torch.autograd.grad(penalty, list(self.trained.values()), allow_unused=True)):
                        t.grad = g if more is None else g + more
                self.clip()
                for group in getattr(opt, "param_groups", []):
                    group["lr"] = rate(self.training, e)
                opt.step()
            if ended({"loss": total / len(x)}):
                return
