/** Convolutions and pools over images that lie channels last. */
import { assert } from '../../../lib/assert.ts';
import { numbersOf } from '../../../ops/rules.ts';
import { windowAlong, type Window } from '../../../ops/window.ts';
import type { Attributes } from '../../../ops/define.ts';
import { BYTES, CHUNKS, float, type CommandWords, type EncodeCall, type Encoder, type Place } from './define.ts';
import { LANES } from '../form.ts';
import { areTwoByTwo } from '../fuse.ts';
import { alignedSize, input, output, padded } from './operands.ts';

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

/** An operand of a command on images: its address and the distance from image to image, 0 for a room of one image. */
function images({ address, form, size }: Place): readonly [number, number] {
  return [address, form.isLocal === true ? 0 : size * BYTES];
}

/** Sums over the images of a batch: one for every chunk of it, added up at the end. */
interface Sums {
  readonly address: number;
  readonly words: readonly [number, number];
  readonly clear: CommandWords;
  readonly addTo: (address: number) => CommandWords;
}

function sumsOf({ target }: EncodeCall, floats: number): Sums {
  const stride = alignedSize(floats);
  const address = target.room(stride * CHUNKS);
  return {
    address,
    words: [address, stride * BYTES],
    clear: ['clear', stride * CHUNKS, 0, address],
    addTo: (to) => ['sumChunks', to, address, stride * BYTES, CHUNKS, floats],
  };
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
      (2 * tilesDown + 2) * (2 * tilesAcross + 2) * channels + PLANES * tilesDown * tilesAcross * (channels + filters),
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
    const main: CommandWords = ['winogradConv', ...words, ...images(x), panels, ...images(y), ...rest];
    call.target.emitImages({ before: [command], main, after: [] });
    return;
  }
  call.target.needScratch(geometry.imagePlane);
  const panels = call.target.room(taps * channels * filters);
  call.target.emitImages({
    before: [['packFilters', w.address, panels, taps * channels, filters]],
    main: ['conv', ...words, ...images(x), panels, ...images(y), ...rest],
    after: [],
  });
}

export const conv2d: Encoder = (call) => emitConv(call, null);
export const fusedConv: Encoder = (call) => emitConv(call, call.inputs[2] ?? null);

/**
 * What fills the last vectors of filters stays zero, whatever fills those of the images. `g` is null where it is the gradient
 * of a convolution, whose own filling is zero; of a transposed one it is the image that came in.
 */
function clearPadding(
  dw: Place,
  { taps, channels, filters }: Geometry,
  { x, g }: { readonly x: Place; readonly g: Place | null },
): CommandWords[] {
  const commands: CommandWords[] = [];
  if (x.form.n !== channels) commands.push(['clearChannels', dw.address, taps, channels, x.form.n, filters]);
  if (g !== null && g.form.n !== filters) {
    commands.push(['clearChannels', dw.address, taps * channels, filters, g.form.n, 1]);
  }
  return commands;
}

