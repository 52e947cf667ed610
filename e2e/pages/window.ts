/** The window in a user's words: what can be pressed, dragged and read in it. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface Place {
  readonly x: number;
  readonly y: number;
}

async function middleOf(locator: Locator): Promise<Place> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`not on screen: ${locator.toString()}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export interface TakenFile {
  readonly name: string;
  readonly text: string;
  readonly bytes: Uint8Array;
}
/** Presses what makes a file and gives it: a download in the browser, what the save dialog led to in Electron. */
export type TakeFile = (press: () => Promise<void>) => Promise<TakenFile>;

/** Presses what opens a project and answers the system's dialog with the file. */
export type GiveProject = (file: string, press: () => Promise<void>) => Promise<void>;

const noFiles: TakeFile = () => Promise.reject(new Error('this window was opened without a way to take files'));

export class NetloomWindow {
  readonly page: Page;
  private readonly takeFile: TakeFile;
  private readonly giveProject: GiveProject;

  /** @param giveProject absent: the page asks with a chooser of its own */
  constructor(page: Page, takeFile: TakeFile = noFiles, giveProject?: GiveProject | null) {
    this.page = page;
    this.takeFile = takeFile;
    this.giveProject = giveProject ?? ((file, press) => this.chooseFile(file, press));
  }

