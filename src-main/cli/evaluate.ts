/** `netloom evaluate`: loss, every metric and the confusion matrix on the rows of a CSV file or on pictures, as JSON. */
import { openWeights } from '../../src-core/formats/open-weights.ts';
import { evaluate as evaluateRows } from '../../src-core/trainer/predict.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { readBytes } from './inputs.ts';
import { rowsToEvaluate } from './new-rows.ts';
import { jsonText } from './outputs.ts';

export const evaluate: CommandDefinition = (program, around) => {
  program
    .command('evaluate')
    .description('loss, metrics and confusion matrix on the rows of a CSV file or on pictures, as JSON')
    .argument('<weights>', 'weights file')
    .requiredOption(
      '--data <file>',
      'CSV with inputs and target; a folder with a sub-folder for each class; an IDX file',
    )
    .option('--labels <file>', 'labels of an IDX file; else the one beside it by MNIST’s name')
    .option('--json', 'JSON (it always is)')
    .action(
      exiting(around, async (weights: string, { data, labels }: { data: string; labels?: string }) => {
        const { model } = openWeights(await readBytes(weights));
        const rows = await rowsToEvaluate(data, model.encoding, labels);
        const { loss, metrics, classes, confusion } = evaluateRows(model, rows, 'fast');
        const byClass = confusion === null ? {} : { classes, confusion_matrix: confusion };
        around.print(jsonText({ rows: rows.count, loss, ...metrics, ...byClass }));
        return EXIT.done;
      }),
    );
};
