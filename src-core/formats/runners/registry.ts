/** Runners: files without dependencies that load a weights file and predict. */
import { lower } from '../../compile/lower.ts';
import type { Graph } from '../../graph/model.ts';
import { javascriptRunner } from './javascript.ts';
import { pythonRunner } from './python.ts';

/** One language a runner can be had in. */
export interface RunnerDefinition {
  readonly label: string;
  /** Ending of its files, with the dot. */
  readonly extension: string;
  readonly text: string;
}

/** By the name that the command line takes. */
export const runners: Readonly<Record<string, RunnerDefinition>> = {
  js: { label: 'JavaScript', extension: '.mjs', text: javascriptRunner },
  python: { label: 'Python', extension: '.py', text: pythonRunner },
};

/** @param weights name of the weights file, which is to lie beside the runner */
export function runnerText(runner: RunnerDefinition, graph: Graph, weights: string): string {
  const norms = lower({ graph, noise: false, keepsNodes: true }).sections.predict.filter(
    ({ id, attributes }) => id === 'normalize_with' && attributes['axis'] === 'first',
  );
  return runner.text
    .replace('{WEIGHTS}', () => JSON.stringify(weights))
    .replace('{FIRST_AXIS}', () => JSON.stringify(norms.map(({ node }) => node)));
}
