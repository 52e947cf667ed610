/** A data folder that cannot be written: the window says so, shows what was kept before, and trains all the same. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, projectRoot, runCli, test } from '../fixtures.ts';
import { addressOf } from '../hosts/browser.ts';
import { NetloomWindow } from '../pages/window.ts';

/** Mounting needs a user namespace of its own, which some machines forbid. */
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

test.use({ expectedConsole: /ERR_CONNECTION_REFUSED/ });
test('on a read-only disk old runs are shown, and new ones train without being kept', async ({ home, page, host }) => {
  test.skip(host === 'electron', 'the shells share this code; its own window is opened elsewhere');
  test.skip(!canMount, 'needs unshare -rm to mount a folder read-only');
  runCli(home, 'train', 'two-spirals', '--epochs', '3');
  const mount = `mount --bind '${home}' '${home}' && mount -o remount,ro,bind '${home}'`;
  const command = `${mount} && exec '${process.execPath}' '${join(projectRoot, 'out', 'main', 'serve.js')}'`;
  const server = spawn('unshare', ['-rm', 'bash', '-c', command], {
    env: { ...process.env, NETLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await page.goto(await addressOf(server));
  const window = new NetloomWindow(page);
  await window.isReady();
  await expect(page.getByText('The data folder cannot be written')).toBeVisible();
  await window.showPanel('Runs');
  const runs = page.getByRole('list', { name: 'Stored runs' });
  await expect(runs.getByRole('listitem')).toHaveCount(1);
  await window.button('Train').click();
  await expect.poll(() => window.epoch()).toBeGreaterThan(3);
  await expect(runs.getByRole('listitem')).toHaveCount(2);
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
  expect((JSON.parse(runCli(home, 'runs', 'list', '--json')) as unknown[]).length).toBe(1);
});
