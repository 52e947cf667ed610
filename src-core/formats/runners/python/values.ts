/** Of the Python runner: what it is, what a value is, and the activations. */
export const values = String.raw`"""Predicts with the network in a Netloom weights file; written by Netloom, needs nothing but Python 3.8 or later.

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


`;
