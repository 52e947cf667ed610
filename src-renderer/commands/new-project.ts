/** An empty canvas with an input and an output, on the data and settings of the open document. */
import { withGraph } from '../../src-core/graph/edit.ts';
import type { GraphNode } from '../../src-core/graph/model.ts';
import { offerBack } from './offer-back.ts';
import type { Command } from './define.ts';

const INPUT: GraphNode = { id: 'in', type: 'input', params: { shape: [2] }, position: { x: 0, y: 0 } };
const OUTPUT: GraphNode = { id: 'y', type: 'output', params: {}, position: { x: 440, y: 0 } };

export const newProject: Command = {
  label: 'New empty project',
  group: 'Project',
  run: async (app) => {
    const { project, data } = app;
    const before = project.snapshot;
    const inputs = data.facts?.inputSize;
    const input = inputs === undefined ? INPUT : { ...INPUT, params: { shape: [inputs] } };
    const empty = withGraph({ ...before.document, name: 'Untitled' }, { nodes: [input, OUTPUT], edges: [] });
    project.open(empty, { saved: false });
    await offerBack(app, before, 'an empty project');
  },
};
