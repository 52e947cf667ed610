/** Ops on images that follow one another run together, image by image; to the memory plan they are one op. */
import { present } from '../../lib/assert.ts';
import type { Program, ProgramOp, ProgramValue } from '../program.ts';
import { isImageBatch, type Form } from './form.ts';
import { fusedIds } from './fuse.ts';
import { activationKinds } from './opcodes.ts';
import { mapSections } from './rewrite.ts';

/** An op that stands for several, which run in turn for every image. */
export interface JoinedOp extends ProgramOp {
  readonly parts?: readonly ProgramOp[];
}

const JOINED = 'joined_images';

const ALWAYS = new Set<string>([
  'avg_pool2d',
  'avg_pool2d_gradient',
  'conv2d',
  'conv2d_input_gradient',
  'conv2d_weight_gradient',
  'max_pool2d',
  'max_pool2d_gradient',
  fusedIds.conv,
  fusedIds.convGradients,
  fusedIds.poolSlope,
]);
const ON_IMAGES = new Set<string>([
  ...activationKinds,
  ...activationKinds.map((kind) => `${kind}_gradient`),
  fusedIds.slopeAndSum,
]);

/** Joins runs of ops on images. What they make lives at the same time: the next image is not done when one is. */
export function joinImages(program: Program, forms: readonly Form[]): Program {
  const isOnImages = ({ id, outputs }: ProgramOp): boolean => {
    if (ALWAYS.has(id)) return true;
    const [first] = outputs;
    if (!ON_IMAGES.has(id) || first === undefined) return false;
    const value: ProgramValue = present(program.values[first], 'value');
    return isImageBatch(value.batched, present(forms[first], 'form'));
  };
  const sections = mapSections(program, (ops) => {
    const joined: JoinedOp[] = [];
    let run: ProgramOp[] = [];
    const close = () => {
      if (run.length > 0) joined.push(run.length === 1 ? present(run[0], 'op') : together(run));
      run = [];
    };
    for (const op of ops) {
      if (isOnImages(op)) run.push(op);
      else {
        close();
        joined.push(op);
      }
    }
    close();
    return joined;
  });
  return { ...program, sections };
}

function together(parts: readonly ProgramOp[]): JoinedOp {
  const outputs = parts.flatMap((part) => part.outputs);
  const inputs = [...new Set(parts.flatMap((part) => part.inputs))].filter((value) => !outputs.includes(value));
  return { id: JOINED, inputs, outputs, attributes: {}, node: '', parts };
}
