/** Of the Python runner: the network of a weights file, fed with raw rows. */
export const network = String.raw`FEATURES = {
    "x1": lambda x: x["x1"],
    "x2": lambda x: x["x2"],
    "x1^2": lambda x: x["x1"] ** 2,
    "x2^2": lambda x: x["x2"] ** 2,
    "x1*x2": lambda x: x["x1"] * x["x2"],
    "sin(x1)": lambda x: math.sin(x["x1"]),
    "sin(x2)": lambda x: math.sin(x["x2"]),
}


class Model:
    def __init__(self, path=None):
        file = json.loads(pathlib.Path(path or pathlib.Path(__file__).parent / WEIGHTS).read_text(encoding="utf-8"))
        self.data, self.training, self.vectors = file["data"], file["training"], file["vectors"]
        self.tensors = {key: [float(value) for value in tensor["data"]] for key, tensor in file["tensors"].items()}
        self.nodes = {node["id"]: node for node in file["graph"]["nodes"]}
        self.sources = {node: self.wired(file["graph"]["edges"], node) for node in self.nodes}
        (self.output,) = [key for key, node in self.nodes.items() if node["type"] == "output"]

    @staticmethod
    def wired(edges, node):
        """Sources in the order of their slots."""
        own = [edge for edge in edges if edge["to"] == node]
        placed = {edge["slot"]: edge["from"] for edge in own if edge.get("slot") is not None}
        free = [edge["from"] for edge in own if edge.get("slot") is None]
        return [placed[slot] if slot in placed else free.pop(0) for slot in range(len(own))]

    def run(self, inputs):
        """Output values for one row as it enters the input node."""
        known, todo = {}, [self.output]
        while todo:  # without recursion: networks may be deep
            node = todo[-1]
            waiting = [source for source in self.sources[node] if source not in known]
            if waiting:
                todo += waiting
                continue
            todo.pop()
            if node in known:
                continue
            kind, params = self.nodes[node]["type"], self.nodes[node].get("params") or {}
            if kind == "input":
                known[node] = Value(params["shape"], [float(value) for value in inputs])
            else:
                tensor = lambda name: self.tensors.get(f"{node}.{name}")
                known[node] = LAYERS[kind](params, [known[source] for source in self.sources[node]], tensor, node)
        return known[self.output].data

    def number(self, cells, column):
        text = str(cells.get(column, "")).strip()
        if text == "" or text in self.data.get("missing_values", []):
            value = self.data.get("fill", {}).get(column)
        else:
            try:
                value = float(text.replace(",", ".") if self.data.get("decimal") == "," else text)
            except ValueError:
                value = None
        if value is None or not math.isfinite(value):
            raise ValueError(f'column {column}: expected a number, got "{text}"')
        return value * self.data.get("input_scale", 1)

    def encode(self, cells):
        """Raw cells by column to what the network is fed."""
        data, fed = self.data, []
        if data.get("features"):
            x = {column: self.number(cells, column) for column in data["columns"]}
            fed = [(name, FEATURES[name](x)) for name in data["features"]]
        else:
            for column in data["columns"]:
                labels = data.get("categories", {}).get(column)
                if labels is None:
                    fed.append((column, self.number(cells, column)))
                elif str(cells[column]) not in labels:
                    raise ValueError(f'column {column}: expected one of {", ".join(labels)}, got "{cells[column]}"')
                else:
                    fed += [(None, float(str(cells[column]) == label)) for label in labels]
        scale = data.get("standardization") or {"columns": [], "mean": [], "std": []}
        place = {name: i for i, name in enumerate(scale["columns"])}
        return [v if name not in place else (v - scale["mean"][place[name]]) / (scale["std"][place[name]] or 1) for name, v in fed]

    def class_of(self, outputs):
        labels = self.data.get("classes") or []
        if not labels or self.data.get("task") == "regression":
            return None
        type_of = lambda spec: spec.get("type") if isinstance(spec, dict) else spec
        signed = type_of(self.training.get("loss")) == "hinge" or type_of(self.training.get("method")) == "perceptron"
        if len(outputs) == 1:
            return labels[int(outputs[0] >= (0 if signed else 0.5))]
        return labels[outputs.index(max(outputs))]

    def predict(self, rows):
        """Rows of raw values in the order of the columns, or dicts by column: (outputs, class) each."""
        scale, found = self.data.get("target_standardization") or {}, []
        for row in rows:
            outputs = self.run(self.encode(row if isinstance(row, dict) else dict(zip(self.data["columns"], row))))
            if scale:
                outputs = [v * (s or 1) + m for v, s, m in zip(outputs, scale["std"], scale["mean"])]
            found.append((outputs, self.class_of(outputs)))
        return found

    def check(self):
        """Largest error over the file's own test vectors, relative to max(1, |expected|)."""
        pairs = zip(self.vectors["inputs"], self.vectors["outputs"])
        return max(abs(a - b) / max(1, abs(b)) for row, outputs in pairs for a, b in zip(self.run(row), outputs))


`;
