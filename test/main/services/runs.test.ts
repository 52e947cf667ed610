/** The list of runs as a window uses it, and the recovery copy of the open document. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import { evaluate } from '../../../src-core/trainer/predict.ts';
import { openWeights } from '../../../src-core/formats/open-weights.ts';
import { fetchExport, recipe, startHost } from './helpers.ts';

test('a deleted run can be restored until the host closes, and is gone after that', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 1 }), paused: false });
  await host.untilStatus(runId, 'done');
  await host.runs.delete({ runId });
  expect(await host.runs.list({ limit: 10 })).toEqual({ runs: [], total: 0 });
  await host.runs.restore({ runId });
  expect(await host.runs.count({})).toBe(1);
  await host.runs.delete({ runId });
  await host.close();
  expect(() => host.store.getRun(runId)).toThrow('there is no such run');
});

test('the run that is training cannot be deleted', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe(), paused: true });
  const deleted = async () => host.runs.delete({ runId });
  await expect(deleted()).rejects.toThrow(`run ${runId}: it is training at this moment`);
});

test('exported weights are a valid file whose network predicts what the window shows', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 3 }), paused: false });
  await host.untilStatus(runId, 'done');
  const file = await fetchExport(host, { runId, which: 'last' });
  expect(file.name).toBe('spirals-with-dropout-weights.json');
  const { network } = openWeights(file.bytes); // verifies both checksums and the test vectors
  expect([...network.tensors.keys()]).toEqual(['h1.bias', 'h1.weight', 'out.bias', 'out.weight']);
  const rows = network.vectors.inputs.map((row) => [...row]);
  const { outputs, classes } = await host.runs.predict({ runId, which: 'last', rows });
  expect(classes).toEqual(outputs.map(([p = 0]) => (p >= 0.5 ? '1' : '0')));
  outputs.flat().forEach((value, i) => expect(value).toBeCloseTo(network.vectors.outputs.flat()[i] ?? NaN, 5));
});

test('a run that is over can be looked at from other sides, as it was at its end', async () => {
  const host = startHost();
  await host.supervisor.ready();
  await host.training.watchBoundary({ view: { resolution: 12, x: 0, y: 1 } });
  const { runId } = await host.training.start({ document: recipe({ epochs: 3 }), paused: false });
  const end = await host.until(({ status }) => status === 'done');
  const args = { runId, which: 'last', confusion: true, insights: ['weights'] } as const;
  const same = await host.runs.look({ ...args, insights: ['weights'], view: { resolution: 12, x: 0, y: 1 } });
  expect(same.boundary).toEqual(end.boundary);
  expect(same.confusion).toEqual(end.confusion);
  expect(same.insights?.step).toBe(end.step);
  const turned = await host.runs.look({ ...args, insights: [], view: { resolution: 12, x: 1, y: 0 } });
  expect(turned.boundary).toMatchObject({ x: 1, y: 0 });
  for (let row = 0; row < 12; row++) {
    for (let column = 0; column < 12; column++) {
      expect(turned.boundary?.values[row * 12 + column]).toBe(same.boundary?.values[column * 12 + row]);
    }
  }
});

test('the inside of a stored run is that of the run as it ended: maps of its units, and its weights', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 3 }), paused: false });
  await host.untilStatus(runId, 'done');
  const watched = { nodes: ['h1', 'out'], weights: 'h1' };
  const live = await host.training.watchNetwork(watched);
  const stored = await host.runs.inside({ runId, which: 'last', ...watched });
  expect(live?.runId).toBe(runId);
  expect(stored.step).toBe(live?.network.step);
  expect(stored.tensors).toEqual(live?.network.tensors);
  const seen = (look: typeof stored | undefined) => look?.nodes.map(({ node, meanWeight }) => [node, meanWeight]);
  expect(seen(stored)).toEqual(seen(live?.network));
  expect(stored.nodes[0]?.maps?.length).toBe(8 * stored.resolution ** 2); // as fine as the machine is quick
  expect(stored.resolution).toBeGreaterThan(0);
});

test('the rows of an uploaded file are answered as rows that were typed in', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 2 }), paused: false });
  await host.untilStatus(runId, 'done');
  const bytes = new TextEncoder().encode('note,x2,x1\na,1,-1\nb,2.5,0\n');
  await host.data.upload({ name: 'rows.csv', offset: 0, total: bytes.length, bytes });
  const job = 'rows';
  const answers = await host.runs.predictFile({ runId, which: 'last', path: 'rows.csv', job });
  const typed = await host.runs.predict({
    runId,
    which: 'last',
    rows: [
      [-1, 1],
      [0, 2.5],
    ],
  });
  const [[first = NaN] = [], [second = NaN] = []] = typed.outputs;
  const rows = [
    [-1, 1, first, typed.classes[0] ?? ''],
    [0, 2.5, second, typed.classes[1] ?? ''],
  ];
  const columns = ['x1', 'x2', 'output 1', 'class'];
  expect(answers).toEqual({ columns, head: rows, rowCount: 2, parts: 1, epoch: 2, step: answers.step });
  const part = await host.runs.predictionPart({ job, part: 0 });
  expect(new TextDecoder().decode(part)).toBe([columns, ...rows].map((row) => `${row.join(',')}\r\n`).join(''));
  const gone = host.runs.predictFile({ runId, which: 'last', path: 'gone.csv', job: 'gone' });
  await expect(gone).rejects.toMatchObject({ code: 'data.unreadable' });
  await expect(host.runs.predictionPart({ job, part: 0 })).rejects.toMatchObject({ code: 'data.predictions_gone' });
});

test('the answers to many rows come in pieces, tell how far they are, and can be given up', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 1 }), paused: false });
  await host.untilStatus(runId, 'done');
  const lines = Array.from({ length: 60_000 }, (_, i) => `${i / 10_000},${(i % 77) / 7}`);
  mkdirSync(join(host.folder, 'files'), { recursive: true });
  writeFileSync(join(host.folder, 'files', 'many.csv'), ['x1,x2', ...lines].join('\n'));
  const ask = (job: string) => host.runs.predictFile({ runId, which: 'last', path: 'many.csv', job });
  const { rowCount, head, parts } = await ask('whole');
  const texts = await Promise.all(
    Array.from({ length: parts }, (_, part) => host.runs.predictionPart({ job: 'whole', part })),
  );
  const text = texts.map((part) => new TextDecoder().decode(part)).join('');
  const shares = host.readings.filter(({ job }) => job === 'whole').map(({ share }) => share);
  expect([rowCount, head.length, parts > 1, text.trim().split('\r\n').length]).toEqual([60_000, 200, true, 60_001]);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  const given = ask('given up');
  host.readingListeners.add(({ job }) => {
    if (job === 'given up') void host.data.cancel({ job });
  });
  await expect(given).rejects.toMatchObject({ code: 'data.cancelled' });
});

test('current weights are those of this moment, where last ones are those of the last state that was saved', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 100_000 }), paused: true });
  await host.training.step({ unit: 'epoch' });
  await host.until(({ epoch, status }) => epoch === 1 && status === 'paused');
  const rows = [[1, 1]];
  const paused = await host.runs.predict({ runId, which: 'current', rows });
  // A state that was saved is on its way to the store.
  await expect.poll(() => host.runs.predict({ runId, which: 'last', rows })).toEqual(paused);
  await host.training.continue({});
  await host.until(({ epoch }) => epoch > 20);
  const running = await host.runs.predict({ runId, which: 'current', rows });
  expect(running.step).toBeGreaterThan(paused.step);
  await host.training.stop({});
  await host.untilStatus(runId, 'stopped');
  const over = await host.runs.predict({ runId, which: 'current', rows });
  expect(over).toEqual(await host.runs.predict({ runId, which: 'last', rows }));
});

describe('the test part', () => {
  const withTest = (): ReturnType<typeof recipe> => {
    const document = recipe({ epochs: 3 });
    return { ...document, data: { ...document.data, test: { fraction: 0.1 } } };
  };

  test('is scored when it is asked for, as the command line would score those rows', async () => {
    const host = startHost();
    const document = withTest();
    const { runId } = await host.training.start({ document, paused: false });
    await host.untilStatus(runId, 'done');
    const score = await host.runs.scoreTest({ runId, which: 'last', job: 'test' });
    const { bytes } = await fetchExport(host, { runId, which: 'last' });
    const data = await loadData(document.data, () => Promise.reject(new Error('no files')));
    const { test: part } = data;
    const same = part && evaluate(openWeights(bytes).model, part, 'fast');
    expect(score).toEqual({ ...same, rows: 20, epoch: 3, step: score.step });
  });

  test('that is not there is said so', async () => {
    const host = startHost();
    const { runId } = await host.training.start({ document: recipe({ epochs: 1 }), paused: false });
    await host.untilStatus(runId, 'done');
    const score = host.runs.scoreTest({ runId, which: 'current', job: 'test' });
    await expect(score).rejects.toMatchObject({ code: 'data.no_test' });
  });

  test('is not scored on rows that may have been trained on since the file changed', async () => {
    const host = startHost();
    const file = join(host.folder, 'files', 'points.csv');
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 7},${i % 2}`);
    mkdirSync(join(host.folder, 'files'), { recursive: true });
    writeFileSync(file, ['x1,x2,y', ...rows].join('\n'));
    const csv = { kind: 'csv', path: 'points.csv', inputs: ['x1', 'x2'], target: ['y'], task: 'binary' };
    const document = { ...withTest(), data: { ...csv, test: { fraction: 0.25 } } };
    const { runId } = await host.training.start({ document, paused: false });
    await host.untilStatus(runId, 'done');
    const { rows: count } = await host.runs.scoreTest({ runId, which: 'best', job: 'test' });
    writeFileSync(file, ['x1,x2,y', ...rows.toReversed()].join('\n'));
    const score = host.runs.scoreTest({ runId, which: 'best', job: 'again' });
    await expect(score).rejects.toMatchObject({ code: 'data.test_changed' });
    expect(count).toBe(10);
  });
});

test('a run that never saved a state cannot be exported, and is said so', async () => {
  const host = startHost();
  const runId = host.store.createRun({ document: recipe(), folder: '/', epochs: 1, shell: 'cli', status: 'failed' });
  await expect(fetchExport(host, { runId, which: 'best' })).rejects.toMatchObject({ code: 'host.no_checkpoint' });
});

test('the recovery copy is offered to the next host', async () => {
  const host = startHost();
  expect(await host.app.recover({})).toBeNull();
  await host.app.keep({ document: recipe(), file: null });
  await host.close();
  const next = startHost(host.folder, host.store);
  expect(await next.app.recover({})).toMatchObject({ document: recipe() });
});

test('a host says what it is', async () => {
  const host = startHost();
  await host.supervisor.ready();
  expect(await host.app.info({})).toEqual({
    kind: 'browser',
    version: '0.0.0',
    nodeVersion: process.versions.node,
    engine: 'up',
    persistent: true,
  });
});

test('a branch begins where the run had saved its state, and goes on as the run itself would', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 6 }), paused: true });
  for (const epoch of [1, 2, 3]) {
    await host.training.step({ unit: 'epoch' });
    await host.until((progress) => progress.epoch === epoch && progress.status === 'paused');
  }
  await host.training.stop({});
  await host.untilStatus(runId, 'stopped');
  const { runId: branch } = await host.runs.branch({ runId, which: 'last' });
  expect(host.store.getRun(branch)).toMatchObject({
    status: 'stopped',
    epoch: 3,
    step: host.store.getRun(runId).step,
    notes: 'Branch of “Spirals with dropout” at epoch 3',
  });
  expect(host.store.history(branch)).toEqual(host.store.history(runId));
  for (const id of [branch, runId]) {
    await host.training.resumeRun({ runId: id });
    await host.untilStatus(id, 'done');
  }
  expect(host.store.history(branch)).toEqual(host.store.history(runId));
});

test('a run that never saved a state cannot be branched, and leaves none behind', async () => {
  const host = startHost();
  const runId = host.store.createRun({ document: recipe(), folder: '/', epochs: 3, shell: 'cli', status: 'stopped' });
  await expect(host.runs.branch({ runId, which: 'best' })).rejects.toMatchObject({ code: 'host.no_checkpoint' });
  expect(host.store.countRuns()).toBe(1);
});
