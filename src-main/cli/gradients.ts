/** `netloom gradients`: loss and the gradient of every trained parameter on the first batch, for comparison with other engines. */
import type { WeightsTensor } from '../../src-core/formats/define.ts';
import { openInitialWeights } from '../../src-core/formats/open-weights.ts';
import { numberText, tensorsText } from '../../src-core/formats/weights-write.ts';
import { firstBatchGradients } from '../../src-core/trainer/gradients.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { loadProjectData, openProject, problemsWith, readBytes, refuseErrors } from './inputs.ts';
import { deliver } from './outputs.ts';

interface GradientFlags {
  readonly weightsIn: string;
  readonly out?: string;
}

export const gradients: CommandDefinition = (program, around) => {
  program
    .command('gradients')
    .description('loss and gradients on the first batch, without noise, penalties or clipping')
    .argument('<project>', 'project file, or the name of a template')
    .requiredOption('--weights-in <file>', 'weights to take the gradients at')
    .option('--out <file>', 'write to this file instead of standard output')
    .option('--json', 'JSON (it always is)')
    .action(
      exiting(around, async (name: string, { weightsIn, out }: GradientFlags) => {
        const project = await openProject(name);
        const data = await loadProjectData(project);
        refuseErrors(problemsWith(project, data), around.log);
        const weights = openInitialWeights(await readBytes(weightsIn));
        const { loss, gradients: found } = firstBatchGradients(project.document, data, weights);
        const tensors = new Map<string, WeightsTensor>(
          [...found].map(([key, { shape, values }]) => [key, { shape, data: Float32Array.from(values) }]),
        );
        await deliver(`{\n  "loss": ${numberText(loss)},\n  "tensors": ${tensorsText(tensors)}\n}\n`, out, around);
        return EXIT.done;
      }),
    );
};
