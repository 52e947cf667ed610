/** A table dropped anywhere in the window, on its way to the data panel, which may not be on the screen yet. */

type Receiver = (file: File) => void;

const TABLE = /\.(?:csv|tsv|txt)$/i;

export function isTable(name: string): boolean {
  return TABLE.test(name);
}

export class DroppedTable {
  #waiting: File | null = null;
  #receiver: Receiver | null = null;

  bring(file: File): void {
    if (this.#receiver === null) this.#waiting = file;
    else this.#receiver(file);
  }

  /** From now on tables go there, one that waits a moment later. Returns what ends it. */
  receive(receiver: Receiver): () => void {
    this.#receiver = receiver;
    const file = this.#waiting;
    this.#waiting = null;
    if (file !== null) queueMicrotask(() => receiver(file));
    return () => {
      if (this.#receiver === receiver) this.#receiver = null;
    };
  }
}
