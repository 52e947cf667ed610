/** The built browser host as a process of its own, and what it takes of the machine's memory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { enter } from '../helpers/browser-client.ts';
import { projectRoot, startScript } from '../helpers/run-script.ts';

export interface HostProcess {
  /** http://127.0.0.1:PORT/ */
  readonly address: string;
  readonly port: number;
  readonly cookie: string;
  /** Of the host itself; its launcher ends with it. */
  readonly pid: number;
  /** Memory it has in use at this moment, in bytes. */
  memory(): number;
}

const KILOBYTE = 1024;

export async function startHostProcess(home: string): Promise<HostProcess> {
  const env = { NETLOOM_HOME: home };
  const host = startScript(process.execPath, [join(projectRoot, 'src-main', 'start.mjs'), '--browser'], env);
  onTestFinished(async () => {
    host.child.kill('SIGTERM');
    await host.finished;
  });
  const [entrance = ''] = await host.seen(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/);
  const { pid } = JSON.parse(readFileSync(join(home, 'instance.json'), 'utf8')) as { pid: number };
  const { origin, port } = new URL(entrance);
  return {
    address: `${origin}/`,
    port: Number(port),
    pid,
    cookie: await enter(entrance),
    memory: () => KILOBYTE * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]),
  };
}
