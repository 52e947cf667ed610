/** Guessing tokens: none of ten thousand opens anything, and after twenty none is looked at for a minute. reliability.md T20. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { BrowserServer } from '../../../src-main/host/browser/server.ts';
import { Session } from '../../../src-main/host/browser/session.ts';
import { enter, samplePage } from '../../helpers/browser-client.ts';
import { requestBytes } from '../../helpers/raw-http.ts';

const GUESSES = 10_000;

/** Statuses of many requests over one connection, counted. */
async function statuses(port: number, targets: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const target of targets) {
    const status = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(requestBytes({ host: `127.0.0.1:${port}`, target })),
      );
      socket.once('data', (data: Buffer) => {
        resolve(data.toString('latin1', 9, 12));
        socket.destroy();
      });
      socket.once('error', reject);
    });
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

test('no random token opens the page; from the twenty-first wrong one on the answer is 429', async () => {
  const server = await BrowserServer.start({ assets: samplePage, onConnection: () => {}, port: 0 });
  onTestFinished(() => server.close());
  const cookie = await enter(server.newAddress());
  const guess = () => `/?token=${randomBytes(32).toString('base64url')}`;
  const address = server.newAddress();
  expect(await statuses(server.port, Array.from({ length: 300 }, guess))).toEqual({ 401: 19, 429: 281 });
  const late = await fetch(address, { redirect: 'manual' });
  expect([late.status, await late.text()]).toEqual([429, expect.stringContaining('Wait a minute')]);
  const known = await fetch(`http://127.0.0.1:${server.port}/`, { headers: { cookie } });
  expect(known.status).toBe(200); // who was let in stays in
});

test('of ten thousand tokens none is right, and after a quiet minute the right one works', () => {
  let now = 0;
  const session = new Session(() => now);
  const token = session.issueToken();
  const hits = Array.from({ length: GUESSES }, () => {
    now += 1;
    return session.redeem(randomBytes(32).toString('base64url'));
  });
  expect(hits.filter(Boolean)).toEqual([]);
  expect([session.isLimited, session.redeem(token)]).toEqual([true, false]);
  now += 60_000;
  expect([session.isLimited, session.redeem(token)]).toEqual([false, true]);
});
