/** Tells when an element comes into the window's view and when it leaves it. */
import type { Attachment } from 'svelte/attachments';

/** `{@attach seen((isSeen) => …)}`; leaving the page counts as leaving the view. */
export function seen(tell: (isSeen: boolean) => void): Attachment<HTMLElement> {
  return (element) => {
    const observer = new IntersectionObserver((entries) => tell(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(element);
    return () => {
      observer.disconnect();
      tell(false);
    };
  };
}
