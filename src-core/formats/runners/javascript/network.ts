/** Of the JavaScript runner: the network of a weights file, fed with raw rows. */
export const network = String.raw`/** Sources of every node in the order of their slots. */
function sourcesOf({ nodes, edges }) {
  const sources = new Map(nodes.map(({ id }) => [id, []]));
  for (const { id } of nodes) {
    const own = edges.filter(({ to }) => to === id);
    const free = own.filter(({ slot }) => slot === undefined);
    own.forEach((_, i) => sources.get(id).push((own.find(({ slot }) => slot === i) ?? free.shift()).from));
  }
  return sources;
}

const FEATURES = {
  x1: (x) => x.x1,
  x2: (x) => x.x2,
  'x1^2': (x) => x.x1 * x.x1,
  'x2^2': (x) => x.x2 * x.x2,
  'x1*x2': (x) => x.x1 * x.x2,
  'sin(x1)': (x) => Math.sin(x.x1),
  'sin(x2)': (x) => Math.sin(x.x2),
};

/** Raw cells by column to what the network is fed. */
function encode(cells, data) {
  const fed = [];
  const number = (column) => {
    const written = String(cells[column] ?? '').trim();
    const text = data.missing_values?.includes(written) ? '' : written;
    const value = text === '' ? data.fill?.[column] : Number(data.decimal === ',' ? text.replace(',', '.') : text);
    if (value === undefined || !Number.isFinite(value)) throw new Error('column ' + column + ': expected a number, got "' + text + '"');
    return value * (data.input_scale ?? 1);
  };
  if (data.features) {
    const x = Object.fromEntries(data.columns.map((column) => [column, number(column)]));
    for (const name of data.features) fed.push([name, FEATURES[name](x)]);
  } else {
    for (const column of data.columns) {
      const labels = data.categories?.[column];
      if (labels === undefined) fed.push([column, number(column)]);
      else {
        if (!labels.includes(String(cells[column]))) throw new Error('column ' + column + ': expected one of ' + labels.join(', ') + ', got "' + cells[column] + '"');
        for (const label of labels) fed.push([null, String(cells[column]) === label ? 1 : 0]);
      }
    }
  }
  const { columns = [], mean = [], std = [] } = data.standardization ?? {};
  return fed.map(([name, value]) => {
    const at = columns.indexOf(name);
    return at < 0 ? value : (value - mean[at]) / (std[at] || 1);
  });
}

/** The network of a weights file (its text, or what JSON.parse made of it). */
export function open(weights) {
  const { graph, data, training, tensors, vectors } = typeof weights === 'string' ? JSON.parse(weights) : weights;
  const values = new Map(Object.entries(tensors).map(([key, { data: list }]) => [key, numbers(list)]));
  const sources = sourcesOf(graph);
  const outputId = graph.nodes.find(({ type }) => type === 'output').id;

  /** Output values for one row as it enters the input node. */
  function run(inputs) {
    const known = new Map();
    const todo = [outputId]; // without recursion: networks may be deep
    while (todo.length > 0) {
      const id = todo.at(-1);
      const open = sources.get(id).filter((source) => !known.has(source));
      if (open.length > 0) {
        todo.push(...open);
        continue;
      }
      todo.pop();
      if (known.has(id)) continue;
      const { type, params = {} } = graph.nodes.find((node) => node.id === id);
      const tensor = (name) => values.get(id + '.' + name);
      if (type === 'input') known.set(id, { shape: params.shape, data: numbers(inputs) });
      else known.set(id, LAYERS[type](params, sources.get(id).map((source) => known.get(source)), tensor, id));
    }
    return Array.from(known.get(outputId).data);
  }

  function classOf(outputs) {
    const labels = data.classes ?? [];
    const loss = training?.loss?.type ?? training?.loss;
    const method = training?.method?.type ?? training?.method;
    const threshold = loss === 'hinge' || method === 'perceptron' ? 0 : 0.5;
    if (labels.length === 0 || data.task === 'regression') return undefined;
    return outputs.length === 1 ? labels[outputs[0] >= threshold ? 1 : 0] : labels[outputs.indexOf(Math.max(...outputs))];
  }

  /** Rows of raw values in the order of the columns, or objects by column. */
  function predict(rows) {
    return rows.map((row) => {
      const cells = Array.isArray(row) ? Object.fromEntries(data.columns.map((column, i) => [column, row[i]])) : row;
      const { mean = [], std = [] } = data.target_standardization ?? {};
      const raw = run(encode(cells, data));
      const outputs = mean.length === 0 ? raw : raw.map((value, i) => value * (std[i] || 1) + mean[i]);
      return { outputs, class: classOf(outputs) };
    });
  }

  /** Largest error over the file's own test vectors, relative to max(1, |expected|). */
  function check() {
    const errors = vectors.inputs.flatMap((row, i) => run(row).map((value, k) => Math.abs(value - vectors.outputs[i][k]) / Math.max(1, Math.abs(vectors.outputs[i][k]))));
    return Math.max(...errors);
  }

  return { predict, run, check, columns: data.columns, header: data.header !== false };
}

`;
