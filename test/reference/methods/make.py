"""Perceptron and hill climbing in plain Python, row by row, for test/core/trainer/methods.test.ts.

Run: python3 test/reference/methods/make.py > test/reference/methods/methods.json
"""

import json
import random

random.seed(4)


def rows(count, classes):
    made = []
    while len(made) < count:
        x = [random.randint(-20, 20) / 4, random.randint(-20, 20) / 4]
        side = x[0] - 2 * x[1] + 1
        if classes == 2 and abs(side) > 1:
            made.append((x, int(side > 0)))
        elif classes == 3 and abs(x[0]) > 0.5 and abs(x[1]) > 0.5:
            made.append((x, 0 if x[0] < 0 else 1 if x[1] < 0 else 2))
    return made


def binary(data, epochs, averaged):
    w, b, total, visits, history = [0.0, 0.0], 0.0, [0.0] * 3, 0, []
    for _ in range(epochs):
        mistakes = 0
        for x, label in data:
            y = 1 if label == 1 else -1
            if (1 if w[0] * x[0] + w[1] * x[1] + b >= 0 else -1) != y:
                w = [w[0] + y * x[0], w[1] + y * x[1]]
                b += y
                mistakes += 1
            total = [t + v for t, v in zip(total, [*w, b])]
            visits += 1
        history.append(mistakes)
        if mistakes == 0:
            break
    weights = [t / visits for t in total] if averaged else [*w, b]
    return {"weight": weights[:2], "bias": weights[2:], "mistakes": history}


def several(data, epochs, count):
    w, b, history = [[0.0, 0.0] for _ in range(count)], [0.0] * count, []
    for _ in range(epochs):
        mistakes = 0
        for x, label in data:
            scores = [w[c][0] * x[0] + w[c][1] * x[1] + b[c] for c in range(count)]
            said = scores.index(max(scores))
            if said != label:
                mistakes += 1
                for c, sign in ((said, -1), (label, 1)):
                    w[c] = [w[c][0] + sign * x[0], w[c][1] + sign * x[1]]
                    b[c] += sign
        history.append(mistakes)
        if mistakes == 0:
            break
    return {"weight": sum(w, []), "bias": b, "mistakes": history}


def hill(data, epochs, step):
    """One linear unit, mean squared error; parameters in the order of their keys: bias, then weight."""

    def loss(p):
        return sum((p[1] * x[0] + p[2] * x[1] + p[0] - y) ** 2 for x, y in data) / len(data)

    p, losses = [0.0, 0.5, -0.5], []
    for _ in range(epochs):
        now = loss(p)
        losses.append(now)
        best = None
        for i in range(3):
            for sign in (1, -1):
                moved = [*p]
                moved[i] += sign * step
                if loss(moved) < now:
                    now, best = loss(moved), moved
        if best is None:
            break
        p = best
    return {"start": {"bias": [0.0], "weight": [0.5, -0.5]}, "bias": p[:1], "weight": p[1:], "losses": losses}


two, three = rows(60, 2), rows(80, 3)
plane = [(x, 0.5 * x[0] + 0.25 * x[1] - 1) for x, _ in rows(30, 2)]
print(
    json.dumps(
        {
            "binary": {"rows": two, "plain": binary(two, 50, False), "averaged": binary(two, 50, True)},
            "several": {"rows": three, "plain": several(three, 7, 3)},
            "hill": {"rows": plane, "result": hill(plane, 100, 0.125)},
        },
        indent=1,
    )
)
