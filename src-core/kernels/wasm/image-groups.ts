/** Ops on images that follow one another run together, image by image; to the memory plan they are one op. */
import { present } from '../../lib/assert.ts';
import type { Program, ProgramOp } from '../program.ts';
import { isImageBatch, type Form } from './form.ts';
import { fusedIds } from './fuse.ts';
import { allOps } from './forms.ts';
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

export interface JoinedProgram {
  readonly program: Program;
  readonly forms: readonly Form[];
}

/**
 * Joins runs of ops on images. What they make lives at the same time: the next image is not done when one is. What is
 * made and read within a run needs room for one image only.
 */
export function joinImages(program: Program, forms: readonly Form[]): JoinedProgram {
  const marked = [...forms];
  const reads = readsOf(program);
  const isOnImages = ({ id, outputs }: ProgramOp): boolean => {
    if (ALWAYS.has(id)) return true;
    const [first] = outputs;
    if (!ON_IMAGES.has(id) || first === undefined) return false;
    return isImageBatch(present(program.values[first], 'value').batched, present(forms[first], 'form'));
  };
  const together = (parts: readonly ProgramOp[]): JoinedOp => {
    const made = parts.flatMap((part) => part.outputs);
    const used = parts.flatMap((part) => part.inputs);
    const isLocal = (value: number) => {
      const { role, batched } = present(program.values[value], 'value');
      return batched && role === 'transient' && used.filter((other) => other === value).length === reads[value];
    };
    const local = new Set(made.filter(isLocal));
    for (const value of local) marked[value] = { ...present(forms[value], 'form'), isLocal: true };
    const inputs = [...new Set(used)].filter((value) => !made.includes(value));
    const outputs = made.filter((value) => !local.has(value));
    return { id: JOINED, inputs, outputs, attributes: {}, node: '', parts };
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
  return { program: { ...program, sections }, forms: marked };
}

/** How often each value is read. */
function readsOf(program: Program): readonly number[] {
  const reads = program.values.map(() => 0);
  for (const op of allOps(program)) for (const value of op.inputs) reads[value] = (reads[value] ?? 0) + 1;
  return reads;
}
