/** One line of a list to choose from. */
export interface PickEntry {
  readonly id: string;
  readonly label: string;
  /** Said beside it, and found too. */
  readonly note: string;
  readonly keys?: string | undefined;
}
