/** `netloom predict`: outputs and classes for the rows of a CSV file, or for pictures. */
import { openWeights } from '../../src-core/formats/open-weights.ts';
import { predict as predictRows, type Predictions } from '../../src-core/trainer/predict.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { readBytes } from './inputs.ts';
import { rowsToPredict, type RowsToPredict } from './new-rows.ts';
import { deliver, jsonText } from './outputs.ts';

interface PredictFlags {
  readonly data: string;
  readonly out?: string;
  readonly json?: boolean;
}

export const predict: CommandDefinition = (program, around) => {
  program
    .command('predict')
    .description('outputs and classes for the rows of a CSV file, or for pictures')
    .argument('<weights>', 'weights file')
    .requiredOption('--data <file>', 'CSV with the columns trained on; a picture, a folder of pictures, an IDX file')
    .option('--out <file>', 'write to this file instead of standard output')
    .option('--json', 'JSON instead of CSV')
    .action(
      exiting(around, async (weights: string, { data, out, json }: PredictFlags) => {
        const { model } = openWeights(await readBytes(weights));
        const rows = await rowsToPredict(data, model.encoding);
        const predictions = predictRows(model, rows, 'fast');
        await deliver(json ? jsonText(asObject(predictions, rows)) : asCsv(predictions, rows), out, around);
        return EXIT.done;
      }),
    );
};

function rowsOf({ count, width, outputs }: Predictions): number[][] {
  return Array.from({ length: count }, (_, row) => Array.from(outputs.subarray(row * width, (row + 1) * width)));
}

function asObject(predictions: Predictions, { files }: RowsToPredict) {
  const { classes } = predictions;
  return { outputs: rowsOf(predictions), ...(classes.length > 0 && { classes }), ...(files && { files }) };
}

/** Columns out0, out1, …, class where there are classes, and file where every row is a file. */
function asCsv(predictions: Predictions, { files }: RowsToPredict): string {
  const { width, classes } = predictions;
  const texts = { ...(classes.length > 0 && { class: classes }), ...(files && { file: files }) };
  const names = [...Array.from({ length: width }, (_, i) => `out${i}`), ...Object.keys(texts)];
  const lines = rowsOf(predictions).map((row, i) => {
    const numbers = row.map((value) => (Object.is(value, -0) ? '-0' : String(value)));
    return [...numbers, ...Object.values(texts).map((column) => quoted(column[i] ?? ''))].join(',');
  });
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

/** A text as CSV has it: quoted where it holds a comma, a quote or a line end. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
