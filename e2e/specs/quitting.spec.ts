/** Ctrl-C in the terminal of the browser host: asked about while a run trains, and nothing is lost. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, projectRoot, runCli, test } from '../fixtures.ts';
import { addressOf } from '../hosts/browser.ts';
import { NetloomWindow } from '../pages/window.ts';

const hasTerminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;
const CTRL_C = '\x03';

test.use({ expectedConsole: /ERR_CONNECTION_REFUSED/ });
test('Ctrl-C asks while a run trains; a second one saves the run and ends', async ({ home, page, host }) => {
  test.skip(host === 'electron', 'Electron asks with a dialog of its own');
  test.skip(!hasTerminal, 'needs the program script, which gives a process a terminal');
  const command = `"${process.execPath}" "${join(projectRoot, 'out', 'main', 'serve.js')}"`;
  const terminal = spawn('script', ['-qec', command, '/dev/null'], {
    env: { ...process.env, NETLOOM_HOME: home, CI: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let printed = '';
  terminal.stdout.on('data', (data: Buffer) => (printed += data.toString()));
  const ended = once(terminal, 'exit');
  await page.goto(await addressOf(terminal));
  const window = new NetloomWindow(page);
  await window.isReady();
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '1000000');
  await window.button('Train').click();
  await expect.poll(() => window.epoch()).toBeGreaterThan(3);

  terminal.stdin.write(CTRL_C);
  await expect.poll(() => printed).toContain('A run is training.');
  terminal.stdin.write('\r');
  await expect.poll(() => printed).toContain('Netloom goes on.');
  const before = await window.epoch();
  await expect.poll(() => window.epoch()).toBeGreaterThan(before);

  terminal.stdin.write(CTRL_C);
  await expect.poll(() => printed.split('A run is training.').length).toBe(3);
  terminal.stdin.write(CTRL_C);
  expect(await ended).toEqual([130, null]);
  expect(printed).toContain('The run was saved');
  const [run] = JSON.parse(runCli(home, 'runs', 'list', '--json')) as { status: string; epoch: number }[];
  expect(run?.status).toBe('interrupted');
  expect(run?.epoch).toBeGreaterThanOrEqual(before);
});
