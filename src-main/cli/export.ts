/** `netloom export`: a weights file in another format. */
import { Option } from 'commander';
import { openWeights } from '../../src-core/formats/open-weights.ts';
import { formats } from '../../src-core/formats/registry.ts';
import { present } from '../../src-core/lib/assert.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { readBytes } from './inputs.ts';
import { writeNamed } from './outputs.ts';

interface ExportFlags {
  readonly format: string;
  readonly out: string;
  readonly allowNonFinite?: boolean;
  readonly json?: boolean;
}

/** Options that every exporting command has. */
export const formatOption = () =>
  new Option('--format <name>', 'kind of file').choices(Object.keys(formats)).default('json');

export const exportCommand: CommandDefinition = (program, around) => {
  program
    .command('export')
    .description('write a weights file in another format')
    .argument('<weights>', 'weights file')
    .addOption(formatOption().makeOptionMandatory())
    .requiredOption('--out <file>', 'file to write')
    .option('--allow-non-finite', 'write NaN and infinities too')
    .option('--json', 'say what was written as JSON')
    .action(
      exiting(around, async (weights: string, { format, out, allowNonFinite = false, json = false }: ExportFlags) => {
        const { network } = openWeights(await readBytes(weights));
        const { write } = present(formats[format], format);
        await writeNamed(write(network, { allowNonFinite }), out, { json }, around);
        return EXIT.done;
      }),
    );
};
