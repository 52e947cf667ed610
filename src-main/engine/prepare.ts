/** Before a run: the document checked in full, its data loaded, and checked again with what the data turned out to be. */
import { analyze } from '../../src-core/analysis/analyze.ts';
import type { DataFacts } from '../../src-core/analysis/define.ts';
import { outputCountOf } from '../../src-core/analysis/outputs.ts';
import type { DataPlace } from '../../src-core/contract/engine.ts';
import type { LoadedData } from '../../src-core/datasets/define.ts';
import { loadData } from '../../src-core/datasets/load.ts';
import { targetRangeOf } from '../../src-core/datasets/target-range.ts';
import { readDocument } from '../../src-core/formats/project.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { trainingBytes } from '../../src-core/runtime/memory.ts';
import { readerOf } from './data-access.ts';
import { memoryHere } from './memory-here.ts';

export interface Prepared {
  readonly document: ProjectDocument;
  readonly data: LoadedData;
}

/** Rejects with AppError 'project.*', 'graph.problems', 'data.*'. */
export async function prepare(given: ProjectDocument, place: DataPlace): Promise<Prepared> {
  const document = readDocument(JSON.stringify(given));
  refuseProblems(document, undefined);
  const data = await loadData(document.data, readerOf(place), { outputs: () => outputCountOf(document) });
  refuseProblems(document, factsOf(data));
  return { document, data };
}

function refuseProblems(document: ProjectDocument, facts: DataFacts | undefined): void {
  const { problems } = analyze(document, facts, { memoryBytes: memoryHere(), planBytes: trainingBytes });
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first !== undefined) throw new AppError('graph.problems', { count: errors.length, first: first.message });
}

function factsOf(data: LoadedData): DataFacts {
  const { task, inputSize, targetSize, classes, training } = data;
  const counts = { inputSize, targetSize, classCount: classes.length, rowCount: training.count };
  return { task, classes, ...counts, ...targetRangeOf(data) };
}
