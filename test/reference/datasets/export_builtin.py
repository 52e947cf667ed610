"""Writes src-core/datasets/builtin/generated/*.ts from the copies in Debian's python3-sklearn (1.2.1).

Run from the root of the repository: /usr/bin/python3 test/reference/datasets/export_builtin.py
It also writes builtin.json beside itself: counts, class sizes and column means that the tests compare with.
"""
import json
import pathlib

import sklearn
from sklearn import datasets

HERE = pathlib.Path(__file__).parent
OUT = HERE.parents[2] / "src-core" / "datasets" / "builtin" / "generated"
PIXELS = "0123456789abcdefg"  # 0 to 16


def text(value):
    return repr(float(value)).removesuffix(".0")


def table(bunch):
    """One line a row: values, then the number of the class."""
    return [",".join([*map(text, row), str(label)]) for row, label in zip(bunch.data, bunch.target)]


def pictures(bunch):
    """One line a picture: a character a pixel, then the digit."""
    return ["".join(PIXELS[int(pixel)] for pixel in row) + str(label) for row, label in zip(bunch.data, bunch.target)]


def write(name, lines):
    head = f"/** Rows of {name}, made by test/reference/datasets/export_builtin.py from scikit-learn {sklearn.__version__}. */"
    (OUT / f"{name}.ts").write_text(f"{head}\nexport const ROWS = `{chr(10).join(lines)}`;\n")


def facts(bunch):
    sizes = [int((bunch.target == label).sum()) for label in range(len(bunch.target_names))]
    return {
        "rows": len(bunch.data),
        "classes": [str(name) for name in bunch.target_names],
        "sizes": sizes,
        "means": [float(mean) for mean in bunch.data.mean(axis=0)],
        "first": [float(x) for x in bunch.data[0]],
        "last": [float(x) for x in bunch.data[-1]],
    }


def main():
    sets = {
        "iris": (datasets.load_iris(), table),
        "wine": (datasets.load_wine(), table),
        "breast-cancer": (datasets.load_breast_cancer(), table),
        "digits": (datasets.load_digits(), pictures),
    }
    for name, (bunch, lines) in sets.items():
        write(name, lines(bunch))
    numbers = {name: facts(bunch) for name, (bunch, _) in sets.items()}
    (HERE / "builtin.json").write_text(json.dumps(numbers) + "\n")


main()
