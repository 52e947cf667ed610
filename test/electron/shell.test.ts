/** The life of the Electron app: what comes before what, and how it ends. Against a stand-in that refuses what Electron refuses. */
import { join } from 'node:path';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src-core/lib/errors.ts';
import { setUpShell, type Shell, type ShellSetup } from '../helpers/shell.ts';

let shell: Shell;
const start = (setup: ShellSetup = {}): Shell => {
  shell = setUpShell(setup);
  return shell;
};
afterEach(() => shell.dispose());

describe('starting', () => {
  it('does what must come before ready first, then opens the app, then the window', async () => {
    const { log, ready } = start();
    expect(log).toStrictEqual(['schemes', 'enableSandbox', 'setPath userData', 'lock']);
    await ready();
    expect(log.slice(4)).toStrictEqual(['spellchecker false', 'protocol.handle', 'menu', 'open app', 'window']);
  });

  it("keeps Chromium's files, and with them the single-instance lock, in the data folder", async () => {
    const { app, dataFolder, ready } = start();
    await ready();
    expect(app.getPath('userData')).toBe(join(dataFolder, 'window'));
    expect(existsSync(join(dataFolder, 'window'))).toBe(true);
  });

  it('keeps them elsewhere where the data folder cannot take them, and goes on', async () => {
    const { app, dataFolder, log, ready } = start({ isBrowserFolderTaken: true });
    await ready();
    expect(app.getPath('userData').startsWith(join(tmpdir(), 'netloom-'))).toBe(true);
    expect(app.getPath('userData')).not.toContain(dataFolder);
    expect(log.at(-1)).toBe('window');
  });

  it('a second start opens no window before there is something behind it', async () => {
    const gate = Promise.withResolvers<void>();
    const { app, ready, windows } = start({ mayOpen: gate.promise });
    await ready();
    app.emit('second-instance');
    expect(windows).toHaveLength(0);
    gate.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(windows).toHaveLength(1);
  });

  it('a second start quits at once and opens nothing', async () => {
    const { app, log, ready } = start({ hasLock: false });
    await ready();
    expect(app.exitCode).toBe(0);
    expect(log).not.toContain('open app');
  });

  it('a second start brings the window of the first to the front', async () => {
    const { app, log, ready, windows } = start();
    await ready();
    app.emit('second-instance');
    expect(log.slice(-2)).toStrictEqual(['restore', 'focus']);
    expect(windows).toHaveLength(1);
  });

  it('a data folder that another host has is told in one sentence, and the app ends with 1', async () => {
    const openError = new AppError('host.locked', { folder: '/data', shell: 'browser', pid: 7 });
    const { app, dialog, lines, log, ready } = start({ openError });
    await ready();
    expect([app.exitCode, dialog.errors, lines]).toStrictEqual([1, [openError.message], [openError.message]]);
    expect(log).not.toContain('window');
  });

  it('the window shows the page when it is ready to be seen', async () => {
    const { log, ready, windows } = start();
    await ready();
    expect(windows[0]?.url).toBe('app://bundle/index.html');
    expect(windows[0]?.options.show).toBe(false);
    windows[0]?.emit('ready-to-show');
    expect(log.at(-1)).toBe('show');
  });

  it('a development server is used, but never by a packaged app', async () => {
    const development = start({ devUrl: 'http://localhost:5173/' });
    await development.ready();
    expect(development.windows[0]?.url).toBe('http://localhost:5173/');
    development.dispose();
    const packaged = start({ devUrl: 'http://localhost:5173/', isPackaged: true });
    await packaged.ready();
    expect(packaged.windows[0]?.url).toBe('app://bundle/index.html');
  });

  it.each([true, false])('the page is locked in as far as Electron can (packaged: %s)', async (isPackaged) => {
    const { outFolder, ready, windows } = start({ isPackaged });
    await ready();
    expect(windows[0]?.options.webPreferences).toStrictEqual({
      preload: join(outFolder, 'preload', 'preload.cjs'),
      devTools: !isPackaged,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      enableWebSQL: false,
      plugins: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
    });
  });
});

describe("the page's process dies", () => {
  it('it is reloaded three times in five minutes and then left; a clean end is no death', async () => {
    const { contents, ready, windows } = start();
    await ready();
    contents().emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(windows[0]?.reloads).toBe(0);
    for (let death = 0; death < 5; death++) contents().emit('render-process-gone', {}, { reason: 'crashed' });
    expect(windows[0]?.reloads).toBe(3);
  });

  it.each([
    ['load it again', 0, 4, null],
    ['quit', 1, 3, 0],
  ])('after that the person is asked, once: %s', async (_wish, button, reloads, exitCode) => {
    const answer = Promise.withResolvers<number>();
    const { app, contents, dialog, ready, windows } = start({ answer: answer.promise });
    await ready();
    const [window] = windows;
    for (let death = 0; death < 5; death++) contents().emit('render-process-gone', {}, { reason: 'crashed' });
    answer.resolve(button);
    await vi.waitFor(() => expect([window?.reloads, app.exitCode]).toStrictEqual([reloads, exitCode]));
    expect(dialog.questions).toStrictEqual(['The window keeps stopping.']);
  });

  it('a page that does not answer is loaded again when the person wants that', async () => {
    const { dialog, ready, windows } = start({ answer: Promise.resolve(0) });
    await ready();
    windows[0]?.emit('unresponsive');
    windows[0]?.emit('unresponsive');
    await vi.waitFor(() => expect(windows[0]?.reloads).toBe(1));
    expect(dialog.questions).toStrictEqual(['The window does not answer.']);
  });
});

