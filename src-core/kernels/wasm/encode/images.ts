/** Convolutions and pools over images that lie channels last. */
import { assert } from '../../../lib/assert.ts';
import { numbersOf } from '../../../ops/rules.ts';
import { windowAlong, type Window } from '../../../ops/window.ts';
import type { Attributes } from '../../../ops/define.ts';
import { BYTES, float, type CommandWords, type EncodeCall, type Encoder, type Place } from './define.ts';
import { LANES } from '../form.ts';
import { areTwoByTwo } from '../fuse.ts';
import { input, output, padded } from './operands.ts';

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
  readonly taps: number;
  readonly channels: number;
  readonly filters: number;
  /** Floats of the plane around an image, around a gradient, and of all that a Winograd pass over an image needs. */
  readonly imagePlane: number;
  readonly mapPlane: number;
  readonly tiles: number;
  /** True where Winograd's form applies and pays. */
  readonly isWinograd: boolean;
}

/** Fewer channels or outputs and the transforms cost more than the products they save. */
const LEAST_CHANNELS = 8;
const LEAST_OUTPUT = 4;
/** Room for the intermediate numbers of the transforms. */
const SMALL = 64;
const PLANES = 16;

function geometryOf(image: Place, map: Place, { attributes }: EncodeCall): Geometry {
  const [down, across] = windowsOver(image, attributes);
  const [channels, filters] = [image.form.pitch, map.form.pitch];
  const height = (down.output - 1) * down.stride + down.kernel;
  const width = (across.output - 1) * across.stride + across.kernel;
  const words = [
    down.input,
    across.input,
    channels,
    down.output,
    across.output,
    filters,
    down.kernel,
    across.kernel,
    down.stride,
    across.stride,
    down.before,
    across.before,
    image.size * BYTES,
    map.size * BYTES,
  ];
  const [tilesDown, tilesAcross] = [Math.ceil(down.output / 2), Math.ceil(across.output / 2)];
  const isThree = [down, across].every(
    ({ kernel, stride, output: length }) => kernel === 3 && stride === 1 && length >= LEAST_OUTPUT,
  );
  return {
    words,
    taps: down.kernel * across.kernel,
    channels,
    filters,
    imagePlane: height * width * channels,
    mapPlane: (down.input + down.kernel - 1) * (across.input + across.kernel - 1) * filters,
    tiles:
      SMALL +
      (2 * tilesDown + 2) * (2 * tilesAcross + 2) * channels +
      PLANES * tilesDown * tilesAcross * (channels + filters),
    isWinograd: isThree && Math.min(channels, filters) >= LEAST_CHANNELS,
  };
}

/** Panels of transformed filters, and the command that makes them from `w`. */
function transformedFilters(call: EncodeCall, w: Place, { channels, filters }: Geometry, isTransposed: boolean) {
  const size = PLANES * channels * filters;
  const [planes, panels] = [call.target.room(size), call.target.room(size)];
  const command: CommandWords = ['winogradFilters', w.address, planes, panels, Number(isTransposed), channels, filters];
  return { panels, command };
}

function emitConv(call: EncodeCall, bias: Place | null): void {
  const [x, w, y] = [input(call, 0), input(call, 1), output(call)];
  const geometry = geometryOf(x, y, call);
  const { words, taps, channels, filters } = geometry;
  const start = bias === null ? call.target.zeros(filters) : bias.address;
  const { activation = 0, alpha = 0 } = call.attributes;
  const rest = [start, Number(activation), float(Number(alpha))];
  if (geometry.isWinograd) {
    call.target.needScratch(geometry.tiles);
    const { panels, command } = transformedFilters(call, w, geometry, false);
    const zeros = call.target.zeros(filters);
    const main: CommandWords = ['winogradConv', ...words, x.address, panels, y.address, ...rest, zeros];
    call.target.emitImages({ before: [command], main, after: [] });
    return;
  }
  call.target.needScratch(geometry.imagePlane);
  const panels = call.target.room(taps * channels * filters);
  call.target.emitImages({
    before: [['packFilters', w.address, panels, taps * channels, filters]],
    main: ['conv', ...words, x.address, panels, y.address, ...rest],
    after: [],
  });
}

export const conv2d: Encoder = (call) => emitConv(call, null);
export const fusedConv: Encoder = (call) => emitConv(call, call.inputs[2] ?? null);

/** Both gradients by Winograd, or one of them; `places` are those of the op that asks. */
function emitWinogradGradients(
  call: EncodeCall,
  geometry: Geometry,
  places: { readonly x?: Place; readonly g: Place; readonly w?: Place; readonly dx?: Place; readonly dw?: Place },
): void {
  const { x, g, w, dx, dw } = places;
  const { channels, filters, words } = geometry;
  call.target.needScratch(geometry.tiles);
  const zeros = call.target.zeros(Math.max(channels, filters));
  const before: CommandWords[] = [];
  const after: CommandWords[] = [];
  let [panels, du] = [0, 0];
  if (w !== undefined && dx !== undefined) {
    const transformed = transformedFilters(call, w, geometry, true);
    panels = transformed.panels;
    before.push(transformed.command);
  }
  if (dw !== undefined && x !== undefined) {
    const size = PLANES * channels * filters;
    du = call.target.room(size);
    before.push(['clear', size, 0, du]);
    after.push(['winogradFiltersBack', du, dw.address, channels, filters]);
    if (x.form.n !== channels) after.push(['clearChannels', dw.address, geometry.taps, channels, x.form.n, filters]);
  }
  const addresses = [x?.address ?? 0, g.address, dx?.address ?? 0, du, panels, zeros];
  call.target.emitImages({ before, main: ['winogradGradients', ...words, ...addresses], after });
}

