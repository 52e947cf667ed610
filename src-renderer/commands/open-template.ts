/** Opens a ready project in place of the present one. */
import type { TemplateDefinition } from '../../src-core/templates/define.ts';
import type { AppState } from '../state/app.svelte.ts';
import { offerBack } from './offer-back.ts';

export async function openTemplate(app: AppState, template: TemplateDefinition): Promise<void> {
  const before = app.project.snapshot;
  app.project.open(template.document, { saved: true });
  await offerBack(app, before, template.label);
}
