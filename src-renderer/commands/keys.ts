/** Key combinations: matching an event, and writing them as this platform does. */

/** The part of a KeyboardEvent that matters. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const SYMBOLS: Readonly<Record<string, string>> = { Space: ' ' };

/** True when the event is this combination: 'Mod+Shift+Z', 'Delete', '?'. */
export function matchesKeys(combination: string, press: KeyPress, isMac: boolean): boolean {
  const parts = combination.split('+');
  const key = parts.at(-1) ?? '';
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const other = isMac ? press.ctrlKey : press.metaKey;
  const wanted = SYMBOLS[key] ?? key;
  // A sign such as '?' already says whether Shift is needed to type it.
  const shiftMatters = wanted.length > 1 || /[a-z0-9]/i.test(wanted);
  return (
    press.key.toLowerCase() === wanted.toLowerCase() &&
    mod === parts.includes('Mod') &&
    !other &&
    press.altKey === parts.includes('Alt') &&
    (!shiftMatters || press.shiftKey === parts.includes('Shift'))
  );
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ContextMenu: 'Menu',
};
const MAC_SIGNS: Readonly<Record<string, string>> = {
  ...SIGNS,
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Delete: '⌦',
  Backspace: '⌫',
  Enter: '↩',
};

/** 'Ctrl+Shift+Z', or '⇧⌘Z' on a Mac. */
export function showKeys(combination: string, isMac: boolean): string {
  const parts = combination.split('+');
  if (!isMac) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : (SIGNS[part] ?? part))).join('+');
  const held = ['Alt', 'Shift', 'Mod'].filter((part) => parts.includes(part));
  return [...held, parts.at(-1) ?? ''].map((part) => MAC_SIGNS[part] ?? part).join('');
}
