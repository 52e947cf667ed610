/** Class and category labels: which texts mean the same class, and in what order classes stand. */
import { parseNumber } from './csv/numbers.ts';

/** Labels that are equal numbers ('1' and '1.0') are one label; other texts are compared as they are. */
function keyOf(label: string): string {
  const value = parseNumber(label, '.');
  return value === null ? `text ${label}` : `number ${value}`;
}

/** Distinct labels, as first written; in numeric order when all are numbers, else by code units. */
export function orderLabels(labels: Iterable<string>): string[] {
  const seen = new Map<string, string>();
  for (const label of labels) {
    const key = keyOf(label);
    if (!seen.has(key)) seen.set(key, label);
  }
  const distinct = [...seen.values()];
  const numeric = distinct.every((label) => parseNumber(label, '.') !== null);
  return numeric ? distinct.sort((a, b) => Number(a) - Number(b)) : distinct.sort();
}

/** Position of a label in `order`, or −1. */
export function labelIndexer(order: readonly string[]): (label: string) => number {
  const positions = new Map(order.map((label, i) => [keyOf(label), i]));
  const exact = new Map(order.map((label, i) => [label, i]));
  return (label) => exact.get(label) ?? positions.get(keyOf(label)) ?? -1;
}

/** '"a", "b", …' for messages. */
export function showLabels(labels: readonly string[]): string {
  const shown = labels.slice(0, SHOWN).map((label) => JSON.stringify(label));
  return `${shown.join(', ')}${labels.length > SHOWN ? ', …' : ''}`;
}
const SHOWN = 10;
