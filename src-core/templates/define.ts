/** What a template is: a ready document to start from, listed in the palette and by `netloom templates`. */
import type { ProjectDocument } from '../graph/model.ts';

export interface TemplateDefinition {
  /** Sentence case, as the palette shows it. */
  readonly label: string;
  /** One sentence: what it shows. */
  readonly summary: string;
  readonly document: ProjectDocument;
}
