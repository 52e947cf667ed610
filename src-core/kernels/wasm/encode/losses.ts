/** Losses of rows, of the batch, and their gradients. */
import { assert } from '../../../lib/assert.ts';
import { textOf } from '../../../ops/rules.ts';
import { sizeOf } from '../../../tensor/shape.ts';
import { lossKinds } from '../opcodes.ts';
import { BYTES, float, type EncodeCall, type Encoder, type Place, type Word } from './define.ts';
import { input, output } from './operands.ts';

/** The words that all loss commands start with: kind, runs, and what a row's loss is the mean of. */
function head(id: string, o: Place, { attributes }: EncodeCall): readonly Word[] {
  const kind = (lossKinds as readonly string[]).indexOf(id);
  assert(kind >= 0, `loss ${id}`);
  const { outer, n, pitch } = o.form;
  const isPerExample = id === 'cross_entropy' || id === 'softmax_cross_entropy';
  const share = 1 / (isPerExample ? outer : sizeOf(o.value.shape));
  const { delta = 0 } = attributes;
  return [kind, outer, n, pitch * BYTES, o.size * BYTES, float(share), float(Number(delta))];
}

export const rowLoss =
  (id: string): Encoder =>
  (call) => {
    const [o, t, loss] = [input(call, 0), input(call, 1), output(call)];
    call.target.emit('rowLosses', ...head(id, o, call), o.address, t.address, loss.address, 0, 0);
  };

export const rowLossGradient =
  (id: string): Encoder =>
  (call) => {
    const [o, t, g, dx] = [input(call, 0), input(call, 1), input(call, 2), output(call)];
    call.target.emit('rowLosses', ...head(id, o, call), o.address, t.address, 0, g.address, dx.address);
  };

/** (o, t, weights) -> (loss of rows, g of rows, do, mean[, sum]). */
export const batchLoss: Encoder = (call) => {
  const [o, t, weights] = [input(call, 0), input(call, 1), input(call, 2)];
  const [loss, g, dx, mean] = [output(call, 0), output(call, 1), output(call, 2), output(call, 3)];
  const sum = call.outputs[4];
  call.target.emit(
    'batchLoss',
    ...head(textOf(call.attributes, 'loss'), o, call),
    o.address,
    t.address,
    loss.address,
    g.address,
    dx.address,
    weights.address,
    mean.address,
    sum === undefined ? 0 : sum.address,
  );
};

export const weightedMean: Encoder = (call) => {
  call.target.emit('weightedMean', input(call, 0).address, input(call, 1).address, output(call).address);
};

export const weightedMeanGradient: Encoder = (call) => {
  call.target.emit('weightedMeanGradient', input(call, 0).address, input(call, 1).address, output(call).address);
};

export const timesRows: Encoder = (call) => {
  call.target.emit('timesRows', input(call, 0).address, output(call).address);
};
