/** Types of chromium.mjs. */
interface Browser {
  readonly path: string | null;
  /** What is missing, or ''. */
  readonly problem: string;
}

export function findChromium(env?: NodeJS.ProcessEnv): Browser;
export function ensureChromium(env?: NodeJS.ProcessEnv): Browser;
