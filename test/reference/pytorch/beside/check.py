"""
The command line beside PyTorch in float64, through nothing but files that formats.md describes: gradients, train, evaluate, predict.
Usage: check.py SEED COUNT -- COMMAND…   prints a line for each project that does not agree, then a count of each verdict as JSON.
A folder named in such a line holds the project, its data and what the program wrote.
"""
import csv
import io
import json
import math
import shutil
import subprocess
import sys

import torch

from case import Case, LABELS

BATCH, TRAINED = 1e-5, 2e-4
# Of the largest gradient: below that share of it a gradient is compared with the share.
SMALL = 1e-3


def told(command, folder, *words):
    """What a command says; an error with its message where it fails."""
    done = subprocess.run([*command, *words], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{words[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def off(found, expected, floor=1.0):
    return abs(found - expected) / max(floor, abs(expected)) if math.isfinite(found) else math.inf


def tensor_offs(found, expected, floor=1.0):
    if sorted(found) != sorted(expected):
        return [("keys", f"{sorted(found)} not {sorted(expected)}", math.inf)]
    return [(k, f"{f} not {e}", off(f, e, floor)) for k in expected
            for f, e in zip(found[k]["data"], expected[k].flatten().tolist())]


def spoken(outcome):
    """Every number of a training, to see how far two precisions are apart."""
    plain = [v for line in outcome["history"] for k, v in line.items() if isinstance(v, float) and not k.endswith("accuracy")]
    return plain + [v for t in outcome["tensors"].values() for v in t.flatten().tolist()]


class Differences:
    def __init__(self):
        self.words = []

    def want(self, what, offs, tolerance):
        worst = max(offs, key=lambda item: item[2], default=None)
        if worst and not worst[2] <= tolerance:
            self.words.append(f"{what} {worst[0]}: {worst[1]}")

    def numbers(self, what, found, expected, tolerance):
        self.want(what, [(k, f"{found.get(k)} not {e}", off(found.get(k, math.nan), e)) for k, e in expected.items()], tolerance)


def compare_batch(case, mine, found):
    told_of = json.loads((case.folder / "g.json").read_text())
    found.numbers("first batch", told_of, {"loss": mine["loss"]}, BATCH)
    largest = max((g.abs().max().item() for g in mine["grads"].values()), default=0)
    found.want("gradient", tensor_offs(told_of["tensors"], mine["grads"], max(SMALL * largest, 1e-9)), BATCH)


def compare_training(case, mine, found):
    lines = [json.loads(line) for line in (case.folder / "h.jsonl").read_text().splitlines()]
    if len(lines) != len(mine["history"]):
        found.words.append(f"history: {len(lines)} lines, not {len(mine['history'])}")
    for e, (expected, line) in enumerate(zip(mine["history"], lines)):
        skipped = ("val_said", "val_outputs", "accuracy", "val_accuracy")  # an output beside the threshold may fall on either side
        found.numbers(f"epoch {e + 1}", line, {k: v for k, v in expected.items() if k not in skipped}, TRAINED)
        if (line["epoch"], line["step"]) != (e + 1, (e + 1) * mine["batches"]):
            found.words.append(f"epoch {e + 1}: counted as epoch {line['epoch']}, step {line['step']}")
    found.want("weight", tensor_offs(json.loads((case.folder / "w.json").read_text())["tensors"], mine["tensors"]), TRAINED)


def compare_answers(case, mine, found, evaluated, predicted):
    final = mine["final"]
    found.numbers("evaluate", json.loads(evaluated), {k: final[k] for k in ("loss", "mae", "rmse") if k in final}, TRAINED)
    answers = list(csv.DictReader(io.StringIO(predicted, newline="")))
    if len(answers) != len(final["outputs"]):
        found.words.append(f"predict: {len(answers)} rows")
    for i, (answer, outputs) in enumerate(zip(answers, final["outputs"].tolist())):
        row = {f"out{j}": value for j, value in enumerate(outputs)}
        found.numbers(f"predict row {i + 1}", {k: float(v) for k, v in answer.items() if k.startswith("out")}, row, TRAINED)
        if "said" in final and not is_close(outputs) and answer["class"] != LABELS[final["said"][i]]:
            found.words.append(f"predict row {i + 1}: class {answer['class']}")


def is_close(outputs):
    """Rounding may decide between two classes."""
    ordered = sorted(outputs)
    edges = [outputs[0] - 0.5, outputs[0]] if len(outputs) == 1 else [ordered[-1] - ordered[-2]]
    return any(abs(edge) < TRAINED for edge in edges)


def check(command, seed):
    """A verdict and what differs, in words."""
    case = Case(seed)
    case.write()
    run = lambda *words: told(command, case.folder, *words)
    try:
        run("train", "p.netloom.json", "--no-store", "--epochs", "1", "--weights-out", "shapes.json")
    except RuntimeError as error:
        return "refused", [str(error)], case.folder
    tensors = json.loads((case.folder / "shapes.json").read_text())["tensors"]
    start = case.start({key: tensor["shape"] for key, tensor in tensors.items()}, seed + 1)
    mine, found = case.outcome(start, torch.float64), Differences()
    run("gradients", "p.netloom.json", "--weights-in", "start.json", "--out", "g.json")
    compare_batch(case, mine, found)
    if found.words:
        return "differs", found.words, case.folder
    files = ["--weights-in", "start.json", "--weights-out", "w.json", "--history", "h.jsonl"]
    run("train", "p.netloom.json", "--no-store", *files)
    compare_training(case, mine, found)
    compare_answers(case, mine, found, run("evaluate", "w.json", "--data", "held.csv"), run("predict", "w.json", "--data", "held.csv"))
    if found.words and (mine["close"] or is_unstable(case, mine, start)):
        return "unstable", found.words, case.folder
    return "differs" if found.words else "agrees", found.words, case.folder


def is_unstable(case, mine, start):
    """True where PyTorch's own float32 strays as far: the project tells nothing of whose rounding is right."""
    other = spoken(case.outcome(start, torch.float32))
    own = spoken(mine)
    return len(own) != len(other) or max(off(a, b) for a, b in zip(other, own)) > TRAINED / 2


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    command = sys.argv[sys.argv.index("--") + 1:]
    tally = {"agrees": 0, "differs": 0, "refused": 0, "unstable": 0}
    for at in range(seed, seed + count):
        verdict, words, folder = check(command, at)
        tally[verdict] += 1
        if verdict == "agrees":
            shutil.rmtree(folder)
        else:
            print(f"{at} {verdict} ({folder}): {'; '.join(words[:4])}", flush=True)
    print(json.dumps(tally))


if __name__ == "__main__":
    main()
