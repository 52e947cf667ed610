/** What must hold in the sources themselves: reliability.md section 4, the rows that can be read off the text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../helpers/run-script.ts';

const filesBelow = (folder: string): string[] =>
  readdirSync(join(projectRoot, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|mts|svelte|html)$/.test(entry.name))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
const sources = ['src-main', 'src-core', 'src-renderer']
  .flatMap(filesBelow)
  .filter((file) => !file.includes('/generated/'));
const text = new Map(sources.map((file) => [file, readFileSync(join(projectRoot, file), 'utf8')]));
const having = (pattern: RegExp): string[] => sources.filter((file) => pattern.test(text.get(file) ?? ''));
const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
  dependencies: Record<string, string>;
  scripts: Record<string, string>;
  main: string;
};

describe('electron', () => {
  it('is loaded as a value by the entry and the preload only', () => {
    const importing = having(
      /^import (?!type )[^;]*? from 'electron(\/\w+)?';|require\(['"]electron['"]\)|import\(['"]electron['"]\)/ms,
    );
    expect(importing.sort()).toStrictEqual(['src-main/electron.ts', 'src-main/preload/bridge.ts']);
  });

  it('is pinned to one version of a supported line', () => {
    expect(manifest.devDependencies['electron']).toMatch(/^4[5-9]\.\d+\.\d+$/);
  });

  it('is never started with a weaker sandbox, without web security or with an open debugging port', () => {
    const weak =
      /--no-sandbox|--disable-web-security|--remote-debugging-port|ELECTRON_DISABLE_SECURITY_WARNINGS|--disable-site-isolation/;
    expect([having(weak), Object.values(manifest.scripts).filter((script) => weak.test(script))]).toStrictEqual([
      [],
      [],
    ]);
  });

  it('serves no file URLs and uses no deprecated protocol calls', () => {
    expect(
      having(/\.loadFile\(|loadURL\(['"`]file:|register(File|Http|Buffer|String|Stream)Protocol|intercept\w+Protocol/),
    ).toStrictEqual([]);
  });

  it('has one place where messages from the page are received, and none that answers them by invoke', () => {
    expect([having(/ipcMain\.on\(/), having(/ipcMain\.handle|\.ipc\.(on|handle)\(/)]).toStrictEqual([
      ['src-main/host/electron/gate.ts'],
      [],
    ]);
  });

  it('opens nothing outside but through the one guarded place', () => {
    expect([having(/openExternal\(url\)/), having(/shell\.openPath/)]).toStrictEqual([
      ['src-main/host/electron/security.ts', 'src-main/host/electron/shell.ts'],
      [],
    ]);
  });
});

describe('the loopback server', () => {
  it('is bound to the loopback address by a constant', () => {
    expect(having(/0\.0\.0\.0|['"]::['"]/)).toStrictEqual([]);
    expect(text.get('src-main/host/browser/server.ts')).toContain("const LOOPBACK = '127.0.0.1';");
  });

  it('gives no header of cross-origin sharing', () => {
    expect(having(/access-control-/i)).toStrictEqual([]);
  });
});

describe('the page', () => {
  // `eval()` without a text is PyTorch's, in the scripts that are exported.
  it('evaluates no text and sets no markup from text', () => {
    expect(
      having(/\beval\((?!\))|new Function\(|\{@html|\.innerHTML\s*=|insertAdjacentHTML|document\.write/),
    ).toStrictEqual([]);
  });
});

it('only better-sqlite3 is shipped unbundled, and only the store touches it', () => {
  expect(Object.keys(manifest.dependencies)).toStrictEqual(['better-sqlite3']);
  expect(having(/from 'better-sqlite3'/).filter((file) => !file.startsWith('src-main/store/'))).toStrictEqual([]);
});