describe('ending', () => {
  it.skipIf(process.platform === 'darwin')(
    'closing the window quits, and quitting waits for the app to close, once',
    async () => {
      const gate = Promise.withResolvers<void>();
      const { app, log, ready, windows } = start({ mayClose: gate.promise });
      await ready();
      windows[0]?.close();
      app.quit(); // an impatient person
      expect([log.filter((entry) => entry === 'close app'), app.exitCode]).toStrictEqual([['close app'], null]);
      gate.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      expect([log.filter((entry) => entry === 'close app'), app.exitCode]).toStrictEqual([['close app'], 0]);
    },
  );

  it.skipIf(process.platform === 'darwin')('closing the window while a run trains asks first, once', async () => {
    const answer = Promise.withResolvers<number>();
    const { app, dialog, log, ready, windows } = start({ isTraining: true, answer: answer.promise });
    await ready();
    windows[0]?.close();
    windows[0]?.close();
    expect([dialog.questions, windows.length, app.exitCode]).toStrictEqual([['A run is training.'], 1, null]);
    answer.resolve(0);
    await vi.waitFor(() => expect(app.exitCode).toBe(0));
    expect([dialog.questions.length, windows.length, log.includes('close app')]).toStrictEqual([1, 0, true]);
  });

  it('who wants to go on training keeps window and run, and is asked again the next time', async () => {
    const { app, dialog, log, ready, windows } = start({ isTraining: true, answer: Promise.resolve(1) });
    await ready();
    app.quit();
    await new Promise((resolve) => setImmediate(resolve));
    app.quit();
    expect([dialog.questions.length, windows.length, app.exitCode]).toStrictEqual([2, 1, null]);
    expect(log).not.toContain('close app');
  });

  it('no window comes up while the app is closing', async () => {
    const { app, ready, windows } = start({ mayClose: new Promise(() => {}) });
    await ready();
    app.quit();
    app.emit('activate');
    app.emit('second-instance');
    expect(windows).toHaveLength(0);
  });

  it('quitting before anything was opened ends at once', async () => {
    const { app } = start();
    app.quit();
    expect(app.exitCode).toBe(0);
  });
});

describe('saving a file', () => {
  it('writes the bytes where the person says and answers with the path', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'netloom-save-')), 'mine.json');
    const { dialog, host, ready } = start({ savePath: path });
    await ready();
    const saved = await host()?.saveFile({ name: 'spiral.weights.json', bytes: new Uint8Array([123, 125]) });
    expect([saved, readFileSync(path, 'utf8')]).toStrictEqual([{ path }, '{}']);
    expect(dialog.saves[0]?.defaultPath).toBe(join('/documents', 'spiral.weights.json'));
  });

  it('proposes the folder of the last save, and never one from the name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'netloom-save-'));
    const { dialog, host, ready } = start({ savePath: join(folder, 'a.json') });
    await ready();
    await host()?.saveFile({ name: 'a.json', bytes: new Uint8Array() });
    await host()?.saveFile({ name: '../../etc/passwd', bytes: new Uint8Array() });
    expect(dialog.saves[1]?.defaultPath).toBe(join(folder, 'passwd'));
  });

  it('answers null when the person cancels', async () => {
    const { host, ready } = start({ savePath: null });
    await ready();
    expect(await host()?.saveFile({ name: 'a.json', bytes: new Uint8Array() })).toBeNull();
  });
});

describe('opening a project', () => {
  const fileWith = (text: string): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'netloom-open-')), 'mine.netloom.json');
    writeFileSync(path, text);
    return path;
  };

  it('gives name, bytes and place of the one file that the person chooses', async () => {
    const path = fileWith('{}');
    const { dialog, host, ready } = start({ openPath: path });
    await ready();
    expect(await host()?.openFile()).toStrictEqual({
      name: 'mine.netloom.json',
      bytes: new Uint8Array([123, 125]),
      path,
    });
    expect(dialog.opens).toMatchObject([{ defaultPath: '/documents', properties: ['openFile'] }]);
  });

  it('lets it be saved where it lies without another question, and nothing else', async () => {
    const path = fileWith('{}');
    const other = fileWith('untouched');
    const { dialog, host, ready } = start({ openPath: path, savePath: null });
    await ready();
    await host()?.openFile();
    const bytes = new Uint8Array([91, 93]);
    expect(await host()?.saveFile({ name: 'mine.netloom.json', bytes, to: path })).toStrictEqual({ path });
    expect(await host()?.saveFile({ name: 'mine.netloom.json', bytes, to: other })).toBeNull();
    expect([readFileSync(path, 'utf8'), readFileSync(other, 'utf8'), dialog.saves.length]).toStrictEqual([
      '[]',
      'untouched',
      1,
    ]);
  });

  it('answers null when the person cancels', async () => {
    const { host, ready } = start({ openPath: null });
    await ready();
    expect(await host()?.openFile()).toBeNull();
  });

  it.each([
    ['a folder', () => tmpdir(), 'file.unreadable'],
    ['nothing', () => join(tmpdir(), 'netloom', 'nowhere.json'), 'file.unreadable'],
    ['a file of 60 MB', () => fileWith(' '.repeat(60 * 2 ** 20)), 'file.too_large'],
  ])('refuses %s in one sentence that names it', async (_what, make, code) => {
    const openPath = make();
    const { host, ready } = start({ openPath });
    await ready();
    await expect(host()?.openFile()).rejects.toMatchObject({ code, message: expect.stringContaining(openPath) });
  });
});
