/** What a template is: a ready document to start from, listed in the palette and by `netloom templates`. */
import { PROJECT_FORMAT, PROJECT_VERSION, type ProjectDocument } from '../graph/model.ts';

export interface TemplateDefinition {
  /** Sentence case, as the palette shows it. */
  readonly label: string;
  /** One sentence: what it shows. */
  readonly summary: string;
  /** From easy to hard: lists show them by rising numbers. */
  readonly place: number;
  readonly document: ProjectDocument;
}

/** A template whose project bears its label. */
export function template(
  label: string,
  summary: string,
  parts: Pick<ProjectDocument, 'graph' | 'data' | 'training'> & Pick<TemplateDefinition, 'place'>,
): TemplateDefinition {
  const { place, graph, data, training } = parts;
  const document = { format: PROJECT_FORMAT, version: PROJECT_VERSION, name: label, graph, data, training } as const;
  return { label, summary, place, document };
}
