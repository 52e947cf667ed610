/** The same suite over every wire: what is tested over one is what all of them ship. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from '../../src-core/contract/client.ts';
import { decodeFrame, encodeFrame } from '../../src-core/contract/codec.ts';
import type { Client } from '../../src-core/contract/define.ts';
import { PIECE_BYTES } from '../../src-core/contract/pieces.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { wirePairs, type WirePair } from '../helpers/contract-wires.ts';
import { sampleService, serveSample, type SampleEvents } from '../helpers/sample-service.ts';

/** One answer to a frame that no client of ours would send. */
const answerTo = (wire: Wire, frame: Uint8Array): Promise<unknown> =>
  new Promise((resolve) => {
    wire.onFrame((answer) => resolve(decodeFrame(answer)));
    wire.post(frame);
  });

describe.each(Object.entries(wirePairs))('over a %s', (_name, makePair) => {
  let pair: WirePair;
  beforeEach(async () => {
    pair = await makePair(serveSample);
  });
  afterEach(() => pair.dispose());

  const connect = (): { connection: Connection; sample: Client<typeof sampleService, SampleEvents> } => {
    const connection = new Connection(pair.near);
    return { connection, sample: connection.service<typeof sampleService, SampleEvents>(sampleService) };
  };

  it('a value comes back with every kind of number and array intact', async () => {
    const value = {
      numbers: [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_SAFE_INTEGER],
      arrays: [
        new Float32Array([1, Number.NaN]),
        new Float64Array(0),
        new Uint8Array([255]),
        new Uint32Array([2 ** 32 - 1]),
      ],
      text: 'ü 🧵 \ud800',
      nothing: null,
      $key: { $n: 'NaN' },
    };
    expect(await connect().sample.echo({ value })).toStrictEqual(value);
  });

  it('a message larger than any single piece comes back whole', async () => {
    const value = Float64Array.from({ length: PIECE_BYTES }, (_x, index) => Math.sqrt(index)); // 4 MiB
    expect(await connect().sample.echo({ value })).toStrictEqual(value);
  });

  it('answers belong to their calls, however many are under way', async () => {
    const { sample } = connect();
    const sums = await Promise.all(Array.from({ length: 200 }, (_x, index) => sample.add({ a: index, b: 1 })));
    expect(sums).toStrictEqual(Array.from({ length: 200 }, (_x, index) => index + 1));
  });

  it('events arrive all, in order, and only while somebody listens', async () => {
    const { sample } = connect();
    const indices: number[] = [];
    const stop = sample.on('told', ({ index, numbers }) => {
      expect(numbers).toStrictEqual(new Float32Array([index, Number.NaN]));
      indices.push(index);
    });
    await sample.tell({ times: 100 });
    stop();
    await sample.tell({ times: 3 });
    expect(indices).toStrictEqual(Array.from({ length: 100 }, (_x, index) => index));
  });

  it('an error that a person can cause crosses with code, detail and message', async () => {
    await expect(connect().sample.failAsPerson({})).rejects.toMatchObject({
      name: 'RemoteError',
      code: 'host.engine_gone',
      detail: { reason: 'a test' },
      message: 'the training engine stopped (a test); it is being restarted',
    });
  });

  it('a bug crosses as "internal" without its text, and is logged in full on its own side', async () => {
    const { sample } = connect();
    await expect(sample.failAsBug({})).rejects.toMatchObject({ code: 'internal', detail: null });
    await expect(sample.failAsBug({})).rejects.not.toThrow(/secret/);
    expect((await sample.logged({}))[0]).toContain('TypeError: secret detail');
  });

  it('an answer that no frame can carry is an internal error, not silence', async () => {
    await expect(connect().sample.answerUnsendable({})).rejects.toMatchObject({ code: 'internal' });
  });

  it('every waiting call is rejected at once when the wire closes, and later ones too', async () => {
    const { connection, sample } = connect();
    await sample.add({ a: 1, b: 1 }); // both ends are up
    const waiting = [sample.never({}), sample.never({})].map((answer) => answer.catch((error: unknown) => error));
    connection.close();
    const closed = expect.objectContaining({ code: 'host.connection_closed' });
    expect(await Promise.all(waiting)).toStrictEqual([closed, closed]);
    await expect(sample.add({ a: 1, b: 1 })).rejects.toMatchObject({ code: 'host.connection_closed' });
  });

  it('the near end hears when the far end goes away', async () => {
    const { connection, sample } = connect();
    await sample.add({ a: 1, b: 1 });
    const waiting = sample.never({}).catch((error: unknown) => error);
    const closed = new Promise<void>((resolve) => connection.onClose(resolve));
    await pair.dispose();
    await closed;
    expect(await waiting).toMatchObject({ code: 'host.connection_closed' });
  });

  it.each([
    ['a service that is not there', { service: 'other', name: 'echo' }, 'host.unknown_call'],
    ['a call that is not declared', { service: 'sample', name: 'evil' }, 'host.unknown_call'],
    ['a name inherited from Object', { service: 'sample', name: 'toString' }, 'host.unknown_call'],
    ['a constructor', { service: 'sample', name: 'constructor' }, 'host.unknown_call'],
  ])('%s is an error', async (_what, { service, name }, code) => {
    const call = encodeFrame({ kind: 'call', id: 1, service, name, args: {} });
    expect(await answerTo(pair.near, call)).toMatchObject({ kind: 'error', id: 1, code });
  });

  it.each([
    ['a missing one', {}],
    ['an extra one', { a: 1, b: 2, c: 3 }],
    ['one of another type', { a: 1, b: '2' }],
    ['a list', [1, 2]],
    ['null', null],
    ['a typed array', new Float32Array(2)],
    ['deep nesting', { a: 1, b: [[[[[[[[]]]]]]]] }],
  ])('wrong arguments are an error that names the place: %s', async (_what, args) => {
    const call = encodeFrame({ kind: 'call', id: 7, service: 'sample', name: 'add', args });
    expect(await answerTo(pair.near, call)).toMatchObject({ kind: 'error', id: 7, code: 'host.bad_arguments' });
  });

  it.each([
    ['not a call', encodeFrame({ kind: 'result', id: 1, result: 1 })],
    [
      'a call with a part too many',
      encodeFrame({ kind: 'call', id: 1, service: 'sample', name: 'add', args: {}, more: 1 }),
    ],
    ['a call without a number', encodeFrame({ kind: 'call', service: 'sample', name: 'add', args: {} })],
    ['no frame at all', new Uint8Array([1, 2, 3])],
    ['100,000 levels of nesting', nestedFrame(100_000)],
  ])('what is %s is answered with an error, and the next call works', async (_what, frame) => {
    const { near } = pair;
    const answers: unknown[] = [];
    const both = new Promise<void>((resolve) => {
      near.onFrame((answer) => {
        answers.push(decodeFrame(answer));
        if (answers.length === 2) resolve();
      });
    });
    near.post(frame);
    near.post(encodeFrame({ kind: 'call', id: 2, service: 'sample', name: 'add', args: { a: 2, b: 3 } }));
    await both;
    expect(answers).toStrictEqual([
      expect.objectContaining({ kind: 'error', id: null, code: 'host.bad_frame' }),
      { kind: 'result', id: 2, result: 5 },
    ]);
  });
});

function nestedFrame(depth: number): Uint8Array {
  const head = new TextEncoder().encode('['.repeat(depth) + ']'.repeat(depth));
  const frame = new Uint8Array(Math.ceil((8 + head.byteLength) / 8) * 8);
  frame.set([0x4e, 0x4c, 0x46, 0x31]);
  new DataView(frame.buffer).setUint32(4, head.byteLength, true);
  frame.set(head, 8);
  return frame;
}
