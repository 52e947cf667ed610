/** Who is training a run: a process, told apart from a later one that got the same number. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf, isAlive } from './io.ts';

/** "host/pid/start": the start time is known on Linux only and empty elsewhere. */
export function ownerName(pid: number = process.pid): string {
  return `${hostname()}/${pid}/${startOf(pid)}`;
}

/** An owner gives a sign of life at least every 15 seconds; the rest is for clocks that differ and machines that sleep. */
const SILENT_MS = 10 * 60_000;

/**
 * False when the owner's process is gone. Processes of another machine (a shared folder, or this one before it was renamed)
 * cannot be asked: they are there while their last sign of life is young.
 */
export function isOwnerAlive(owner: string, silentMs = 0): boolean {
  const [host, pidText] = owner.split('/');
  if (host !== hostname()) return silentMs < SILENT_MS;
  const pid = Number(pidText);
  return isAlive(pid) && ownerName(pid) === owner;
}

/** What proc(5) calls a process that is dead and only waits to be asked how it ended: nobody may ever ask. */
const DEAD_STATES = ['Z', 'X'];

/** Boot id and start tick of a process (proc(5): field 22 of stat, after the name in parentheses); empty when it is dead. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (DEAD_STATES.includes(state)) return '';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot}:${fields[18] ?? ''}`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return '';
    throw error;
  }
}
