/** Decides the physical form of every value of a program, or finds that some op asks for what no form gives. */
import { present } from '../../lib/assert.ts';
import { placesOf } from '../../tensor/layout.ts';
import { sectionNames, type Program, type ProgramOp, type ProgramValue } from '../program.ts';
import { filtersForm, imageAxesOf, imageForm, matrixForm, padded, transposedForm, type Form } from './form.ts';
import { Groups } from './groups.ts';
import { findFlattened } from './flattened.ts';
import { traits, type Demand } from './traits.ts';

/** Channels, height, width. */
const MOST_IMAGE_AXES = 3;

/** All ops, section after section. */
export function allOps(program: Program): readonly ProgramOp[] {
  return sectionNames.flatMap((name) => program.sections[name]);
}

/** The form of every value, or null where an op has no kernel or a value is asked to lie in two ways at once. */
export function formsOf(program: Program): readonly Form[] | null {
  const planner = new FormPlanner(program);
  return planner.plan();
}

class FormPlanner {
  private readonly program: Program;
  private readonly ops: readonly ProgramOp[];
  private readonly groups: Groups;
  private readonly demands = new Map<number, Set<Demand>>();

  constructor(program: Program) {
    this.program = program;
    this.ops = allOps(program);
    this.groups = new Groups(program.values.length);
  }

  plan(): readonly Form[] | null {
    if (this.ops.some(({ id }) => traits[id] === undefined)) return null;
    this.collect();
    const filters = this.filterGroups();
    const transposed = this.transposedGroups();
    for (const [group, asked] of this.demands) {
      if (asked.has('image') && (asked.has('last') || asked.has('plain'))) return null;
      if (asked.has('plain') && transposed.has(group)) transposed.delete(group);
    }
    const bare = this.bareGroups();
    const isImage = (value: number) => this.demands.get(this.groups.of(value))?.has('image') === true;
    const isBeyond = ({ shape }: ProgramValue, index: number) =>
      isImage(index) && shape.length > MOST_IMAGE_AXES && !filters.has(this.groups.of(index));
    if (this.program.values.some(isBeyond)) return null;
    const flattened = findFlattened(this.program, this.ops, this.groups, { isImage, transposed });
    const forms: (Form | null)[] = this.program.values.map((value, index) => {
      const group = this.groups.of(index);
      if (filters.has(group)) return null; // needs the images first
      const image = flattened.get(group);
      if (transposed.has(group)) return transposedForm(value.shape, image);
      if (image !== undefined) return imageForm(value.shape, image, false);
      const axes = isImage(index) ? imageAxesOf(value.shape) : null;
      if (axes !== null) return imageForm(value.shape, axes, axes.channels === 1 && bare.has(group));
      return matrixForm(value.shape, value.batched);
    });
    return this.withFilters(forms, filters);
  }

  private valueAt(index: number): ProgramValue {
    return present(this.program.values[index], 'value');
  }

  private collect(): void {
    for (const op of this.ops) {
      const operands = [...op.inputs, ...op.outputs];
      const trait = present(traits[op.id], op.id);
      this.groups.join(trait.alike(op).flatMap((i) => operands[i] ?? []));
    }
    for (const op of this.ops) {
      const operands = [...op.inputs, ...op.outputs];
      for (const [i, demand] of present(traits[op.id], op.id).demands?.(op) ?? []) {
        const value = operands[i];
        if (value === undefined) continue;
        const group = this.groups.of(value);
        const asked = this.demands.get(group) ?? new Set<Demand>();
        // A vector has one run whatever is asked; matrices and images differ.
        if (this.valueAt(value).shape.length > 1) asked.add(demand);
        this.demands.set(group, asked);
      }
    }
  }

  /** Groups of values used as filters, those of one dimension (reshaped before use) among them. */
  private filterGroups(): ReadonlySet<number> {
    const found = new Set<number>();
    for (const { id, inputs, outputs } of this.ops) {
      if (id === 'conv2d' || id === 'conv2d_input_gradient') found.add(this.groups.of(present(inputs[1], 'filters')));
      if (id === 'conv2d_weight_gradient') found.add(this.groups.of(present(outputs[0], 'filters')));
    }
    for (const { id, inputs, outputs } of this.ops) {
      if (id !== 'reshape') continue;
      const pair = [...inputs, ...outputs].map((value) => this.groups.of(value));
      const isOne = pair.some((group) => found.has(group));
      const areParameters = [...inputs, ...outputs].every(
        (value) => !this.valueAt(value).batched && this.valueAt(value).shape.length >= 3,
      );
      if (isOne && areParameters) for (const group of pair) found.add(group);
    }
    return found;
  }