export const conv2dInputGradient: Encoder = (call) => {
  const [g, w, dx] = [input(call, 0), input(call, 1), output(call)];
  const geometry = geometryOf(dx, g, call);
  if (geometry.isWinograd) {
    emitWinogradGradients(call, geometry, { g, w, dx });
    return;
  }
  const { words, taps, channels, filters } = geometry;
  call.target.needScratch(geometry.mapPlane);
  const panels = call.target.room(taps * channels * filters);
  const zeros = call.target.zeros(channels);
  call.target.emitImages({
    before: [['packFlipped', w.address, panels, taps, channels, filters]],
    main: ['convInputGradient', ...words, g.address, panels, dx.address, zeros],
    after: [],
  });
};

export const conv2dWeightGradient: Encoder = (call) => {
  const [x, g, dw] = [input(call, 0), input(call, 1), output(call)];
  const geometry = geometryOf(x, g, call);
  if (geometry.isWinograd) {
    emitWinogradGradients(call, geometry, { x, g, dw });
    return;
  }
  const { words, taps, channels, filters } = geometry;
  call.target.needScratch(geometry.imagePlane);
  const isPadded = x.form.n !== channels;
  call.target.emitImages({
    before: [['clear', taps * channels * filters, 0, dw.address]],
    main: ['convWeightGradient', ...words, x.address, g.address, dw.address],
    after: isPadded ? [['clearChannels', dw.address, taps, channels, x.form.n, filters]] : [],
  });
};

/** (x, w, g) -> (dx, dw). */
export const fusedConvGradients: Encoder = (call) => {
  const [x, w, g] = [input(call, 0), input(call, 1), input(call, 2)];
  const [dx, dw] = [output(call), output(call, 1)];
  const geometry = geometryOf(x, g, call);
  if (geometry.isWinograd) {
    emitWinogradGradients(call, geometry, { x, w, g, dx, dw });
    return;
  }
  conv2dWeightGradient({ ...call, inputs: [x, g], outputs: [dw] });
  conv2dInputGradient({ ...call, inputs: [g, w], outputs: [dx] });
};

/** An activation over images. */
export const imageActivate = (call: EncodeCall, kind: number, alpha: number): void => {
  const [x, y] = [input(call, 0), output(call)];
  const main: CommandWords = ['imageActivate', y.size, kind, float(alpha), y.size * BYTES, x.address, y.address];
  call.target.emitImages({ before: [], main, after: [] });
};

/** Its gradient, and the sum over pixels where `sum` is given. */
export const imageSlope = (call: EncodeCall, kind: number, alpha: number, sum: Place | null): void => {
  const [saved, g, dx] = [input(call, 0), input(call, 1), output(call)];
  const { outer, n, pitch } = dx.form;
  const words = [dx.size * BYTES, saved.address, g.address, dx.address, padded(n), pitch * BYTES, sum?.address ?? 0];
  call.target.emitImages({
    before: sum === null ? [] : [['clear', padded(n), 0, sum.address]],
    main: ['imageSlope', outer, kind, float(alpha), ...words],
    after: [],
  });
};

function poolWords(image: Place, map: Place, { attributes }: EncodeCall): readonly number[] {
  const [down, across] = windowsOver(image, attributes);
  return [
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
  const opcode = areTwoByTwo(call.attributes) && x.form.pitch % LANES === 0 ? 'maxPoolTwo' : 'maxPool';
  call.target.emitImages({ before: [], main: [opcode, ...poolWords(x, y, call), x.address, y.address], after: [] });
};

/** (x, g) -> (dx[, sum of dx over pixels]): pool of 2×2 and relu in one. */
export const fusedPoolSlope: Encoder = (call) => {
  const [x, g, dx] = [input(call, 0), input(call, 1), output(call)];
  const sum = call.outputs[1];
  const words = [...poolWords(x, g, call), x.address, g.address, dx.address, sum?.address ?? 0];
  call.target.emitImages({
    before: sum === undefined ? [] : [['clear', padded(dx.form.n), 0, sum.address]],
    main: ['maxPoolTwoSlope', ...words],
    after: [],
  });
};

export const maxPool2dGradient: Encoder = (call) => {
  const [x, g, dx] = [input(call, 0), input(call, 1), output(call)];
  call.target.emitImages({
    before: [],
    main: ['maxPoolGradient', ...poolWords(x, g, call), x.address, g.address, dx.address],
    after: [],
  });
};

export const avgPool2d: Encoder = (call) => {
  const [x, y] = [input(call, 0), output(call)];
  call.target.emitImages({ before: [], main: ['meanPool', ...poolWords(x, y, call), x.address, y.address], after: [] });
};

export const avgPool2dGradient: Encoder = (call) => {
  const [g, dx] = [input(call, 0), output(call)];
  call.target.emitImages({
    before: [],
    main: ['meanPoolGradient', ...poolWords(dx, g, call), g.address, dx.address],
    after: [],
  });
};
