/** Types of electron-binary.mjs. */
interface Place {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
}
interface Binary {
  readonly path: string | null;
  /** Why there is none, or ''. */
  readonly why: string;
  /** Folder of the electron package; null when it is not installed. */
  readonly dir: string | null;
}

export function electronPath(place?: Place): Binary;
export function whyNoWindow(place?: { readonly env?: Place['env']; readonly platform?: NodeJS.Platform }): string;
export function ensureElectron(place?: Place): Promise<Binary>;
