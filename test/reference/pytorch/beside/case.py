"""A project on disk, and what PyTorch makes of it in one precision."""
import csv
import json
import math
import pathlib
import random
import tempfile

import torch
from torch.nn.functional import one_hot

import draw
from learn import Learner
from nets import Net

LABELS = "abc"


def table(path, rows):
    features, targets = len(rows[0][0]), len(rows[0][1])
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow([f"x{i}" for i in range(features)] + [f"t{i}" for i in range(targets)])
        out.writerows([*x, *y] for x, y in rows)


def numbers(rows, task, scale):
    x = torch.tensor([r[0] for r in rows], dtype=torch.get_default_dtype())
    if "standardize" in scale:
        x = (x - scale["standardize"][0]) / scale["standardize"][1]
    if task == "regression":
        y = torch.tensor([r[1] for r in rows], dtype=torch.get_default_dtype())
        if "standardize_target" in scale:
            y = (y - scale["standardize_target"][0]) / scale["standardize_target"][1]
    else:
        labels = torch.tensor([LABELS.index(r[1][0]) for r in rows])
        y = (labels.unsqueeze(1) if task == "binary" else one_hot(labels, 3)).to(torch.get_default_dtype())
    return x, y


def scales(rows, standard):
    out = {}
    for key, part in (("standardize", 0), ("standardize_target", 1)):
        if standard.get(key):
            v = torch.tensor([r[part] for r in rows], dtype=torch.get_default_dtype())
            std = v.std(0, unbiased=False)
            out[key] = (v.mean(0), torch.where(std == 0, torch.ones_like(std), std))
    return out


def scored(net, learner, x, y, task, scale, prefix):
    """What a history line says of a part, in evaluation mode."""
    with torch.no_grad():
        out = net.run(x, False).reshape(len(x), -1)
        found = {f"{prefix}loss": learner.mean_loss(x, y, False).item()}
    if task == "regression":
        m, s = scale.get("standardize_target", (0.0, 1.0))
        out, y = out * s + m, y * s + m
        squares, spread = ((out - y) ** 2).sum().item(), ((y - y.mean(0)) ** 2).sum().item()
        found |= {f"{prefix}mae": (out - y).abs().mean().item(), f"{prefix}rmse": math.sqrt(squares / y.numel())}
    else:
        kind = learner.training["loss"]
        edge = 0 if kind == "hinge" or learner.training.get("method") == "perceptron" else 0.5
        said = (out[:, 0] >= edge).long() if task == "binary" else out.argmax(1)
        truth = y[:, 0].long() if task == "binary" else y.argmax(1)
        found[f"{prefix}accuracy"] = (said == truth).double().mean().item()
        found[f"{prefix}said"] = said
    found[f"{prefix}outputs"] = out
    return found


class Watch:
    """Early stopping in the format's words."""

    def __init__(self, rule):
        self.rule, self.best, self.waited, self.close = rule, None, 0, False
        self.sign = -1 if rule["monitor"].endswith("accuracy") else 1

    def better(self, value):
        least = math.inf if self.best is None else self.best - self.rule["min_delta"]
        self.close |= self.best is not None and abs(value * self.sign - least) < 1e-6 * max(1, abs(value)) and self.sign == 1
        if value * self.sign < least:
            self.best, self.waited = value * self.sign, 0
            return True
        self.waited += 1
        return False


class Case:
    """A project on disk, and what PyTorch makes of it in one precision."""

    def __init__(self, seed):
        self.graph, self.training, self.task, self.rows, self.held, self.standard = draw.project(seed)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="beside-"))
        self.rule = self.training.get("early_stopping")

    def write(self):
        table(self.folder / "rows.csv", self.rows)
        table(self.folder / "held.csv", self.held)
        features, targets = len(self.rows[0][0]), len(self.rows[0][1])
        columns = {"inputs": [f"x{i}" for i in range(features)], "target": [f"t{i}" for i in range(targets)]}
        data = {"kind": "csv", "path": "rows.csv", **columns, "task": self.task, "validation": {"path": "held.csv"}, **self.standard}
        document = {"format": "netloom-project", "version": 1, "graph": self.graph, "data": data, "training": self.training}
        (self.folder / "p.netloom.json").write_text(json.dumps(document))

    def start(self, shapes, seed):
        """Weights to start from, as a file and as they are in it."""
        rnd, start = random.Random(seed), {}
        for key, shape in shapes.items():
            edges = (0.2, 1.2) if key.endswith("running_var") else (-0.5, 0.5)
            values = [torch.tensor(rnd.uniform(*edges), dtype=torch.float32).item() for _ in range(draw.size(shape))]
            if key.endswith("bias") and rnd.random() < 0.3:
                values = [0.0] * len(values)
            start[key] = {"shape": shape, "dtype": "float32", "data": values}
        (self.folder / "start.json").write_text(json.dumps({"format": "netloom-weights", "version": 1, "tensors": start}))
        return start

    def outcome(self, start, precision):
        """First batch, history, weights at the end and what they say of the held-out rows."""
        torch.set_default_dtype(precision)
        tensors = {k: torch.tensor(t["data"]).reshape(t["shape"]) for k, t in start.items()}
        for k, t in tensors.items():
            t.requires_grad_(".running_" not in k)
        net, scale = Net(self.graph, tensors), scales(self.rows, self.standard)
        shape = self.graph["nodes"][0]["params"]["shape"]
        (x, y), (hx, hy) = [numbers(rows, self.task, scale) for rows in (self.rows, self.held)]
        x, hx = x.reshape(-1, *shape), hx.reshape(-1, *shape)
        weights = self.training.get("class_weights")
        learner = Learner(net, self.training, self.task, (x, y), weights and [weights[c] for c in LABELS if c in weights])
        loss, grads = learner.first_batch()
        watch, history, kept = Watch(self.rule) if self.rule else None, [], {}

        def ended(record):
            line = {**record, **scored(net, learner, hx, hy, self.task, scale, "val_")}
            line |= {k: v for k, v in scored(net, learner, x, y, self.task, scale, "").items() if k in ("mae", "rmse", "accuracy")}
            if any(self.training.get("regularization", {}).values()):
                line["penalty"] = learner.penalty().item()
            history.append(line)
            if watch is None:
                return False
            if watch.better(line[self.rule["monitor"]]):
                kept.update({k: t.detach().clone() for k, t in tensors.items()})
            return watch.waited >= self.rule["patience"]

        learner.train(ended)
        if self.rule and self.rule["restore_best"]:
            with torch.no_grad():
                for k, t in tensors.items():
                    t.copy_(kept[k])
        final = scored(net, learner, hx, hy, self.task, scale, "")
        return {"loss": loss, "grads": grads, "history": history, "tensors": tensors, "final": final,
                "batches": learner.batches(), "close": watch is not None and watch.close}
