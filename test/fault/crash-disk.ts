/**
 * A disk as a power cut may leave it, from the system calls that were made before: what was synced is there, and of the rest anything
 * may be missing or torn at a sector. The worst that POSIX allows: a name in a folder is safe only once the folder is synced.
 */
import { basename, dirname } from 'node:path';
import type { Random } from '../../src-core/lib/random.ts';

type Write = { readonly at: number; readonly bytes: Buffer } | { readonly length: number };

interface Inode {
  synced: Buffer;
  pending: Write[];
  /** Where the next plain write goes. */
  at: number;
}

type NameChange = (names: Map<string, Inode>) => void;

const SECTOR = 512;
/** How much of what was not synced is lost. */
export type Cut = 'all' | 'some' | 'torn';

const text = (hex: string): string => Buffer.from(hex.replaceAll('\\x', ''), 'hex').toString('latin1');
const STRING = /"((?:\\x[0-9a-f]{2})*)"/g;
const HANDLE = /\((\d+)<((?:\\x[0-9a-f]{2})*)>/;

export interface DiskOptions {
  readonly folder: string;
  /** For controls: syncs of which the disk knows nothing. */
  readonly forgets?: (path: string) => boolean;
}

export class CrashDisk {
  readonly #options: DiskOptions;
  /** As a running system sees them, and as they are on the disk. */
  readonly #names = new Map<string, Inode>();
  readonly #synced = new Map<string, Inode>();
  #pending: NameChange[] = [];
  /** The last number that the writer said is safe. */
  acked = 0;

  constructor(options: DiskOptions) {
    this.#options = options;
  }

  /** Takes one line of strace's: `pid call(…) = result`. */
  take(line: string): void {
    const [, call = ''] = /^\d+ +(\w+)\(/.exec(line) ?? [];
    const strings = [...line.matchAll(STRING)].map(([, hex = '']) => hex);
    const path = text(HANDLE.exec(line)?.[2] ?? '');
    if (call === 'write' && line.includes('(1<')) this.#said(text(strings.at(-1) ?? ''));
    else if (call === 'fsync' || call === 'fdatasync') this.#sync(path);
    else if (call === 'pwrite64' || call === 'write') this.#write(path, line, strings.at(-1) ?? '');
    else if (call === 'ftruncate')
      this.#inode(path)?.pending.push({ length: Number(/, (\d+)\) += 0/.exec(line)?.[1]) });
    else if (line.includes(' = 0') || /O_CREAT/.test(line)) this.#rename(call, strings.map(text), line);
  }

  /** Name and content of every file, for one of the ways in which the power may go now. */
  image(cut: Cut, random: Random): Map<string, Buffer> {
    const names = new Map(this.#synced);
    for (const change of this.#pending) if (cut !== 'all' && random.integer(2) === 0) change(names);
    const files = new Map<string, Buffer>();
    for (const [name, inode] of names) files.set(name, contentOf(inode, cut, random));
    return files;
  }

  #said(line: string): void {
    const [, number] = /^ack (\d+)/.exec(line) ?? [];
    if (number !== undefined) this.acked = Number(number);
  }

  #inode(path: string): Inode | undefined {
    return dirname(path) === this.#options.folder ? this.#names.get(basename(path)) : undefined;
  }

  #sync(path: string): void {
    if (this.#options.forgets?.(path) === true) return;
    if (path === this.#options.folder) {
      for (const change of this.#pending.splice(0)) change(this.#synced);
      return;
    }
    const inode = this.#inode(path);
    if (inode !== undefined) inode.synced = applied(inode.synced, inode.pending.splice(0));
  }

  #write(path: string, line: string, hex: string): void {
    const inode = this.#inode(path);
    if (inode === undefined) return;
    const bytes = Buffer.from(hex.replaceAll('\\x', ''), 'hex');
    const [, offset] = /", \d+, (\d+)\) += \d/.exec(line) ?? [];
    const at = offset === undefined ? inode.at : Number(offset);
    if (offset === undefined) inode.at += bytes.length;
    inode.pending.push({ at, bytes });
  }

  /** Everything that changes names in the folder. */
  #rename(call: string, paths: readonly string[], line: string): void {
    const [from = '', to = ''] = paths
      .slice(-2)
      .filter((path) => dirname(path) === this.#options.folder)
      .map((path) => basename(path));
    const inode = this.#names.get(from);
    if (call === 'openat' && from !== '' && line.includes('O_CREAT') && inode === undefined) {
      const created: Inode = { synced: Buffer.alloc(0), pending: [], at: 0 };
      this.#change((names) => names.set(from, created));
    } else if (call.startsWith('rename') && inode !== undefined) {
      this.#change((names) => names.delete(from) && names.set(to, inode));
    } else if (call.startsWith('link') && inode !== undefined) {
      this.#change((names) => names.set(to, inode));
    } else if (call.startsWith('unlink')) this.#change((names) => names.delete(from));
  }

  #change(change: NameChange): void {
    change(this.#names);
    this.#pending.push(change);
  }
}

function applied(content: Buffer, writes: readonly Write[]): Buffer {
  let result = Buffer.from(content);
  for (const write of writes) {
    const length = 'length' in write ? write.length : Math.max(result.length, write.at + write.bytes.length);
    const next = Buffer.alloc(length);
    result.copy(next, 0, 0, Math.min(length, result.length));
    if ('bytes' in write) write.bytes.copy(next, write.at);
    result = next;
  }
  return result;
}

function contentOf({ synced, pending }: Inode, cut: Cut, random: Random): Buffer {
  if (cut === 'all') return synced;
  const kept = pending.filter(() => random.integer(2) === 0);
  return applied(synced, cut === 'some' ? kept : kept.flatMap((write) => torn(write, random)));
}

function torn(write: Write, random: Random): Write[] {
  if ('length' in write) return [write];
  const sectors: Write[] = [];
  for (let from = 0; from < write.bytes.length; from += SECTOR)
    if (random.integer(2) === 0)
      sectors.push({ at: write.at + from, bytes: write.bytes.subarray(from, from + SECTOR) });
  return sectors;
}
