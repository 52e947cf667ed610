/** A press held down means something else than a click. */
import type { Attachment } from 'svelte/attachments';

const HELD_MS = 450;

/** `{@attach longPress(() => …)}` around a button: when it is held, this happens and the click that follows does not. */
export function longPress(act: () => void): Attachment<HTMLElement> {
  return (element) => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let wasHeld = false;
    const release = (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    };
    const press = ({ button, target }: PointerEvent): void => {
      release();
      wasHeld = false;
      if (button !== 0 || (target instanceof Element && target.closest(':disabled') !== null)) return;
      timer = setTimeout(() => {
        wasHeld = true;
        act();
      }, HELD_MS);
    };
    const click = (event: MouseEvent): void => {
      if (wasHeld) event.stopPropagation();
      wasHeld = false;
    };
    const leave = ['pointerup', 'pointerleave', 'pointercancel'] as const;
    element.addEventListener('pointerdown', press);
    element.addEventListener('click', click, true);
    for (const name of leave) element.addEventListener(name, release);
    return () => {
      release();
      element.removeEventListener('pointerdown', press);
      element.removeEventListener('click', click, true);
      for (const name of leave) element.removeEventListener(name, release);
    };
  };
}
