/** The list of runs as a window uses it, and the recovery copy of the open document. */
import { expect, test } from 'vitest';
import { openWeights } from '../../../src-core/formats/open-weights.ts';
import { recipe, startHost } from './helpers.ts';

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
  expect(() => host.runs.delete({ runId })).toThrow(`run ${runId}: it is training at this moment`);
});

test('exported weights are a valid file whose network predicts what the window shows', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 3 }), paused: false });
  await host.untilStatus(runId, 'done');
  const file = await host.runs.exportWeights({ runId, which: 'last', allowNonFinite: false });
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

test('the rows of an uploaded file are answered as rows that were typed in', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 2 }), paused: false });
  await host.untilStatus(runId, 'done');
  const bytes = new TextEncoder().encode('note,x2,x1\na,1,-1\nb,2.5,0\n');
  await host.data.upload({ name: 'rows.csv', offset: 0, total: bytes.length, bytes });
  const answers = await host.runs.predictFile({ runId, which: 'last', path: 'rows.csv' });
  const typed = await host.runs.predict({
    runId,
    which: 'last',
    rows: [
      [-1, 1],
      [0, 2.5],
    ],
  });
  expect([...answers.inputs]).toEqual([-1, 1, 0, 2.5]);
  expect([...answers.outputs]).toEqual(typed.outputs.flat());
  expect([answers.columns, answers.classes, answers.epoch]).toEqual([['x1', 'x2'], typed.classes, 2]);
  await expect(host.runs.predictFile({ runId, which: 'last', path: 'gone.csv' })).rejects.toMatchObject({
    code: 'data.unreadable',
  });
});

test('a run that never saved a state cannot be exported, and is said so', async () => {
  const host = startHost();
  const runId = host.store.createRun({ document: recipe(), folder: '/', epochs: 1, shell: 'cli', status: 'failed' });
  const args = { runId, which: 'best', allowNonFinite: false } as const;
  await expect(host.runs.exportWeights(args)).rejects.toMatchObject({ code: 'host.no_checkpoint' });
});

test('the recovery copy is offered to the next host', async () => {
  const host = startHost();
  expect(await host.app.recover({})).toBeNull();
  await host.app.keep({ document: recipe() });
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
