/** What differs between the two hosts, as the services see it. Everything else is one code. */

export interface Question {
  readonly message: string;
  readonly detail: string;
  /** What is done when the person agrees, in the words of a button. */
  readonly yes: string;
  readonly no: string;
}

export interface Host {
  readonly kind: 'electron' | 'browser';
  /** A question to the person before there is a page; false where nobody can be asked. */
  ask(question: Question): Promise<boolean>;
  /** Electron: asks where, writes the file whole. Null when the person cancelled, or when the page has to download the bytes itself. */
  saveFile(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<{ path: string } | null>;
}
