/** Of the Python runner: rows from a CSV file, and what the command line says. */
export const csv = String.raw`def predict_csv(model, path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    first = text.splitlines()[0] if text else ""
    delimiter = max(",;\t", key=first.count)
    rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter) if row]
    if model.data.get("header", True):
        names, rows = [name.strip() for name in rows[0]], rows[1:]
    else:
        names = [f"c{i + 1}" for i in range(len(rows[0]))]
    missing = [column for column in model.data["columns"] if column not in names]
    if missing:
        raise ValueError(f"no column {missing[0]} among {', '.join(names)}")
    found = model.predict([dict(zip(names, row)) for row in rows])
    has_class = bool(found) and found[0][1] is not None
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([f"out{i}" for i in range(len(found[0][0]) if found else 0)] + ["class"] * has_class)
    for outputs, label in found:
        out.writerow([repr(value) for value in outputs] + [label] * has_class)


if __name__ == "__main__":
    try:
        network = Model(sys.argv[2] if len(sys.argv) > 2 else None)
        if len(sys.argv) > 1:
            predict_csv(network, sys.argv[1])
        else:
            print(f"largest error over the test vectors: {network.check()}")
    except (ValueError, KeyError, OSError) as error:
        sys.exit(str(error))
`;
