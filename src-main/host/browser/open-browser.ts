/** Opens an address in the person's browser, where there is a screen and somebody in front of it. */
import { spawn } from 'node:child_process';

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
};

/** A terminal to a person, and a display where the platform needs one named. */
export function hasPerson(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  const hasDisplay = process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  return isTerminal && hasDisplay && !env['CI'];
}

/** A missing opener is no problem: the address is printed anyway. */
export function openBrowser(address: string): void {
  const [program, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
