/** Of the JavaScript runner: rows from a CSV file, and what the command line says. */
export const csv = String.raw`/** Rows of a CSV text: quotes as RFC 4180 has them; the delimiter is what the first line holds most of. */
function parseCsv(text) {
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0];
  const delimiter = [',', ';', '\t'].reduce((a, b) => (line.split(b).length > line.split(a).length ? b : a));
  const rows = [[]];
  let [cell, isQuoted] = ['', false];
  const source = text.replace(/^\uFEFF/, '');
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (isQuoted) {
      if (c === '"' && source[i + 1] === '"') cell += source[++i];
      else if (c === '"') isQuoted = false;
      else cell += c;
    } else if (c === '"' && cell === '') isQuoted = true;
    else if (c === delimiter || c === '\n' || c === '\r') {
      if (c === '\r' && source[i + 1] === '\n') i++;
      rows.at(-1).push(cell);
      cell = '';
      if (c !== delimiter) rows.push([]);
    } else cell += c;
  }
  rows.at(-1).push(cell);
  return rows.filter((row) => row.length > 1 || row[0] !== '');
}

function predictCsv(network, text) {
  const rows = parseCsv(text);
  const names = network.header ? rows.shift().map((name) => name.trim()) : rows[0].map((_, i) => 'c' + (i + 1));
  const missing = network.columns.find((column) => !names.includes(column));
  if (missing !== undefined) throw new Error('no column ' + missing + ' among ' + names.join(', '));
  const found = network.predict(rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]]))));
  const hasClass = found[0]?.class !== undefined;
  const quoted = (label) => (/[",\r\n]/.test(label) ? '"' + label.replaceAll('"', '""') + '"' : label);
  const head = [...(found[0]?.outputs ?? []).map((_, i) => 'out' + i), ...(hasClass ? ['class'] : [])];
  const lines = found.map(({ outputs, class: label }) => [...outputs.map(String), ...(hasClass ? [quoted(label)] : [])]);
  return [head, ...lines].map((cells) => cells.join(',') + '\n').join('');
}

if (typeof process !== 'undefined' && process.argv?.[1] !== undefined) {
  const { readFileSync, realpathSync } = await import('node:fs');
  const { fileURLToPath } = await import('node:url');
  if (realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
    const [rows, weights = new URL(WEIGHTS, import.meta.url)] = process.argv.slice(2);
    try {
      const network = open(readFileSync(weights, 'utf8'));
      if (rows === undefined) console.log('largest error over the test vectors: ' + network.check());
      else process.stdout.write(predictCsv(network, readFileSync(rows, 'utf8')));
    } catch (error) {
      console.error(String(error.message));
      process.exitCode = 1;
    }
  }
}
`;
