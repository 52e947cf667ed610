/** Convolutions and pools over images that lie channels last. */
import { assert } from '../../../lib/assert.ts';
import { numbersOf } from '../../../ops/rules.ts';
import { windowAlong, type Window } from '../../../ops/window.ts';
import type { Attributes } from '../../../ops/define.ts';
import { BYTES, float, type EncodeCall, type Encoder, type Place } from './define.ts';
import { input, output, padded, rowsOf } from './operands.ts';

/** Windows down and across an image. */
function windowsOver(image: Place, attributes: Attributes): readonly [Window, Window] {
  const axes = image.form.image;
  assert(axes !== undefined, 'an image');
  const [kernelDown = 1, kernelAcross = 1] = numbersOf(attributes, 'kernel');
  const [strideDown = 1, strideAcross = 1] = numbersOf(attributes, 'stride');
  const padding = String(attributes['padding']);
  return [
    windowAlong(axes.height, kernelDown, strideDown, padding),
    windowAlong(axes.width, kernelAcross, strideAcross, padding),
  ];
}

interface Geometry {
  /** The words that all convolution commands start with. */
  readonly words: readonly number[];
  /** Floats of the plane around an image, and around a gradient. */
  readonly imagePlane: number;
  readonly mapPlane: number;
  /** Floats of packed filters. */
  readonly filters: number;
}

function geometryOf(image: Place, map: Place, call: EncodeCall): Geometry {
  const [down, across] = windowsOver(image, call.attributes);
  const [channels, maps] = [image.form.pitch, map.form.pitch];
  const taps = down.kernel * across.kernel;
  const filters = taps * padded(channels) * maps;
  const plane = (length: number, other: number, pitch: number) => length * other * pitch;
  const height = (down.output - 1) * down.stride + down.kernel;
  const width = (across.output - 1) * across.stride + across.kernel;
  const words = [
    ...rowsOf(image),
    down.input,
    across.input,
    channels,
    down.output,
    across.output,
    maps,
    down.kernel,
    across.kernel,
    down.stride,
    across.stride,
    down.before,
    across.before,
    image.size * BYTES,
    map.size * BYTES,
    call.target.work(filters),
  ];
  return {
    words,
    imagePlane: plane(height, width, channels),
    mapPlane: plane(down.input + down.kernel - 1, across.input + across.kernel - 1, maps),
    filters,
  };
}

function emitConv(call: EncodeCall, bias: Place | null): void {
  const [x, w, y] = [input(call, 0), input(call, 1), output(call)];
  const { words, imagePlane } = geometryOf(x, y, call);
  call.target.needScratch(imagePlane);
  const start = bias === null ? call.target.zeros(y.form.pitch) : bias.address;
  const { activation = 0, alpha = 0 } = call.attributes;
  const rest = [start, Number(activation), float(Number(alpha))];
  call.target.emit('conv', ...words, x.address, w.address, y.address, ...rest);
}

export const conv2d: Encoder = (call) => emitConv(call, null);
export const fusedConv: Encoder = (call) => emitConv(call, call.inputs[2] ?? null);

export const conv2dInputGradient: Encoder = (call) => {
  const [g, w, dx] = [input(call, 0), input(call, 1), output(call)];
  const { words, mapPlane } = geometryOf(dx, g, call);
  call.target.needScratch(mapPlane);
  const zeros = call.target.zeros(dx.form.pitch);
  call.target.emit('convInputGradient', ...words, g.address, w.address, dx.address, zeros);
};

export const conv2dWeightGradient: Encoder = (call) => {
  const [x, g, dw] = [input(call, 0), input(call, 1), output(call)];
  const { words, imagePlane } = geometryOf(x, g, call);
  call.target.needScratch(imagePlane);
  call.target.emit('convWeightGradient', ...words, x.address, g.address, dw.address, x.form.n);
};

function poolWords(image: Place, map: Place, { attributes }: EncodeCall): readonly number[] {
  const [down, across] = windowsOver(image, attributes);
  return [
    ...rowsOf(image),
    down.input,
    across.input,
    down.output,
    across.output,
    down.kernel,
    across.kernel,
    down.stride,
    across.stride,
    down.before,
    across.before,
    image.form.pitch,
    image.size * BYTES,
    map.size * BYTES,
  ];
}

export const maxPool2d: Encoder = (call) => {
  const [x, y] = [input(call, 0), output(call)];
  call.target.emit('maxPool', ...poolWords(x, y, call), x.address, y.address);
};

export const maxPool2dGradient: Encoder = (call) => {
  const [x, g, dx] = [input(call, 0), input(call, 1), output(call)];
  call.target.emit('maxPoolGradient', ...poolWords(x, g, call), x.address, g.address, dx.address);
};

export const avgPool2d: Encoder = (call) => {
  const [x, y] = [input(call, 0), output(call)];
  call.target.emit('meanPool', ...poolWords(x, y, call), x.address, y.address);
};

export const avgPool2dGradient: Encoder = (call) => {
  const [g, dx] = [input(call, 0), output(call)];
  call.target.emit('meanPoolGradient', ...poolWords(dx, g, call), g.address, dx.address);
};
