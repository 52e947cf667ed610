/** Lets one browser in: a token that works once, in the printed address, is exchanged for a cookie that works until the host ends. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const secret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Takes as long for any two texts. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** More wrong tokens in this time, and none is looked at until it is over: nobody mistypes an address that often. */
const MAX_FAILURES = 20;
const FAILURE_WINDOW_MS = 60_000;

export class Session {
  readonly #cookieValue = secret();
  readonly #now: () => number;
  #failures: number[] = [];
  #token: string | null = null;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Too many wrong tokens came within the last minute. */
  get isLimited(): boolean {
    const now = this.#now();
    this.#failures = this.#failures.filter((time) => now - time < FAILURE_WINDOW_MS);
    return this.#failures.length >= MAX_FAILURES;
  }

  /** A new token; the one before it stops working. */
  issueToken(): string {
    this.#token = secret();
    return this.#token;
  }

  /** True once for the issued token. */
  redeem(token: string): boolean {
    if (this.isLimited) return false;
    if (this.#token === null || !isSame(token, this.#token)) {
      this.#failures.push(this.#now());
      return false;
    }
    this.#token = null;
    return true;
  }

  /** Browsers send a cookie to every port of a host: its name tells the ports apart. */
  cookieName(port: number): string {
    return `netloom-${port}`;
  }

  setCookie(port: number): string {
    return `${this.cookieName(port)}=${this.#cookieValue}; HttpOnly; SameSite=Strict; Path=/`;
  }

  isLetIn(cookieHeader: string | undefined, port: number): boolean {
    const prefix = `${this.cookieName(port)}=`;
    const values = (cookieHeader ?? '').split(/;\s*/).filter((pair) => pair.startsWith(prefix));
    return values.length === 1 && isSame(values[0]?.slice(prefix.length) ?? '', this.#cookieValue);
  }
}
