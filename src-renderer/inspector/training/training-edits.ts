/** Changes of the training part, each as a new document: keys at their default are left out of the file. */
import { setTraining } from '../../../src-core/graph/edit.ts';
import { findSchedule } from '../../../src-core/schedules/registry.ts';
import type { Json, JsonObject, ProjectDocument } from '../../../src-core/graph/model.ts';

/** Sets one key below a part such as `regularization`; a part without keys goes away. */
export function setPartKey(
  document: ProjectDocument,
  part: string,
  key: string,
  value: Json | undefined,
): ProjectDocument {
  const before = document.training[part];
  const own = isObject(before) ? before : {};
  const entries = Object.entries({ ...own, [key]: value }).filter(([, item]) => item !== undefined);
  return setTraining(document, { [part]: entries.length === 0 ? undefined : Object.fromEntries(entries) });
}

/** Another optimizer, with its own defaults: numbers tuned for the one before would mislead. */
export function setOptimizerType(document: ProjectDocument, type: string): ProjectDocument {
  return setTraining(document, { optimizer: { type } });
}

export function setOptimizerKey(document: ProjectDocument, key: string, value: Json | undefined): ProjectDocument {
  const { type, ...rest } = document.training.optimizer;
  const own = Object.entries({ ...rest, [key]: value }).filter(([, item]) => item !== undefined);
  return setTraining(document, { optimizer: { type, ...Object.fromEntries(own) } });
}

/** A schedule as the form gives it, by name or with its keys; files always hold an object, and none for `constant`. */
export function setSchedule(document: ProjectDocument, value: Json | undefined): ProjectDocument {
  if (typeof value === 'string') return setTraining(document, { schedule: startSchedule(value) });
  const isConstant = !isObject(value) || value['type'] === 'constant';
  return setTraining(document, { schedule: isConstant ? undefined : value });
}

/** A schedule just chosen: keys without a default begin where its declaration says. */
function startSchedule(type: string): JsonObject | undefined {
  if (type === 'constant') return undefined;
  const fields = Object.entries(findSchedule(type)?.fields ?? {});
  const needed = fields.filter(([, field]) => field.default === undefined && field.initial !== undefined);
  return { type, ...Object.fromEntries(needed.map(([key, field]) => [key, field.initial])) };
}

/** One key of the loss: a name alone becomes {"type": name, …}, and a name again with its last key. */
export function setLossKey(document: ProjectDocument, key: string, value: Json | undefined): ProjectDocument {
  const { loss } = document.training;
  const { type, ...rest } = isObject(loss) ? loss : { type: loss };
  const own = Object.entries({ ...rest, [key]: value }).filter(([, item]) => item !== undefined);
  return setTraining(document, { loss: own.length === 0 ? type : { type, ...Object.fromEntries(own) } });
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
