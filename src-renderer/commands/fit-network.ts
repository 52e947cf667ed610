/** Makes the ends of a network fit its data: input shape, output units, last activation, loss. */
import { analyze } from '../../src-core/analysis/analyze.ts';
import type { DataFacts, Problem } from '../../src-core/analysis/define.ts';
import { setTraining } from '../../src-core/graph/edit.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { findLoss, lossId } from '../../src-core/losses/registry.ts';

/** Problems between network and data whose fix changes only the network's ends and the loss. */
const CODES: readonly string[] = [
  'data.input_size',
  'head.units',
  'training.loss_for_task',
  'training.loss_range',
  'head.activation',
  'head.regression',
  'head.softmax_one_unit',
];
/** One fix may uncover the next (a loss, then the activation it is made for); there are not more than these. */
const MOST_FIXES = 2 * CODES.length;

/** What does not fit and can be mended by itself. */
export function misfits(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ code, fix }) => CODES.includes(code) && fix !== undefined);
}

/** What belongs to a task when the loss there was meant for another. */
const USUAL_LOSS = {
  regression: 'mean_squared_error',
  binary: 'binary_cross_entropy',
  multiclass: 'cross_entropy',
} as const;

/** The document with the task's own loss and every such fix applied, in the order of the list above. */
export function fitNetwork(document: ProjectDocument, facts: DataFacts | undefined): ProjectDocument {
  let fitted = fitLoss(document, facts);
  for (let round = 0; round < MOST_FIXES; round++) {
    const found = misfits(analyze(fitted, facts).problems);
    const [next] = [...found].sort((a, b) => CODES.indexOf(a.code) - CODES.indexOf(b.code));
    if (next?.fix === undefined) return fitted;
    fitted = next.fix.apply(fitted);
  }
  return fitted;
}

/** A loss stays where the task is the one it is made for first; others work, but are rarely meant. */
function fitLoss(document: ProjectDocument, facts: DataFacts | undefined): ProjectDocument {
  const loss = findLoss(lossId(document.training.loss));
  if (facts === undefined || loss === undefined || loss.tasks[0] === facts.task) return document;
  return setTraining(document, { loss: USUAL_LOSS[facts.task] });
}
