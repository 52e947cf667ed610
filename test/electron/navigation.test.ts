/** The window stays on its page: every other address, by every way there is, goes nowhere. reliability.md T16. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeContents } from '../helpers/fake-electron.ts';
import { projectRoot } from '../helpers/run-script.ts';
import { setUpShell, type Shell } from '../helpers/shell.ts';

let shell: Shell;
beforeEach(async () => {
  shell = setUpShell();
  await shell.ready();
});
afterEach(() => shell.dispose());

const ownUrls = ['app://bundle/', 'app://bundle/index.html', 'app://bundle/index.html?x=1#y'];
const foreignUrls = [
  'https://example.com/',
  'http://example.com/',
  'http://127.0.0.1:8080/',
  'http://localhost:5173/',
  'file:///etc/passwd',
  'file://server/share',
  'data:text/html,<script>1</script>',
  'blob:app://bundle/0b0e',
  'javascript:alert(1)',
  'about:blank',
  'about:srcdoc',
  'app://bundle.evil/',
  'app://bundle@evil/',
  'app://user@bundle/',
  'app://user:password@bundle/',
  'app://bundle:80/',
  'app://evil/bundle',
  'app://evil/#app://bundle/',
  'app:///bundle',
  'app:bundle',
  'app://bundlé/',
  'app://\u0430bundle/',
  'apps://bundle/',
  'xapp://bundle/',
  'chrome://settings',
  'devtools://devtools/bundled/inspector.html',
  'view-source:app://bundle/',
  'ws://bundle/',
  'mailto:a@example.com',
  'smb://server/share',
  'ms-msdt:/id',
  'vscode://file/etc/passwd',
  'search-ms:query=x',
  'tel:1',
  '\\\\server\\share',
  '//bundle/',
  '',
  ' ',
  'app',
  'http://',
  'https://[bad',
  `https://example.com/${'x'.repeat(10_000)}`,
];

function isPrevented(contents: FakeContents, name: string, url: string): boolean {
  let prevented = false;
  contents.emit(name, {
    url,
    preventDefault: () => {
      prevented = true;
    },
  });
  return prevented;
}
const navigations = ['will-navigate', 'will-frame-navigate', 'will-redirect'];

describe.each(navigations)('%s', (name) => {
  it.each(ownUrls)('lets the app itself pass: %s', (url) => {
    expect(isPrevented(shell.contents(), name, url)).toBe(false);
  });
  it.each(foreignUrls)('stops %s', (url) => {
    expect(isPrevented(shell.contents(), name, url)).toBe(true);
  });
});

describe('new windows', () => {
  it.each([...ownUrls, ...foreignUrls])('are denied and nothing is opened outside: %s', async (url) => {
    expect(shell.contents().openHandler?.({ url })).toStrictEqual({ action: 'deny' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(shell.shell.opened).toStrictEqual([]);
  });

  it.each(['https://github.com/x', 'https://pytorch.org/docs'])(
    'are denied, but %s opens in the browser',
    async (url) => {
      expect(shell.contents().openHandler?.({ url })).toStrictEqual({ action: 'deny' });
      await new Promise((resolve) => setImmediate(resolve));
      expect(shell.shell.opened).toStrictEqual([url]);
    },
  );

  it.each([
    'http://github.com/',
    'https://github.com.evil.com/',
    'https://github.com@evil.com/',
    'https://user@github.com/',
    'https://github.com:8443/',
  ])('are denied and %s opens nowhere', async (url) => {
    shell.contents().openHandler?.({ url });
    await new Promise((resolve) => setImmediate(resolve));
    expect(shell.shell.opened).toStrictEqual([]);
  });
});

it('embedded views are refused', () => {
  expect(isPrevented(shell.contents(), 'will-attach-webview', 'app://bundle/')).toBe(true);
});

it('contents that come later are locked in the same way', () => {
  const later = new FakeContents(99);
  shell.app.emit('web-contents-created', {}, later);
  expect(isPrevented(later, 'will-navigate', 'https://example.com/')).toBe(true);
  expect(later.openHandler?.({ url: 'https://example.com/' })).toStrictEqual({ action: 'deny' });
});

describe('permissions', () => {
  /** Every name in Electron's own types. */
  const types = readFileSync(join(projectRoot, 'node_modules', 'electron', 'electron.d.ts'), 'utf8');
  const [, union = ''] =
    /setPermissionCheckHandler\(handler: \(\(webContents: [^,]+, permission: ([^,]+),/.exec(types) ?? [];
  const names = union.split(' | ').map((name) => name.replaceAll("'", ''));

  it('are as many as Electron 45 knows', () => expect(names.length).toBeGreaterThan(40));

  const asked = (name: string, url: string): boolean => {
    let granted: boolean | undefined;
    shell.permissions.request?.({}, name, (answer) => (granted = answer), { requestingUrl: url });
    return granted ?? true;
  };

  it('only copying text is granted, and only to the app itself', () => {
    const granted = names.filter((name) => asked(name, 'app://bundle/index.html'));
    const checked = names.filter((name) => shell.permissions.check?.({}, name, 'app://bundle') ?? true);
    expect([granted, checked]).toStrictEqual([['clipboard-sanitized-write'], ['clipboard-sanitized-write']]);
    expect(names.filter((name) => asked(name, 'https://example.com/'))).toStrictEqual([]);
    expect(shell.permissions.device?.()).toBe(false);
  });

  it('no screen is recorded, no device paired, no class of USB devices opened', () => {
    const answers: unknown[] = [];
    shell.permissions.displayMedia?.({}, (streams) => answers.push(streams));
    shell.permissions.bluetoothPairing?.({}, ({ confirmed }) => answers.push(confirmed));
    answers.push(shell.permissions.usbClasses?.({ protectedClasses: ['hid', 'audio'] }));
    expect(answers).toStrictEqual([null, false, ['hid', 'audio']]);
  });

  it('the network is out of reach: only the bundle and what the page made itself is loaded', () => {
    const isCancelled = (url: string): boolean => {
      let cancelled = false;
      shell.permissions.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel));
      return cancelled;
    };
    const allowed = ['app://bundle/assets/page.js', 'blob:app://bundle/1', 'data:image/png;base64,AA=='];
    expect(
      [...allowed, 'https://example.com/', 'ws://example.com/', 'file:///etc/passwd', 'devtools://x/'].filter(
        (url) => !isCancelled(url),
      ),
    ).toStrictEqual(allowed);
  });

  it('downloads are refused', () => {
    let prevented = false;
    shell.defaultSession.emit('will-download', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });
});
