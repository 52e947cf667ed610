/** The commands of convolutions in Winograd's form: image by image through the present part of the batch. */
import { border } from './conv';
import { finishActivation, lowestOf } from './conv-commands';
import { FIRST, Shape } from './image-shape';
import { Arg, Image, State } from './state';
import { transformImage, transformImageBack } from './winograd-images';
import { transformMaps, transformMapsBack } from './winograd-maps';
import { correlatePlanes, multiplyPlanes } from './winograd-planes';

/** Areas of this thread's scratch that a Winograd pass over one image uses. */
class Tiles {
  static down: i32 = 0;
  static across: i32 = 0;
  static count: i32 = 0;
  /** Bytes of a line of the bordered image, and of the whole. */
  static line: usize = 0;
  static bordered: usize = 0;
  /** Bytes of a plane of transformed images and of transformed maps. */
  static imagePlane: usize = 0;
  static mapPlane: usize = 0;
  static images: usize = 0;
  static maps: usize = 0;

  static measure(pc: usize): void {
    Tiles.down = (Shape.rows(pc) + 1) >> 1;
    Tiles.across = (Shape.columns(pc) + 1) >> 1;
    Tiles.count = Tiles.down * Tiles.across;
    Tiles.line = (<usize>((2 * Tiles.across + 2) * Shape.channels(pc))) << 2;
    Tiles.bordered = State.scratch;
    Tiles.imagePlane = (<usize>(Tiles.count * Shape.channels(pc))) << 2;
    Tiles.mapPlane = (<usize>(Tiles.count * Shape.filters(pc))) << 2;
    Tiles.images = Tiles.bordered + <usize>(2 * Tiles.down + 2) * Tiles.line;
    Tiles.maps = Tiles.images + 16 * Tiles.imagePlane;
  }

  /** The transformed planes of an image. */
  static ofImage(pc: usize, x: usize): void {
    border(
      x,
      Tiles.bordered,
      Shape.height(pc),
      Shape.width(pc),
      (<usize>Shape.channels(pc)) << 2,
      Shape.above(pc),
      Shape.before(pc),
      1,
      1,
      2 * Tiles.down + 2,
      2 * Tiles.across + 2,
    );
    transformImage(
      Tiles.bordered,
      Tiles.images,
      Tiles.down,
      Tiles.across,
      Shape.channels(pc),
      Tiles.line,
      Tiles.imagePlane,
    );
  }
}

/** shape…, x, panels, y, start (bias or zeros), activation, alpha. */
export function winogradConvCommand(pc: usize): void {
  const channels = Shape.channels(pc);
  const filters = Shape.filters(pc);
  const kind = Arg.int(pc, FIRST + 6);
  const size = Shape.rows(pc) * Shape.columns(pc) * filters;
  Tiles.measure(pc);
  for (let i = State.first; i < State.last; i++) {
    const y = Image.at(pc, FIRST + 3, i);
    Tiles.ofImage(pc, Image.at(pc, FIRST, i));
    multiplyPlanes(Tiles.images, Arg.address(pc, FIRST + 2), Tiles.maps, Tiles.count, channels, filters);
    transformMaps(
      Tiles.maps,
      y,
      Arg.address(pc, FIRST + 5),
      lowestOf(kind),
      Tiles.across,
      Shape.rows(pc),
      Shape.columns(pc),
      filters,
      Tiles.mapPlane,
    );
    finishActivation(kind, y, size, Arg.float(pc, FIRST + 7));
  }
}

/** shape…, x, g, dx or 0, dU or 0, transposed panels: adds to dU, writes dx. */
export function winogradGradientsCommand(pc: usize): void {
  const channels = Shape.channels(pc);
  const filters = Shape.filters(pc);
  const pixel = (<usize>channels) << 2;
  Tiles.measure(pc);
  for (let i = State.first; i < State.last; i++) {
    const g = Image.at(pc, FIRST + 2, i);
    transformMapsBack(g, Tiles.maps, Tiles.across, Shape.rows(pc), Shape.columns(pc), filters, Tiles.mapPlane);
    if (Arg.address(pc, FIRST + 6) !== 0) {
      Tiles.ofImage(pc, Image.at(pc, FIRST, i));
      correlatePlanes(Tiles.images, Tiles.maps, Image.sum(pc, FIRST + 6), Tiles.count, channels, filters);
    }
    if (Arg.address(pc, FIRST + 4) === 0) continue;
    multiplyPlanes(Tiles.maps, Arg.address(pc, FIRST + 8), Tiles.images, Tiles.count, filters, channels);
    memory.fill(Tiles.bordered, 0, <usize>(2 * Tiles.down + 2) * Tiles.line);
    transformImageBack(Tiles.images, Tiles.bordered, Tiles.down, Tiles.across, channels, Tiles.line, Tiles.imagePlane);
    // What fell on the border belongs to padding; where windows end before the image does, its rest has no gradient.
    const dx = Image.at(pc, FIRST + 4, i);
    crop(
      Tiles.bordered + <usize>Shape.above(pc) * Tiles.line + <usize>Shape.before(pc) * pixel,
      Tiles.line,
      dx,
      Shape.height(pc),
      <usize>Shape.width(pc) * pixel,
    );
  }
}

function crop(from: usize, line: usize, to: usize, rows: i32, bytes: usize): void {
  for (let i = 0; i < rows; i++) {
    memory.copy(to, from, bytes);
    from += line;
    to += bytes;
  }
}
