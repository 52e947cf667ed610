/** `netloom predict`: outputs and classes for the rows of a CSV file. */
import { rowsForPrediction } from '../../src-core/datasets/new-rows.ts';
import { openWeights } from '../../src-core/formats/open-weights.ts';
import { predict as predictRows, type Predictions } from '../../src-core/trainer/predict.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { readBytes } from './inputs.ts';
import { deliver, jsonText } from './outputs.ts';

interface PredictFlags {
  readonly data: string;
  readonly out?: string;
  readonly json?: boolean;
}

export const predict: CommandDefinition = (program, around) => {
  program
    .command('predict')
    .description('outputs and classes for the rows of a CSV file')
    .argument('<weights>', 'weights file')
    .requiredOption('--data <file>', 'rows, with the columns the network was trained on')
    .option('--out <file>', 'write to this file instead of standard output')
    .option('--json', 'JSON instead of CSV')
    .action(
      exiting(around, async (weights: string, { data, out, json }: PredictFlags) => {
        const { model } = openWeights(await readBytes(weights));
        const rows = rowsForPrediction(await readBytes(data), model.encoding, { file: data });
        const predictions = predictRows(model, rows, 'fast');
        await deliver(json ? jsonText(asObject(predictions)) : asCsv(predictions), out, around);
        return EXIT.done;
      }),
    );
};

function rowsOf({ count, width, outputs }: Predictions): number[][] {
  return Array.from({ length: count }, (_, row) => Array.from(outputs.subarray(row * width, (row + 1) * width)));
}

function asObject(predictions: Predictions) {
  const { classes } = predictions;
  return { outputs: rowsOf(predictions), ...(classes.length > 0 && { classes }) };
}

/** Columns out0, out1, … and class where there are classes. */
function asCsv(predictions: Predictions): string {
  const { width, classes } = predictions;
  const hasClasses = classes.length > 0;
  const names = Array.from({ length: width }, (_, i) => `out${i}`);
  const lines = rowsOf(predictions).map((row, i) => {
    const numbers = row.map((value) => (Object.is(value, -0) ? '-0' : String(value)));
    return (hasClasses ? [...numbers, quoted(classes[i] ?? '')] : numbers).join(',');
  });
  return `${[(hasClasses ? [...names, 'class'] : names).join(','), ...lines].join('\n')}\n`;
}

/** A label as CSV has it: quoted where it holds a comma, a quote or a line end. */
function quoted(label: string): string {
  return /[",\r\n]/.test(label) ? `"${label.replaceAll('"', '""')}"` : label;
}