  async isReady(): Promise<void> {
    await expect(this.button('Train')).toBeEnabled({ timeout: 20_000 });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).first();
  }

  /** A card on the canvas, by the node's id. */
  node(id: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^(?!Wire ).+ ${id}, `) });
  }

  nodes(): Locator {
    return this.page.getByRole('application').getByRole('group', { name: /, output / });
  }

  wire(from: string, to: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^Wire from ${from} to ${to},`) });
  }

  /** The shape written on a wire: where a person drops a layer to insert it. */
  wireLabel(from: string, to: string): Locator {
    return this.wire(from, to);
  }

  /** The line that says that another tab edits; absent in the tab that does. */
  watching(): Locator {
    return this.page.getByRole('status', { name: 'Watching' });
  }

  async placeOf(id: string): Promise<Place> {
    return middleOf(this.node(id));
  }

  canvas(): Locator {
    return this.page.getByRole('application');
  }

  /** From the project menu. */
  async chooseProjectCommand(name: string): Promise<void> {
    await this.button(/^Project /).click();
    const entry = new RegExp(`^${name}…?( \\S+)?$`); // after it stand the keys
    await this.page.getByRole('menuitem', { name: entry }).click();
  }

  async chooseTemplate(label: string): Promise<void> {
    await this.chooseProjectCommand('New from template');
    await this.page.getByRole('dialog', { name: 'New from template' }).getByRole('button', { name: label }).click();
  }

  /** From the menu beside Train. */
  async chooseRunCommand(name: string): Promise<void> {
    await this.button('More ways to run').click();
    await this.page.getByRole('menuitem', { name }).click();
  }

  /** Drags a layer from the palette to a place of the canvas, given as shares of its width and height. */
  async dragLayer(label: string, share: Place): Promise<void> {
    const box = await this.canvas().boundingBox();
    if (box === null) throw new Error('no canvas');
    await this.page
      .getByRole('complementary', { name: 'layers panel' })
      .getByRole('button', { name: label, exact: true })
      .dragTo(this.canvas(), { targetPosition: { x: box.width * share.x, y: box.height * share.y } });
  }

  async dragLayerOnto(label: string, target: Locator): Promise<void> {
    const canvas = await this.canvas().boundingBox();
    const middle = await middleOf(target);
    if (canvas === null) throw new Error('no canvas');
    await this.page
      .getByRole('complementary', { name: 'layers panel' })
      .getByRole('button', { name: label, exact: true })
      .dragTo(this.canvas(), { targetPosition: { x: middle.x - canvas.x, y: middle.y - canvas.y } });
  }

  /** Pulls a wire from the output of one node to the input of another. */
  async connect(from: string, to: string): Promise<void> {
    const start = await middleOf(this.page.getByRole('button', { name: `Output of ${from}`, exact: true }));
    const end = await middleOf(this.page.getByRole('button', { name: `Input of ${to}`, exact: true }));
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
    await this.page.mouse.move(end.x, end.y, { steps: 4 });
    await this.page.mouse.up();
    await expect(this.wire(from, to)).toHaveCount(1);
  }

  async select(id: string): Promise<void> {
    await this.node(id).click();
    await this.page.getByRole('tab', { name: 'Layer' }).click();
  }

  /** A number or text in the inspector or the data panel. */
  async fill(label: string, value: string): Promise<void> {
    const box = this.page.getByRole('textbox', { name: label, exact: true });
    await box.fill(value);
    await box.press('Enter');
  }

  async choose(label: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: label, exact: true }).selectOption({ label: option });
  }

  async showPlot(name: string): Promise<void> {
    await this.page.getByRole('complementary', { name: 'Plots' }).getByRole('tab', { name, exact: true }).click();
  }

  async showPanel(name: 'Layers' | 'Data' | 'Runs' | 'Lessons'): Promise<void> {
    const button = this.page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name, exact: true });
    if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
  }

  async bringInCsv(file: string): Promise<void> {
    await this.showPanel('Data');
    await this.button('CSV file').click();
    await this.chooseFile(file, () => this.button('Choose file').click());
  }

  async openProject(file: string): Promise<void> {
    await this.giveProject(file, () => this.chooseProjectCommand('Open project'));
  }

  private async chooseFile(file: string, press: () => Promise<void>): Promise<void> {
    const waiting = this.page.waitForEvent('filechooser');
    await press();
    await (await waiting).setFiles(file);
  }

  /** Connected, whether or not something is being trained. */
  async isConnected(): Promise<void> {
    await expect(this.page.getByRole('group', { name: 'Training' })).toBeVisible({ timeout: 20_000 });
  }

  /** Finished epochs, as the top bar counts them. */
  async epoch(): Promise<number> {
    const text = await this.page.getByRole('banner').locator('.epoch').textContent();
    return Number(/(\d+)\//.exec(text ?? '')?.[1]);
  }

  /** The live region that a screen reader hears. */
  trainingState(): Locator {
    return this.page.getByRole('status', { name: 'Training state' });
  }

  async trainToTheEnd(): Promise<void> {
    await this.button('Train').click();
    await expect(this.trainingState()).toContainText(/finished|stopped/i, { timeout: 80_000 });
  }

  /** Asks the predict panel about rows one after another and keeps the answers: its table has them newest first. */
  async predict(rows: readonly Readonly<Record<string, number>>[]): Promise<string[][]> {
    await this.showPlot('Predict');
    const panel = this.page.getByRole('tabpanel', { name: 'Predict' });
    for (const row of rows) {
      for (const [name, value] of Object.entries(row)) {
        await panel.getByRole('textbox', { name, exact: true }).fill(String(value));
      }
      const kept = await panel.getByText(/^\d+ kept/).count();
      const before = kept === 0 ? 0 : Number.parseInt((await panel.getByText(/^\d+ kept/).textContent()) ?? '', 10);
      await panel.getByRole('button', { name: 'Keep answer' }).click();
      await expect(panel.getByText(`${before + 1} kept`)).toBeVisible();
    }
    await this.button('Show as table').click();
    const lines = panel.getByRole('row');
    await expect(lines).toHaveCount(rows.length + 1);
    const answers = await lines.all();
    return Promise.all(
      answers
        .slice(1)
        .reverse()
        .map((line) => line.getByRole('cell').allTextContents()),
    );
  }

  /** Presses what makes a file, and gives its text. */
  async textOfDownload(press: () => Promise<void>): Promise<TakenFile> {
    return this.takeFile(press);
  }
}
