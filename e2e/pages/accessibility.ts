/** What axe finds on a page. */
import axe from 'axe-core';
import type { Page } from '@playwright/test';

/** Problems that are serious or critical, each with where it is. */
export async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const page = globalThis as unknown as { axe: typeof axe };
    const { violations } = await page.axe.run(document);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
}
