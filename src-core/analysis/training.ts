/** Checks every key of the training part by itself: names, types and ranges. */
import type { TrainingSpec } from '../graph/model.ts';
import { checkField, checkFields, isObject, ownEntry, resolveParams, showValue } from '../lib/fields-check.ts';
import type { Fields, NumberField } from '../lib/fields.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { findLoss, lossId, losses } from '../losses/registry.ts';
import { findOptimizer, optimizers } from '../optimizers/registry.ts';
import { findSchedule, schedules } from '../schedules/registry.ts';
import type { Fix } from './define.ts';
import { fieldFix, setTrainingFix } from './fixes.ts';
import { nearestName } from './names.ts';
import type { ProblemList } from './problems.ts';
import {
  BATCH_SIZE,
  CLIP_FIELDS,
  EARLY_STOPPING_FIELDS,
  METHODS,
  REGULARIZATION_FIELDS,
  TRAINING_FIELDS,
} from './training-fields.ts';

const CLASS_WEIGHT: NumberField = { kind: 'number', label: 'Weight', help: 'Weight of a class.', min: 0 };

export function checkTraining(training: TrainingSpec, problems: ProblemList): void {
  checkPart(TRAINING_FIELDS, training, 'training', problems);
  checkPart(methodFields(training), training, 'training', problems);
  checkBatchSize(training.batch_size, problems);
  checkLoss(training, problems);
  const { optimizer, schedule } = training;
  checkTyped(optimizer, 'optimizer', findOptimizer(optimizer.type)?.fields, Object.keys(optimizers), problems);
  if (schedule !== undefined) {
    checkTyped(schedule, 'schedule', findSchedule(schedule.type)?.fields, Object.keys(schedules), problems);
  }
  checkObject(training.regularization, 'regularization', REGULARIZATION_FIELDS, problems);
  checkObject(training.gradient_clip, 'gradient_clip', CLIP_FIELDS, problems);
  checkEarlyStopping(training.early_stopping, problems);
  checkClassWeights(training.class_weights, problems);
}

/** Rows of a full training batch; undefined for "full" without known rows, or where the key is wrong. */
export function batchRows({ batch_size: size = 32 }: TrainingSpec, rows: number | undefined): number | undefined {
  if (size === 'full') return rows;
  return Number.isSafeInteger(size) && size >= 1 ? size : undefined;
}

/** A key of the optimizer with its default; undefined where the optimizer is unknown or has no such number. */
export function optimizerNumber({ optimizer }: TrainingSpec, key: string): number | undefined {
  const fields = findOptimizer(optimizer.type)?.fields;
  const value = fields && resolveParams(fields, optimizer)[key];
  return typeof value === 'number' ? value : undefined;
}

function methodFields({ method = 'gradient' }: TrainingSpec): Fields {
  return ownEntry<Fields>(METHODS, method) ?? {};
}

/** Fields that stand directly in the training part. */
function checkPart(fields: Fields, spec: JsonObject, place: string, problems: ProblemList): void {
  problems.fields(checkFields(fields, spec, place), undefined, ({ path }) => {
    const key = path.slice(place.length + 1);
    return fieldFix({ fields, key, found: ownEntry(spec, key), set: (value) => setTrainingFix(key, value) });
  });
}

/** Fields of an object below the training part. */
function checkObject(spec: JsonObject | undefined, key: string, fields: Fields, problems: ProblemList): void {
  if (spec === undefined) return;
  problems.fields(checkFields(fields, spec, `training.${key}`), undefined, ({ path }) => {
    const inner = path.slice(`training.${key}.`.length);
    const set = (value: Json): Fix => nestedFix(key, spec, inner, value);
    return fieldFix({ fields, key: inner, found: ownEntry(spec, inner), set });
  });
}

function nestedFix(key: string, spec: JsonObject, inner: string, value: Json): Fix {
  const fix = setTrainingFix(key, { ...spec, [inner]: value });
  return { ...fix, label: setTrainingFix(inner, value).label };
}

function checkBatchSize(value: Json | undefined, problems: ProblemList): void {
  if (value === 'full') return;
  const [found] = checkField(BATCH_SIZE, value, 'training.batch_size');
  if (found === undefined) return;
  const fix = setTrainingFix('batch_size', BATCH_SIZE.default ?? 'full');
  const expected = `a whole number from ${BATCH_SIZE.min} to ${BATCH_SIZE.max}, or "full"`;
  const detail = { where: found.path, expected, found: showValue(value) };
  problems.error(found.code === 'field.type' ? 'field.type' : 'field.range', detail, { path: found.path, fix });
}

function checkTyped(
  spec: JsonObject & { readonly type: string },
  key: string,
  fields: Fields | undefined,
  known: readonly string[],
  problems: ProblemList,
): void {
  if (fields !== undefined) {
    checkObject(spec, key, fields, problems);
    return;
  }
  reportName(spec.type, `training.${key}.type`, known, problems, (name) => nestedFix(key, spec, 'type', name));
}

function checkLoss(training: TrainingSpec, problems: ProblemList): void {
  const { loss } = training;
  const id = lossId(loss);
  const fields = findLoss(id)?.fields;
  if (fields === undefined) {
    reportName(id, 'training.loss', Object.keys(losses), problems, (name) => setTrainingFix('loss', name));
  } else if (isObject(loss)) checkObject(loss, 'loss', fields, problems);
}

function reportName(
  name: string,
  path: string,
  known: readonly string[],
  problems: ProblemList,
  set: (name: string) => Fix,
): void {
  const near = nearestName(name, known);
  const detail = { where: path, expected: `one of ${known.join(', ')}`, found: showValue(name) };
  problems.error('field.unknown_name', detail, { path, fix: near === undefined ? undefined : set(near) });
}

function checkEarlyStopping(spec: JsonObject | undefined, problems: ProblemList): void {
  checkObject(spec, 'early_stopping', EARLY_STOPPING_FIELDS, problems);
  const monitor = spec && ownEntry(spec, 'monitor');
  if (monitor === undefined || typeof monitor === 'string') return; // which name is checked where the task is known
  const path = 'training.early_stopping.monitor';
  const detail = { where: path, expected: 'a name of the history such as val_loss', found: showValue(monitor) };
  problems.error('field.type', detail, { path });
}

function checkClassWeights(weights: JsonObject | undefined, problems: ProblemList): void {
  if (!isObject(weights)) return;
  for (const [label, weight] of Object.entries(weights)) {
    problems.fields(checkField(CLASS_WEIGHT, weight, `training.class_weights.${label}`));
  }
}
