/** A page of another site, in the very browser that has our cookie, gets nothing out of the loopback server. reliability.md T18 to T20. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserServer } from '../../../src-main/host/browser/server.ts';
import { samplePage } from '../../helpers/browser-client.ts';
import { findChromium } from '../../runner/chromium.mjs';

const { path: executablePath, problem } = findChromium();
const unless = problem && ` (not tested: ${problem})`;
let browser: Browser;
let host: BrowserServer;
let evil: Server;
let connections = 0;

beforeAll(async () => {
  host = await BrowserServer.start({ assets: samplePage, onConnection: () => connections++, port: 0 });
  evil = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>evil</title>'),
  );
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  if (executablePath)
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
});
afterAll(async () => {
  await browser?.close();
  evil.close();
  evil.closeAllConnections();
  await host.close();
});

/** Each way a page has to reach another server; 'reached' when it got anything out of it. */
const attempts: Readonly<Record<string, string>> = {
  fetch: `fetch(URL + 'assets/page.js', { credentials: 'include' }).then(() => 'reached', () => 'refused')`,
  'a post without preflight': `fetch(URL, { method: 'POST', mode: 'no-cors', credentials: 'include', body: 'x' }).then(() => fetch(URL, { credentials: 'include' })).then(() => 'reached', () => 'refused')`,
  'a script': `new Promise((done) => { const e = document.createElement('script'); e.src = URL + 'assets/page.js'; e.onload = () => done('reached'); e.onerror = () => done('refused'); document.head.append(e); })`,
  'a picture': `new Promise((done) => { const e = new Image(); e.src = URL; e.onload = () => done('reached'); e.onerror = () => done('refused'); })`,
  'a style sheet': `new Promise((done) => { const e = document.createElement('link'); e.rel = 'stylesheet'; e.href = URL + 'assets/page.js'; e.onload = () => done('reached'); e.onerror = () => done('refused'); document.head.append(e); })`,
  events: `new Promise((done) => { const e = new EventSource(URL, { withCredentials: true }); e.onopen = () => done('reached'); e.onerror = () => done('refused'); })`,
  'a WebSocket': `new Promise((done) => { const e = new WebSocket(URL.replace('http', 'ws') + 'ws'); e.onopen = () => done('reached'); e.onerror = () => done('refused'); })`,
  'a frame': `new Promise((done) => { const e = document.createElement('iframe'); e.src = URL; e.onload = () => { try { done(e.contentDocument?.title === 'page' ? 'reached' : 'refused'); } catch { done('refused'); } }; document.body.append(e); })`,
};

it.skipIf(executablePath === null)(
  `another site and another port of this machine reach nothing${unless}`,
  { timeout: 60_000 },
  async () => {
    const context = await browser.newContext();
    const own = await context.newPage();
    await own.goto(host.newAddress());
    expect([await own.title(), new URL(own.url()).search]).toStrictEqual(['page', '']);

    const { port } = evil.address() as AddressInfo;
    const results: Record<string, string> = {};
    for (const site of [`http://evil.localhost:${port}/`, `http://127.0.0.1:${port}/`]) {
      const page = await context.newPage();
      await page.goto(site);
      for (const [name, script] of Object.entries(attempts)) {
        results[`${name} from ${new URL(site).hostname}`] = await page.evaluate(
          `(() => { const URL = 'http://127.0.0.1:${host.port}/'; return ${script}; })()`,
        );
      }
    }
    expect(Object.entries(results).filter(([, result]) => result !== 'refused')).toStrictEqual([]);
    expect(Object.keys(results)).toHaveLength(16);
    expect(connections).toBe(0);

    await own.reload();
    expect(await own.title()).toBe('page');
    expect(
      await own.evaluate(
        `new Promise((done) => { const e = new WebSocket('ws://' + location.host + '/ws'); e.onopen = () => done('reached'); e.onerror = () => done('refused'); })`,
      ),
    ).toBe('reached');
  },
);
