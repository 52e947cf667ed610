/** The plain scripts that people start: the right Node, Electron where it can be had, one clear line where something cannot. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronPath, ensureElectron, whyNoWindow } from '../../../src-main/electron-binary.mjs';
import { findNode24 } from '../../../src-main/node24.mjs';
import { projectRoot, startScript } from '../../helpers/run-script.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'netloom-launch-'));
const write = (file: string, text: string): void => {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
};

/** A folder in which npm has installed a Node of this version. */
function withNode(version: string): string {
  const folder = newFolder();
  write(join(folder, 'node_modules', 'node', 'package.json'), JSON.stringify({ version }));
  write(join(folder, 'node_modules', 'node', 'bin', 'node'), '');
  return folder;
}

describe('the Node to run on', () => {
  it.each(['24.0.0', '24.21.0', '26.1.0'])('is the present one when it is %s', (version) => {
    expect(findNode24({ version, folder: newFolder() })).toStrictEqual({ path: process.execPath, problem: '' });
  });

  it.each(['20.20.2', '22.13.1', '22.14.0', '23.9.0'])('is the installed one when the present one is %s', (version) => {
    const folder = withNode('24.21.0');
    expect(findNode24({ version, folder }).path).toBe(join(folder, 'node_modules', 'node', 'bin', 'node'));
  });

  it.each([
    ['nothing is installed', newFolder()],
    ['an old one is installed', withNode('22.14.0')],
  ])('is missing when %s, and one line says what to do', (_what, folder) => {
    expect(findNode24({ version: '20.20.2', folder })).toStrictEqual({
      path: null,
      problem: `Netloom needs Node 24 or newer and this is Node 20.20.2. Run "npm install" in ${folder}: it brings its own copy.`,
    });
  });

  const systemNode = '/usr/bin/node';
  const systemVersion = existsSync(systemNode)
    ? spawnSync(systemNode, ['--version'], { encoding: 'utf8' }).stdout.trim()
    : '';
  const isOld = /^v(20|22)\./.test(systemVersion);
  it.skipIf(!isOld)(`a real older one (${systemVersion || 'none here'}) says so in one line and ends with 1`, () => {
    const folder = newFolder();
    for (const name of ['node24', 'build', 'build-kernels', 'start', 'netloom', 'electron-binary']) {
      cpSync(join(projectRoot, 'src-main', `${name}.mjs`), join(folder, 'src-main', `${name}.mjs`));
    }
    for (const script of ['start.mjs', 'netloom.mjs', 'build.mjs']) {
      const { status, stderr, stdout } = spawnSync(systemNode, [join(folder, 'src-main', script)], {
        encoding: 'utf8',
      });
      const expected =
        script === 'build.mjs'
          ? /^Netloom is not built and its build tools are not installed: run "npm install" first\.\n$/
          : /^Netloom needs Node 24 or newer and this is Node \d+\.\d+\.\d+\. Run "npm install" in .*: it brings its own copy\.\n$/;
      expect([status, stdout]).toStrictEqual([1, '']);
      expect(stderr).toMatch(expected);
    }
  });
});

describe('a window', () => {
  it.each([
    ['linux', {}, 'there is no display'],
    ['linux', { DISPLAY: '' }, 'there is no display'],
    ['linux', { DISPLAY: ':0' }, ''],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ''],
    ['linux', { DISPLAY: ':0', CI: '1' }, 'this is an automated run (CI is set)'],
    ['darwin', {}, ''],
    ['win32', {}, ''],
    ['darwin', { CI: 'true' }, 'this is an automated run (CI is set)'],
  ] as const)('on %s with %j: %j', (platform, env, why) => {
    expect(whyNoWindow({ platform, env })).toBe(why);
  });
});

describe("Electron's program", () => {
  const withElectron = (installer: string): string => {
    const folder = newFolder();
    write(join(folder, 'node_modules', 'electron', 'package.json'), '{}');
    write(join(folder, 'node_modules', 'electron', 'install.js'), installer);
    return folder;
  };
  const unreachable = { PATH: process.env['PATH'], ELECTRON_MIRROR: 'http://127.0.0.1:1/' };
  const installs = `const {mkdirSync,writeFileSync}=require('fs');mkdirSync(__dirname+'/dist');writeFileSync(__dirname+'/dist/electron','');writeFileSync(__dirname+'/path.txt','electron');`;

  it('is not there without its package', () => {
    expect(electronPath({ folder: newFolder() })).toStrictEqual({
      path: null,
      why: 'the electron package is not installed',
      dir: null,
    });
  });

  it('is found where its package says, and not before it was downloaded', () => {
    const folder = withElectron(installs);
    const dir = join(folder, 'node_modules', 'electron');
    expect(electronPath({ folder, env: {} })).toStrictEqual({
      path: null,
      why: 'its program has not been downloaded',
      dir,
    });
    write(join(dir, 'path.txt'), 'electron');
    expect(electronPath({ folder, env: {} }).path).toBeNull();
    write(join(dir, 'dist', 'electron'), '');
    expect(electronPath({ folder, env: {} })).toStrictEqual({ path: join(dir, 'dist', 'electron'), why: '', dir });
  });

  it('that cannot be downloaded without a network is told in a few words, without a stack trace', async () => {
    const folder = withElectron('throw new Error("fetch failed")');
    const { path, why } = await ensureElectron({ env: unreachable, folder });
    expect([path, why]).toStrictEqual([null, 'Electron could not be downloaded: its server cannot be reached']);
  });

  it('comes from its own cache where there is no network', async () => {
    const folder = withElectron(installs);
    expect((await ensureElectron({ env: unreachable, folder })).path).toBe(
      join(folder, 'node_modules', 'electron', 'dist', 'electron'),
    );
  });

  it('whose installer fails although the server answers: its first line is the reason', async () => {
    const server = createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const env = {
      PATH: process.env['PATH'],
      ELECTRON_MIRROR: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    };
    const folder = withElectron('console.error("no space left on device\\n  at somewhere"); process.exit(1)');
    const { why } = await ensureElectron({ env, folder });
    server.close();
    expect(why).toBe('Electron could not be downloaded: no space left on device');
  });
});

