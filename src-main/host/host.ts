/** What differs between the two hosts, as the services see it. Everything else is one code. */

export interface Host {
  readonly kind: 'electron' | 'browser';
  /** Electron: asks where, writes the file whole. Null when the person cancelled, or when the page has to download the bytes itself. */
  saveFile(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<{ path: string } | null>;
}
