/** What differs between the two hosts, as the services see it. Everything else is one code. */
import type { OpenedFile } from '../../src-core/contract/app.ts';

export interface Question {
  readonly message: string;
  readonly detail: string;
  /** What is done when the person agrees, in the words of a button. */
  readonly yes: string;
  readonly no: string;
}

export interface FileToPlace {
  readonly name: string;
  /** Where it was saved before: the dialog is left out when the person chose that place themselves. */
  readonly to?: string | undefined;
}

export interface FileToSave extends FileToPlace {
  readonly bytes: Uint8Array;
}

export interface Host {
  readonly kind: 'electron' | 'browser';
  /** A question to the person before there is a page; false where nobody can be asked. */
  ask(question: Question): Promise<boolean>;
  /** Electron: asks which project file, reads it. Null when the person chose none, or when the page has a chooser of its own. */
  openFile(): Promise<OpenedFile | null>;
  /** Electron: asks where a file is to be written. Null when the person cancelled, or when the page has to download it itself. */
  placeFor(file: FileToPlace): Promise<string | null>;
  /** Electron: asks where, writes the file whole. Null when the person cancelled, or when the page has to download the bytes itself. */
  saveFile(file: FileToSave): Promise<{ path: string } | null>;
}