describe('npm start without a display', () => {
  const start = (home: string, ...args: string[]) =>
    startScript(process.execPath, [join(projectRoot, 'src-main', 'start.mjs'), ...args], {
      NETLOOM_HOME: home,
      DISPLAY: undefined,
      WAYLAND_DISPLAY: undefined,
    });
  const address = /(http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)/;

  it.skipIf(process.platform !== 'linux')(
    'says why and where in one line, lets one browser in, and ends with 0 after Ctrl-C',
    { timeout: 120_000 },
    async () => {
      const host = start(newFolder());
      const [, url = ''] = await host.seen(address);
      const statuses = [
        (await fetch(url, { redirect: 'manual' })).status,
        (await fetch(url, { redirect: 'manual' })).status,
      ];
      host.pressCtrlC();
      const { code, stdout } = await host.finished;
      expect(stdout).toMatch(
        /^No Electron window here \(there is no display\); Netloom is in the browser: http:\/\/127\.0\.0\.1:\d+\/\?token=\S{43}\n$/,
      );
      expect([code, statuses]).toStrictEqual([0, [303, 401]]);
    },
  );

  it('refuses a folder that another host has, names that host, and ends with 1', { timeout: 120_000 }, async () => {
    const home = newFolder();
    const first = start(home, '--browser');
    await first.seen(address);
    const second = await start(home, '--browser').finished;
    expect([second.code, second.stdout]).toStrictEqual([1, '']);
    expect(second.stderr).toMatch(
      /^.*: already open in another Netloom \(browser, process \d+\); use that window or close it first\n$/,
    );
    first.child.kill('SIGTERM');
    await first.finished;
  });

  it('the host ends when the script that started it is killed', { timeout: 120_000 }, async () => {
    const host = start(newFolder(), '--browser');
    const [, url = ''] = await host.seen(address);
    host.child.kill('SIGKILL');
    await host.finished; // its output closes when the last process that writes to it has ended
    await expect(fetch(url)).rejects.toThrow();
  });

  it.each([
    ['--port=99999', /--port/],
    ['--port=x', /--port/],
    ['--unknown', /--unknown/],
  ])('%s is one line and exit code 2', { timeout: 120_000 }, async (argument, named) => {
    const { code, stdout, stderr } = await start(newFolder(), '--browser', argument).finished;
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toMatch(named);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('a port that is taken is one line and exit code 1', { timeout: 120_000 }, async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await start(newFolder(), '--browser', `--port=${port}`).finished;
    server.close();
    expect([code, stderr]).toStrictEqual([
      1,
      `port ${port}: it is taken or not allowed; choose another with --port, or none for any free one\n`,
    ]);
  });
});

describe.skipIf(process.platform === 'win32')('npm start with an Electron', () => {
  /** An Electron that does this and nothing else. */
  const startWith = (script: string, ...args: string[]) => {
    const dist = newFolder();
    write(join(dist, 'electron'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(dist, 'electron'), 0o755);
    const env = {
      NETLOOM_HOME: newFolder(),
      ELECTRON_OVERRIDE_DIST_PATH: dist,
      DISPLAY: ':99',
      CI: undefined,
      ELECTRON_RUN_AS_NODE: '1',
    };
    return startScript(process.execPath, [join(projectRoot, 'src-main', 'start.mjs'), ...args], env);
  };
  const fallback = /No Electron window here \((.*)\); Netloom is in the browser: http/;

  it(
    'hands it the app and its arguments, not the mode in which it is only Node, and ends as it ends',
    { timeout: 120_000 },
    async () => {
      const { code, stdout } = await startWith('echo "$@" "[$ELECTRON_RUN_AS_NODE]"; exit 3', '--flag').finished;
      expect([code, stdout]).toStrictEqual([3, `${join(projectRoot, '.')} --flag []\n`]);
    },
  );

  it.each([
    ['is stopped by a signal', 'kill -TRAP $$', 'Electron stopped at once (SIGTRAP, its own lines are above)'],
    [
      'lacks a library',
      'echo "error while loading shared libraries: libgtk" >&2; exit 127',
      'Electron stopped at once (exit code 127, its own lines are above)',
    ],
    [
      'is refused its sandbox',
      'echo "The SUID sandbox helper binary was found, but is not configured correctly" >&2; exit 1',
      'Electron stopped at once (exit code 1, its own lines are above)',
    ],
    [
      'finds no screen',
      'echo "Missing X server or \\$DISPLAY" >&2; exit 1',
      'Electron stopped at once (exit code 1, its own lines are above)',
    ],
  ])('falls back to the browser when it %s', { timeout: 120_000 }, async (_what, script, why) => {
    const host = startWith(script);
    const [, said] = await host.seen(fallback);
    host.pressCtrlC();
    const { code } = await host.finished;
    expect([said, code]).toStrictEqual([why, 0]);
  });
});

it('the command prints nothing but its result on standard output', { timeout: 120_000 }, async () => {
  const { code, stdout } = await startScript(process.execPath, [
    join(projectRoot, 'src-main', 'netloom.mjs'),
    '--version',
  ]).finished;
  expect([code, stdout]).toStrictEqual([0, '0.1.0\n']);
});
