/** One case of the PyTorch comparison through the command line alone: gradients, train, predict. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, ParityCase, ReferenceTensors } from '../../helpers/pytorch-parity.ts';
import { cli, freshFolder } from './run-cli.ts';

/** Rejects with what the command said when one of them fails. */
export async function outcomeOfCli({ project, start }: ParityCase): Promise<Outcome> {
  const folder = freshFolder();
  const inFolder = (name: string) => join(folder, name);
  const write = (name: string, value: unknown) => writeFileSync(inFolder(name), JSON.stringify(value));
  const read = (name: string) => readFileSync(inFolder(name), 'utf8').trim();
  const run = async (...words: string[]) => {
    const { code, err } = await cli(folder, ...words);
    if (code !== 0) throw new Error(`${words[0]} ended with ${code}: ${err.trim()}`);
  };
  write('p.netloom.json', project);
  write('start.json', { format: 'netloom-weights', version: 1, tensors: start });
  writeFileSync(inFolder('rows.csv'), csvOf(project.data.inputs));
  await run('gradients', 'p.netloom.json', '--weights-in', 'start.json', '--out', 'g.json');
  const files = ['--weights-in', 'start.json', '--weights-out', 'w.json', '--history', 'h.jsonl'];
  await run('train', 'p.netloom.json', '--no-store', ...files);
  await run('predict', 'w.json', '--data', 'rows.csv', '--out', 'out.csv');
  const { loss, tensors: gradients } = JSON.parse(read('g.json')) as { loss: number; tensors: ReferenceTensors };
  const { tensors: end } = JSON.parse(read('w.json')) as { tensors: ReferenceTensors };
  const records = read('h.jsonl')
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>);
  const keyed = (key: string) => records.flatMap((record) => record[key] ?? []);
  return {
    loss,
    gradients,
    history: keyed('loss'),
    penalties: keyed('penalty'),
    end,
    outputs: outputsOf(read('out.csv')),
  };
}

function csvOf(rows: readonly (readonly number[])[]): string {
  const names = (rows[0] ?? []).map((_, i) => `x${i + 1}`);
  return [names, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** The columns out0, out1, … */
function outputsOf(csv: string): number[][] {
  const [head = '', ...lines] = csv.split('\n');
  const width = head.split(',').filter((name) => name.startsWith('out')).length;
  return lines.map((line) => line.split(',').slice(0, width).map(Number));
}
