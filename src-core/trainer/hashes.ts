/** Fingerprints that tell whether a saved state belongs to a document. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ProjectDocument } from '../graph/model.ts';
import { isObject } from '../lib/fields-check.ts';
import type { Json } from '../lib/json.ts';

/** SHA-256 in lower-case hex. */
export function hashBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** What a resumed run may have otherwise. */
const FREE = ['epochs', 'threads'];

/** SHA-256 of what decides the course of a run: graph without positions, training without the numbers of epochs and threads. */
export function configHash({ graph, training }: ProjectDocument): string {
  const nodes = graph.nodes.map(({ id, type, params }) => ({ id, type, params }));
  const rest = Object.fromEntries(Object.entries(training).filter(([key]) => !FREE.includes(key)));
  const text = JSON.stringify(sorted({ nodes, edges: graph.edges, training: rest }));
  return hashBytes(new TextEncoder().encode(text));
}

/** The same value with the keys of every object in code-unit order. */
function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => sorted(item) ?? null);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}
