/** Makes the ends of a network fit its data: input shape, output units, last activation, loss. */
import { analyze } from '../../src-core/analysis/analyze.ts';
import type { DataFacts, Problem } from '../../src-core/analysis/define.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';

/** Problems between network and data whose fix changes only the network's ends and the loss. */
const CODES: readonly string[] = [
  'data.input_size',
  'head.units',
  'training.loss_for_task',
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

/** The document with every such fix applied, in the order of the list above. */
export function fitNetwork(document: ProjectDocument, facts: DataFacts | undefined): ProjectDocument {
  let fitted = document;
  for (let round = 0; round < MOST_FIXES; round++) {
    const found = misfits(analyze(fitted, facts).problems);
    const [next] = [...found].sort((a, b) => CODES.indexOf(a.code) - CODES.indexOf(b.code));
    if (next?.fix === undefined) return fitted;
    fitted = next.fix.apply(fitted);
  }
  return fitted;
}
