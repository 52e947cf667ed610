/** `netloom evaluate`: loss, every metric and the confusion matrix on the rows of a CSV file, as JSON. */
import { rowsForEvaluation } from '../../src-core/datasets/new-rows.ts';
import { openWeights } from '../../src-core/formats/open-weights.ts';
import { evaluate as evaluateRows } from '../../src-core/trainer/predict.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { readBytes } from './inputs.ts';
import { jsonText } from './outputs.ts';

export const evaluate: CommandDefinition = (program, around) => {
  program
    .command('evaluate')
    .description('loss, metrics and confusion matrix on the rows of a CSV file, as JSON')
    .argument('<weights>', 'weights file')
    .requiredOption('--data <file>', 'rows, with the columns of inputs and target')
    .option('--json', 'JSON (it always is)')
    .action(
      exiting(around, async (weights: string, { data }: { data: string }) => {
        const { model } = openWeights(await readBytes(weights));
        const rows = rowsForEvaluation(await readBytes(data), model.encoding, { file: data });
        const { loss, metrics, classes, confusion } = evaluateRows(model, rows, 'fast');
        const byClass = confusion === null ? {} : { classes, confusion_matrix: confusion };
        around.print(jsonText({ rows: rows.count, loss, ...metrics, ...byClass }));
        return EXIT.done;
      }),
    );
};
