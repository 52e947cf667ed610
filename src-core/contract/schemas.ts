/** Argument checks shared by the services: they guard the door, the inside trusts the types. */
import * as v from 'valibot';
import type { ProjectDocument } from '../graph/model.ts';
import { insightKinds } from './insights.ts';

const MAX_NAME = 200;

/** Shape only: whether the document makes sense is for analysis to say, with the node's name. */
export const documentSchema = v.custom<ProjectDocument>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    (value as { format?: unknown }).format === 'netloom-project' &&
    typeof (value as { graph?: unknown }).graph === 'object',
  'expected a netloom-project document',
);

export const nothing = v.strictObject({});
export const runIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/));
export const nameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME));
export const weightsChoiceSchema = v.picklist(['best', 'last']);
export const askedWeightsSchema = v.picklist(['current', 'best', 'last']);
/** A name that the caller chooses for one piece of long work, to watch it and to give it up. */
export const jobSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

const MAX_RESOLUTION = 200;
/** Two inputs and how finely the grid over them is to be drawn. */
export const boundaryViewSchema = v.strictObject({
  resolution: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(MAX_RESOLUTION)),
  x: v.pipe(v.number(), v.integer(), v.minValue(0)),
  y: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
/** As many cards as a canvas may show at once. */
const MAX_NODES = 1000;
/** A page of pictures. */
const MAX_UNITS = 256;
/** Nodes that are looked into, and the one whose weights are shown. */
export const watchedSchema = v.strictObject({
  nodes: v.pipe(v.array(v.string()), v.maxLength(MAX_NODES)),
  weights: v.nullable(v.string()),
  /** Units of one of the nodes that are to be seen beside the first, from number 0: a page of them. */
  units: v.optional(
    v.strictObject({
      node: v.string(),
      from: v.pipe(v.number(), v.integer(), v.minValue(0)),
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_UNITS)),
    }),
  ),
});
export const insightKindsSchema = v.pipe(v.array(v.picklist(insightKinds)), v.maxLength(insightKinds.length));
/** A name inside the app's own folder of uploaded data files: no folders, no dots at the start. */
export const dataFileSchema = v.pipe(v.string(), v.regex(/^[^/\\:\0.][^/\\:\0]{0,150}$/));