  /** Dense weights: matrices that something is multiplied by transposed. */
  private transposedGroups(): Set<number> {
    const found = new Set<number>();
    for (const { id, inputs, attributes } of this.ops) {
      const right = inputs[1];
      if (id !== 'matmul' || attributes['transposeB'] !== true || right === undefined) continue;
      if (this.valueAt(right).role === 'parameter') found.add(this.groups.of(right));
    }
    const moved = ['slice', 'concat', 'pad', 'reshape'];
    for (const { id, inputs, outputs } of this.ops) {
      if (moved.includes(id)) for (const value of [...inputs, ...outputs]) found.delete(this.groups.of(value));
    }
    return found;
  }

  /**
   * Groups that hold the network's input, seen through reshapes, where nothing but convolutions reads it: an only channel
   * is not padded there. All other kernels take whole vectors of channels.
   */
  private bareGroups(): ReadonlySet<number> {
    const found = new Set([this.groups.of(this.program.input)]);
    for (const { id, inputs, outputs } of this.ops) {
      const [from, to] = [inputs[0], outputs[0]];
      if (id === 'reshape' && from !== undefined && to !== undefined && found.has(this.groups.of(from))) {
        found.add(this.groups.of(to));
      }
    }
    for (const { id, inputs, outputs } of this.ops) {
      if (id === 'reshape') continue;
      const others = id === 'conv2d' || id === 'conv2d_weight_gradient' ? inputs.slice(1) : inputs;
      for (const value of [...others, ...outputs]) found.delete(this.groups.of(value));
    }
    return found;
  }

  private withFilters(forms: (Form | null)[], filters: ReadonlySet<number>): readonly Form[] | null {
    const pitches = new Map<number, number>();
    let fits = true;
    const meet = (filter: number | undefined, image: number | undefined) => {
      const pitch = forms[present(image, 'image')]?.pitch;
      const group = this.groups.of(present(filter, 'filters'));
      if (pitch === undefined) return;
      fits &&= (pitches.get(group) ?? pitch) === pitch; // one set of filters cannot suit two widths
      pitches.set(group, pitch);
    };
    for (const { id, inputs, outputs } of this.ops) {
      if (id === 'conv2d') meet(inputs[1], inputs[0]);
      if (id === 'conv2d_input_gradient') meet(inputs[1], outputs[0]);
      if (id === 'conv2d_weight_gradient') meet(outputs[0], inputs[0]);
    }
    for (const { id, inputs, outputs } of this.ops) {
      const [from, to] = [inputs[0], outputs[0]];
      if (id !== 'reshape' || from === undefined || to === undefined) continue;
      const [a, b] = [this.groups.of(from), this.groups.of(to)];
      if (filters.has(a) && filters.has(b)) {
        const pitch = pitches.get(a) ?? pitches.get(b);
        if (pitch !== undefined) pitches.set(a, pitch).set(b, pitch);
      }
    }
    if (!fits) return null;
    return forms.map((form, index) => {
      if (form !== null) return form;
      const { shape } = this.valueAt(index);
      return filtersForm(shape, pitches.get(this.groups.of(index)) ?? padded(shape[1] ?? 1));
    });
  }
}

/** True when both forms put every element of the same row-major order in the same place, in the same runs. */
export function liesTheSame(a: ProgramValue, formA: Form, b: ProgramValue, formB: Form): boolean {
  if (a.batched !== b.batched || formA.layout.rowStride !== formB.layout.rowStride) return false;
  if (formA.outer !== formB.outer || formA.n !== formB.n || formA.pitch !== formB.pitch) return false;
  if (formA.panel !== formB.panel) return false;
  const [places, others] = [placesOf(a.shape, formA.layout), placesOf(b.shape, formB.layout)];
  return places.length === others.length && places.every((place, i) => place === others[i]);
}
