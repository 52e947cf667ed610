/** Everything that can be said about a document without running it: shapes, counts, and all problems at once. */
import type { GraphNode, ProjectDocument } from '../graph/model.ts';
import { topologicalOrder } from '../graph/order.ts';
import { countParameters, reportOf } from './counts.ts';
import { checkData } from './data.ts';
import type { Analysis, DataFacts } from './define.ts';
import { factsOf } from './facts.ts';
import { checkHead } from './head.ts';
import { checkMemory, type PlanBytes } from './memory.ts';
import { offerWires } from './missing-wires.ts';
import type { Network } from './network.ts';
import { ProblemList } from './problems.ts';
import { checkNodes, inferShapes } from './shapes.ts';
import { checkSettings } from './settings.ts';
import { checkTraining } from './training.ts';
import { checkWiring } from './wiring.ts';

export interface AnalyzeOptions {
  /** Memory of the machine; training may take half of it. Default 8 GB. */
  readonly memoryBytes?: number;
  /** Bytes of the engine's plan, from whoever may ask the engine; without it they are estimated from shapes. */
  readonly planBytes?: PlanBytes;
}

/**
 * @param data what is known about the loaded rows; without it the document's own data part is asked
 * @returns never throws for what a document holds: whatever is wrong is among `problems`
 */
export function analyze(document: ProjectDocument, data?: DataFacts, options: AnalyzeOptions = {}): Analysis {
  const problems = new ProblemList();
  const { graph } = document;
  const nodes = new Map<string, GraphNode>(graph.nodes.map((node) => [node.id, node]));
  const wiring = checkWiring(graph, problems);
  const sound = checkNodes(graph.nodes, problems);
  const order = wiring.cycle === null ? topologicalOrder(graph).filter((id) => wiring.fed.has(id)) : [];
  const shapes = inferShapes({ nodes, order, inputs: wiring.inputs, sound, problems });
  offerWires({ nodes, wiring, shapes }, problems);
  const summaries = [...shapes.values()].flatMap(({ summary }) => summary ?? []);
  const parameterCount = summaries.reduce((sum, summary) => sum + countParameters(summary), 0);
  const network: Network = { document, nodes, wiring, order, shapes, parameterCount };
  checkTraining(document.training, problems);
  checkData(document.data, problems);
  const facts = factsOf(document.data, data);
  checkHead(network, facts, problems);
  checkSettings(network, facts, problems);
  const memoryBytes = checkMemory(network, facts, options, problems);
  return {
    nodes: Object.fromEntries(graph.nodes.map(({ id }) => [id, reportOf(id, shapes.get(id) ?? { inputs: [] })])),
    order,
    problems: problems.all,
    parameterCount,
    flops: summaries.reduce((sum, { flops }) => sum + flops, 0),
    memoryBytes,
  };
}
