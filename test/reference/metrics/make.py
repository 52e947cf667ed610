"""Metric values straight from their definitions (counting rows and pairs), for test/core/metrics/metrics.test.ts.

Run: python3 test/reference/metrics/make.py > test/reference/metrics/metrics.json
"""

import json
import math
import random

random.seed(20)
TIES = [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9]


def argmax(row):
    return row.index(max(row))


def rates(truth, predicted, label):
    tp = sum(t == label and p == label for t, p in zip(truth, predicted))
    fp = sum(t != label and p == label for t, p in zip(truth, predicted))
    fn = sum(t == label and p != label for t, p in zip(truth, predicted))
    precision = tp / (tp + fp) if tp + fp else 0
    recall = tp / (tp + fn) if tp + fn else 0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0
    return precision, recall, f1


def auc(truth, scores, label):
    pairs = [(a > b) + 0.5 * (a == b) for t, a in zip(truth, scores) if t == label for u, b in zip(truth, scores) if u != label]
    return sum(pairs) / len(pairs)


def classes(task, outputs, truth, count):
    predicted = [int(row[0] >= 0.5) for row in outputs] if task == "binary" else [argmax(row) for row in outputs]
    scored = [1] if task == "binary" else range(count)
    each = [rates(truth, predicted, label) for label in scored]
    columns = {label: [row[0 if task == "binary" else label] for row in outputs] for label in scored}
    result = {
        "accuracy": sum(t == p for t, p in zip(truth, predicted)) / len(truth),
        "precision": sum(r[0] for r in each) / len(each),
        "recall": sum(r[1] for r in each) / len(each),
        "f1": sum(r[2] for r in each) / len(each),
        "auc": sum(auc(truth, columns[label], label) for label in scored) / len(each),
    }
    if task == "multiclass":
        k = min(5, count - 1)
        top = [sorted(range(count), key=lambda c: (-row[c], c))[:k] for row in outputs]
        result["top_k"] = sum(t in best for t, best in zip(truth, top)) / len(truth)
    confusion = [[sum(t == a and p == b for t, p in zip(truth, predicted)) for b in range(count)] for a in range(count)]
    return {"task": task, "outputs": outputs, "truth": truth, "metrics": result, "confusion": confusion}


def regression(outputs, targets):
    width = len(outputs[0])
    errors = [o - y for row, goal in zip(outputs, targets) for o, y in zip(row, goal)]
    scores = []
    for column in range(width):
        goal = [row[column] for row in targets]
        mean = sum(goal) / len(goal)
        rest = sum((o[column] - y) ** 2 for o, y in zip(outputs, goal))
        scores.append(1 - rest / sum((y - mean) ** 2 for y in goal))
    metrics = {
        "mae": sum(map(abs, errors)) / len(errors),
        "rmse": math.sqrt(sum(e * e for e in errors) / len(errors)),
        "r2": sum(scores) / width,
    }
    return {"task": "regression", "outputs": outputs, "targets": targets, "metrics": metrics}


cases = [
    classes("binary", [[random.choice(TIES)] for _ in range(40)], [random.randrange(2) for _ in range(40)], 2),
    classes("multiclass", [[random.choice(TIES) for _ in range(4)] for _ in range(50)], [random.randrange(4) for _ in range(50)], 4),
    classes("multiclass", [[random.random() for _ in range(8)] for _ in range(60)], [random.randrange(8) for _ in range(60)], 8),
    regression([[random.gauss(0, 1)] for _ in range(30)], [[random.gauss(0, 1)] for _ in range(30)]),
    regression([[random.gauss(5, 2), random.random()] for _ in range(25)], [[random.gauss(5, 2), random.random()] for _ in range(25)]),
]
print(json.dumps(cases, indent=1))
