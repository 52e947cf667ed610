"""Writes trace.json: what every node of a small network answers in one training step, and the gradients there, by PyTorch.

Run: python3 test/reference/trace/make.py   (torch 1.13 or later; float64, fixed seed, so the file comes out the same)
The network: in [2] -> a (dense 3, tanh) -> b (dense 3, relu) -> add(a, b) -> out (dense), with two heads: one unit with a
sigmoid under binary cross-entropy, and one linear unit under the mean squared error.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(7)


def case(head):
    tensors = {
        "a.weight": torch.randn(3, 2), "a.bias": torch.randn(3),
        "b.weight": torch.randn(3, 3), "b.bias": torch.randn(3),
        "out.weight": torch.randn(1, 3), "out.bias": torch.randn(1),
    }
    for tensor in tensors.values():
        tensor.requires_grad_()
    x = torch.randn(4, 2)
    target = torch.randn(4, 1) if head == "linear" else torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    a = torch.tanh(F.linear(x, tensors["a.weight"], tensors["a.bias"]))
    b = torch.relu(F.linear(a, tensors["b.weight"], tensors["b.bias"]))
    both = a + b
    logits = F.linear(both, tensors["out.weight"], tensors["out.bias"])
    for value in (a, b, both, logits):
        value.retain_grad()
    if head == "linear":
        answer, loss = logits, F.mse_loss(logits, target)
    else:
        answer, loss = torch.sigmoid(logits), F.binary_cross_entropy_with_logits(logits, target)
    loss.backward()
    nodes = {"a": (a, a.grad), "b": (b, b.grad), "sum": (both, both.grad), "out": (answer, logits.grad)}
    return {
        "head": head,
        "inputs": x.flatten().tolist(),
        "targets": target.flatten().tolist(),
        "tensors": {key: value.flatten().tolist() for key, value in tensors.items()},
        "loss": loss.item(),
        "nodes": {
            name: {"values": value.flatten().tolist(), "gradient": grad.flatten().tolist()}
            for name, (value, grad) in nodes.items()
        },
        "gradients": {key: value.grad.flatten().tolist() for key, value in tensors.items()},
    }


path = pathlib.Path(__file__).with_name("trace.json")
path.write_text(json.dumps([case("sigmoid"), case("linear")], indent=1) + "\n")
