/** Saved states on their way to the engine: whole or refused, and taken once. */
import { expect, test } from 'vitest';
import { HeldStates } from '../../../src-main/engine/held-states.ts';
import { messageOf } from '../../helpers/message-of.ts';

const GONE = 'the saved state did not reach the training engine whole; try again';
const piece = (at: number, ...bytes: number[]) => ({ key: 'a', size: 4, at, bytes: Uint8Array.from(bytes) });

test('pieces in order are one state, which is given once', () => {
  const states = new HeldStates();
  states.add(piece(0, 1, 2, 3));
  states.add(piece(3, 4));
  expect(states.take({ key: 'a' })).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(messageOf(() => states.take({ key: 'a' }))).toBe(GONE);
});

test('a small state is its own bytes', () => {
  const bytes = Uint8Array.of(1);
  expect(new HeldStates().take(bytes)).toBe(bytes);
});

test.each([
  ['a gap', [piece(0, 1), piece(2, 3)]],
  ['more than was announced', [piece(0, 1, 2), piece(2, 3, 4, 5)]],
  ['no beginning', [piece(1, 2)]],
])('a state with %s is refused', (_what, pieces) => {
  const states = new HeldStates();
  expect(messageOf(() => pieces.forEach((one) => states.add(one)))).toBe(GONE);
});

test('what did not arrive whole, or was given up, is not given', () => {
  const states = new HeldStates();
  states.add(piece(0, 1, 2));
  expect(messageOf(() => states.take({ key: 'a' }))).toBe(GONE);
  states.add(piece(0, 1, 2, 3, 4));
  states.drop('a');
  expect(messageOf(() => states.take({ key: 'a' }))).toBe(GONE);
});