/** Both gradients by Winograd, or one of them; `places` are those of the op that asks. */
function emitWinogradGradients(
  call: EncodeCall,
  geometry: Geometry,
  places: { readonly x?: Place; readonly g: Place; readonly w?: Place; readonly dx?: Place; readonly dw?: Place },
): void {
  const { x, g, w, dx, dw } = places;
  const { channels, filters, words } = geometry;
  call.target.needScratch(geometry.tiles);
  const before: CommandWords[] = [];
  const after: CommandWords[] = [];
  let panels = 0;
  let du: Sums | null = null;
  if (w !== undefined && dx !== undefined) {
    const transformed = transformedFilters(call, w, geometry, true);
    panels = transformed.panels;
    before.push(transformed.command);
  }
  if (dw !== undefined && x !== undefined) {
    const size = PLANES * channels * filters;
    du = sumsOf(call, size);
    before.push(du.clear);
    after.push(du.addTo(du.address), ['winogradFiltersBack', du.address, dw.address, channels, filters]);
    after.push(...clearPadding(dw, geometry, { x, g: dx === undefined ? g : null }));
  }
  const none = [0, 0];
  const operands = [x ? images(x) : none, images(g), dx ? images(dx) : none, du?.words ?? none].flat();
  call.target.emitImages({ before, main: ['winogradGradients', ...words, ...operands, panels], after });
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
    main: ['convInputGradient', ...words, ...images(g), panels, ...images(dx), zeros],
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
  const sums = sumsOf(call, taps * channels * filters);
  const after: CommandWords[] = [sums.addTo(dw.address), ...clearPadding(dw, geometry, { x, g })];
  const main: CommandWords = ['convWeightGradient', ...words, ...images(x), ...images(g), ...sums.words];
  call.target.emitImages({ before: [sums.clear], main, after });
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
  const main: CommandWords = ['imageActivate', y.size, kind, float(alpha), ...images(x), ...images(y)];
  call.target.emitImages({ before: [], main, after: [] });
};

/** Its gradient, and the sum over pixels where `sum` is given. */
export const imageSlope = (call: EncodeCall, kind: number, alpha: number, sum: Place | null): void => {
  const [saved, g, dx] = [input(call, 0), input(call, 1), output(call)];
  const { outer, n, pitch } = dx.form;
  const sums = sum === null ? null : sumsOf(call, padded(n));
  const operands = [saved, g, dx].flatMap(images);
  const words = [...operands, padded(n), pitch * BYTES, ...(sums?.words ?? [0, 0])];
  call.target.emitImages({
    before: sums === null ? [] : [sums.clear],
    main: ['imageSlope', outer, kind, float(alpha), ...words],
    after: sums === null || sum === null ? [] : [sums.addTo(sum.address)],
  });
};

function poolWords(image: Place, { attributes }: EncodeCall): readonly number[] {
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
  ];
}

export const maxPool2d: Encoder = (call) => {
  const [x, y] = [input(call, 0), output(call)];
  const opcode = areTwoByTwo(call.attributes) && x.form.pitch % LANES === 0 ? 'maxPoolTwo' : 'maxPool';
  call.target.emitImages({ before: [], main: [opcode, ...poolWords(x, call), ...images(x), ...images(y)], after: [] });
};

/** (x, g) -> (dx[, sum of dx over pixels]): pool of 2×2 and relu in one. */
export const fusedPoolSlope: Encoder = (call) => {
  const [x, g, dx] = [input(call, 0), input(call, 1), output(call)];
  const sum = call.outputs[1];
  const sums = sum === undefined ? null : sumsOf(call, padded(dx.form.n));
  const words = [...poolWords(x, call), ...[x, g, dx].flatMap(images), ...(sums?.words ?? [0, 0])];
  call.target.emitImages({
    before: sums === null ? [] : [sums.clear],
    main: ['maxPoolTwoSlope', ...words],
    after: sums === null || sum === undefined ? [] : [sums.addTo(sum.address)],
  });
};

export const maxPool2dGradient: Encoder = (call) => {
  const [x, g, dx] = [input(call, 0), input(call, 1), output(call)];
  call.target.emitImages({
    before: [],
    main: ['maxPoolGradient', ...poolWords(x, call), ...[x, g, dx].flatMap(images)],
    after: [],
  });
};

export const avgPool2d: Encoder = (call) => {
  const [x, y] = [input(call, 0), output(call)];
  call.target.emitImages({
    before: [],
    main: ['meanPool', ...poolWords(x, call), ...images(x), ...images(y)],
    after: [],
  });
};

export const avgPool2dGradient: Encoder = (call) => {
  const [g, dx] = [input(call, 0), output(call)];
  call.target.emitImages({
    before: [],
    main: ['meanPoolGradient', ...poolWords(dx, call), ...images(g), ...images(dx)],
    after: [],
  });
};
