/** A hint beside a control, on hover and on keyboard focus: one shared element, placed where there is room. */

/** Below, or above where there is no room; at the right for what stands in a list, so that the next entry stays in sight. */
type Side = 'below' | 'right';

import type { Attachment } from 'svelte/attachments';

const DELAY_MS = 450;
const GAP_PX = 6;
const MARGIN_PX = 8;

let bubble: HTMLDivElement | undefined;
let owner: Element | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

function sharedBubble(): HTMLDivElement {
  if (bubble === undefined) {
    bubble = document.createElement('div');
    bubble.className = 'tooltip';
    bubble.setAttribute('popover', 'manual');
    bubble.setAttribute('aria-hidden', 'true'); // the name or description is on the control itself
  }
  if (!bubble.isConnected) document.body.append(bubble);
  return bubble;
}

function place(element: HTMLElement, anchor: DOMRect, side: Side): void {
  const { width, height } = element.getBoundingClientRect();
  if (side === 'right' && anchor.right + GAP_PX + width <= innerWidth - MARGIN_PX) {
    element.style.left = `${anchor.right + GAP_PX}px`;
    element.style.top = `${Math.min(anchor.top, innerHeight - height - MARGIN_PX)}px`;
    return;
  }
  const below = anchor.bottom + GAP_PX + height <= innerHeight - MARGIN_PX;
  const left = anchor.left + anchor.width / 2 - width / 2;
  element.style.left = `${Math.max(MARGIN_PX, Math.min(left, innerWidth - width - MARGIN_PX))}px`;
  element.style.top = `${below ? anchor.bottom + GAP_PX : anchor.top - GAP_PX - height}px`;
}

function show(anchor: Element, text: string, side: Side): void {
  const element = sharedBubble();
  element.textContent = text;
  owner = anchor;
  element.showPopover();
  place(element, anchor.getBoundingClientRect(), side);
}

function hide(anchor: Element): void {
  clearTimeout(timer);
  if (owner !== anchor) return;
  owner = undefined;
  bubble?.hidePopover();
}

/** `{@attach tooltip(() => text)}`; no text, no bubble. */
export function tooltip(text: () => string | undefined, side: Side = 'below'): Attachment<HTMLElement> {
  return (anchor) => {
    const open = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const words = text();
        if (words !== undefined && words !== '' && anchor.isConnected) show(anchor, words, side);
      }, DELAY_MS);
    };
    const focus = (): void => {
      if (anchor.matches(':focus-visible')) open();
    };
    const close = (): void => hide(anchor);
    anchor.addEventListener('pointerenter', open);
    anchor.addEventListener('focus', focus);
    for (const type of ['pointerleave', 'pointerdown', 'blur', 'keydown']) anchor.addEventListener(type, close);
    return () => {
      close();
      anchor.removeEventListener('pointerenter', open);
      anchor.removeEventListener('focus', focus);
      for (const type of ['pointerleave', 'pointerdown', 'blur', 'keydown']) anchor.removeEventListener(type, close);
    };
  };
}
