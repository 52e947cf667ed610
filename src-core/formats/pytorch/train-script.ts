/** train.py: goes on with the training, on one machine or many; the same text for every network. */

/** Reads project.json, weights.safetensors and data.safetensors beside it; `model.py` has the network. */
export const trainScript = String.raw`"""Goes on with the training from weights.safetensors; written by Netloom. Needs nothing but torch (1.13 or later).

    python train.py [--epochs N] [--out trained.safetensors]
    torchrun --nproc_per_node=N train.py            # many processes, one machine or several

Same loss, optimizer, schedule, penalties, clipping and batches as in project.json; the optimizer's own state starts anew, and
rows are shuffled by torch's generator. Every process takes its share of each batch, so that batch_size means the same for any
number of them; batch norm sees a process's share (on GPUs torch.nn.SyncBatchNorm sees all of it).
"""
import argparse
import json
import math
import os
import pathlib

import torch
import torch.distributed as dist
import torch.nn.functional as F

from model import HEAD, load_model, read_tensors, weights_of, write_tensors

HERE = pathlib.Path(__file__).parent
CLIP = 1e-7


def type_of(spec, fallback=None):
    return (spec.get("type") if isinstance(spec, dict) else spec) or fallback


def row_losses(loss, output, logits, target):
    """Loss of every row: the mean over its elements."""
    name, target = type_of(loss), target.reshape(output.shape)
    per_row = lambda values: values.reshape(len(values), -1).mean(dim=1)
    if name == "mean_squared_error":
        return per_row((output - target) ** 2)
    if name == "mean_absolute_error":
        return per_row((output - target).abs())
    if name == "huber":
        delta = loss.get("delta", 1.0) if isinstance(loss, dict) else 1.0
        return per_row(F.huber_loss(output, target, reduction="none", delta=delta))
    if name == "hinge":
        sides = target if (target < 0).any() else 2 * target - 1
        return per_row(F.relu(1 - sides * output))
    if name == "binary_cross_entropy":
        if HEAD == "sigmoid":
            return per_row(F.binary_cross_entropy_with_logits(logits, target, reduction="none"))
        return per_row(F.binary_cross_entropy(output.clamp(CLIP, 1 - CLIP), target, reduction="none"))
    if name == "cross_entropy":
        logs = F.log_softmax(logits, dim=-1) if HEAD == "softmax" else output.clamp(CLIP, 1 - CLIP).log()
        return per_row(-(target * logs).sum(dim=-1))
    raise SystemExit(f"train.py: unknown loss {name}")


class DeltaBarDelta(torch.optim.Optimizer):
    """A rate per weight: longer while the gradient keeps its sign, shorter when it flips."""

    def __init__(self, params, lr=0.1, kappa=0.07, phi=0.5, theta=0.0):
        super().__init__(params, dict(lr=lr, kappa=kappa, phi=phi, theta=theta))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                state, g = self.state[p], p.grad
                if not state:
                    state["rate"], state["average"] = torch.full_like(p, group["lr"]), g.clone()
                else:
                    sign = g * state["average"]
                    state["rate"] += group["kappa"] * (sign > 0)
                    state["rate"] *= torch.where(sign < 0, group["phi"], 1.0)
                    state["average"] = (1 - group["theta"]) * g + group["theta"] * state["average"]
                p -= state["rate"] * g


def make_optimizer(spec, parameters):
    given = dict(spec) if isinstance(spec, dict) else {"type": spec}
    kind = given.pop("type")
    names = {"learning_rate": "lr", "epsilon": "eps", "rho": "alpha"}
    options = {names.get(key, key): value for key, value in given.items() if key not in ("beta1", "beta2")}
    if kind in ("adam", "adamw"):
        options["betas"] = (given.get("beta1", 0.9), given.get("beta2", 0.999))
    elif kind in ("sgd", "adagrad", "rmsprop"):
        options.setdefault("lr", 0.01)
    kinds = {"sgd": torch.optim.SGD, "adagrad": torch.optim.Adagrad, "rmsprop": torch.optim.RMSprop}
    kinds.update(adam=torch.optim.Adam, adamw=torch.optim.AdamW, delta_bar_delta=DeltaBarDelta)
    if kind not in kinds:
        raise SystemExit(f"train.py: unknown optimizer {kind}")
    return kinds[kind](parameters, **options)


def rate_at(schedule, base, epoch, epochs):
    """Learning rate of an epoch counted from 0."""
    kind, given = type_of(schedule, "constant"), schedule if isinstance(schedule, dict) else {}
    if kind == "step":
        return base * given.get("gamma", 0.1) ** (epoch // given.get("step_size", 10))
    if kind == "exponential":
        return base * given.get("gamma", 0.95) ** epoch
    if kind == "cosine":
        least = given.get("min_rate", 0)
        return least + (base - least) * (1 + math.cos(math.pi * epoch / epochs)) / 2
    if kind == "warmup":
        n = given["epochs"]
        return base * (epoch + 1) / n if epoch < n else rate_at(given.get("then"), base, epoch - n, epochs - n)
    return base


def penalized(project, name):
    """Trained tensors with weight in their name, except those of norm layers."""
    node, _, tensor = name.partition(".")
    kind = next(n["type"] for n in project["graph"]["nodes"] if n["id"] == node)
    return "weight" in tensor and not kind.endswith("_norm")


def add_penalties(training, project, model):
    """Gradients of l1·Σ|w| + (l2/2)·Σw²."""
    given = training.get("regularization") or {}
    l1, l2 = given.get("l1", 0), given.get("l2", 0)
    for name, p in model.named_parameters():
        if (l1 or l2) and penalized(project, name):
            extra = l1 * p.detach().sign() + l2 * p.detach()
            p.grad = extra if p.grad is None else p.grad + extra


def evaluate(model, loss, data, part):
    model.eval()
    with torch.no_grad():
        rows = row_losses(loss, *model(data[part + "_inputs"], logits=True), data[part + "_targets"])
    weights = data[part + "_weights"]
    return ((rows * weights).sum() / weights.sum()).item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, help="epochs to train now; default: what is left, or all of them once more")
    parser.add_argument("--out", default=HERE / "trained.safetensors")
    parser.add_argument("--history", default=HERE / "history.jsonl")
    options = parser.parse_args()
    project = json.loads((HERE / "project.json").read_text())
    training = project["training"]
    if type_of(training.get("method"), "gradient") not in ("gradient", "numerical_gradient"):
        raise SystemExit("train.py: only gradient descent can go on here, not the method " + type_of(training["method"]))
    if not (HERE / "data.safetensors").exists():
        raise SystemExit("train.py: data.safetensors is missing; export again with --project, which names the rows")
    world, rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if torch.cuda.is_available() else torch.device("cpu")
    if world > 1:
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    data = {key: values.to(device) for key, values in read_tensors(HERE / "data.safetensors").items()}
    model = load_model().to(device)
    if world > 1 and device.type == "cuda":
        model = torch.nn.SyncBatchNorm.convert_sync_batchnorm(model)
    shared = torch.nn.parallel.DistributedDataParallel(model, find_unused_parameters=True) if world > 1 else model
    optimizer = make_optimizer(training["optimizer"], list(model.parameters()))
    base = optimizer.param_groups[0]["lr"]
    count, total, done = len(data["train_inputs"]), training.get("epochs", 100), training.get("epoch", 0)
    first = done if done < total else 0
    last = first + (options.epochs if options.epochs is not None else total - first)
    size = training.get("batch_size", 32)
    size = count if size == "full" else min(size, count)
    shuffler = torch.Generator().manual_seed(training.get("seed", 1) + done)
    history = open(options.history, "w") if rank == 0 else None
    for epoch in range(first, last):
        for group in optimizer.param_groups:
            group["lr"] = rate_at(training.get("schedule"), base, epoch, max(total, last))
        order = torch.randperm(count, generator=shuffler) if training.get("shuffle", True) else torch.arange(count)
        shared.train()
        sum_of_losses = torch.zeros((), device=device)
        for at in range(0, count, size):
            batch = order[at : at + size]
            weight = data["train_weights"][batch].sum()
            share = batch[rank::world]
            if len(share) == 0:  # fewer rows than processes: a row that does not count keeps all in step
                share = batch[:1]
            is_counted = float(rank < len(batch))
            rows = row_losses(training["loss"], *shared(data["train_inputs"][share], logits=True), data["train_targets"][share])
            part = is_counted * (rows * data["train_weights"][share]).sum() / weight
            scale = len(batch) if training.get("reduction") == "sum" else 1
            optimizer.zero_grad(set_to_none=True)
            (part * scale * world).backward()  # gradients of processes are averaged
            add_penalties(training, project, model)
            clip = training.get("gradient_clip") or {}
            if "norm" in clip:
                torch.nn.utils.clip_grad_norm_(model.parameters(), clip["norm"])
            if "value" in clip:
                torch.nn.utils.clip_grad_value_(model.parameters(), clip["value"])
            optimizer.step()
            sum_of_losses += part.detach() * len(batch)
        if world > 1:
            dist.all_reduce(sum_of_losses)
        line = {"epoch": epoch + 1, "loss": sum_of_losses.item() / count}
        if "val_inputs" in data:
            line["val_loss"] = evaluate(model, training["loss"], data, "val")
        if not math.isfinite(line["loss"]):
            raise SystemExit(f"train.py: the loss of epoch {epoch + 1} is not finite")
        if rank == 0:
            print(json.dumps(line), flush=True)
            history.write(json.dumps(line) + "\n")
    if rank == 0:
        write_tensors(options.out, weights_of(model))
        print(f"wrote {options.out}")
    if world > 1:
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
`;
