/** What the window may not do: leave its page, open others, ask for devices, reach the network. electron.md B; reliability.md section 4. */
import type { Session, WebContents, WebPreferences } from 'electron';

export const SCHEME = 'app';
export const BUNDLE = 'bundle';
export const PAGE_URL = `${SCHEME}://${BUNDLE}/index.html`;

/** Every switch is written down, also where it is the default today. */
export const lockedPreferences = Object.freeze({
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  enableWebSQL: false,
  plugins: false,
  navigateOnDragDrop: false, // people drop data files here
  spellcheck: false, // its dictionaries would come from the network
  safeDialogs: true,
}) satisfies WebPreferences;

/** Sites the page may ask the system's browser to open. */
const externalHosts: readonly string[] = ['github.com', 'pytorch.org', 'onnx.ai', 'onnxruntime.ai', 'arxiv.org'];

/** URLs that are the app itself. `dev` is the address of the development server, never set in a packaged app. */
export class OwnPages {
  readonly #dev: URL | null;

  constructor(dev: string | undefined) {
    this.#dev = dev === undefined ? null : new URL(dev);
  }

  get first(): string {
    return this.#dev?.href ?? PAGE_URL;
  }

  has(url: string | null | undefined): boolean {
    if (!url || !URL.canParse(url)) return false;
    const { protocol, host, username, password, origin } = new URL(url);
    // Not `origin`: for a scheme that Node does not know it is the text "null".
    const isBundle = protocol === `${SCHEME}:` && host === BUNDLE && username === '' && password === '';
    return isBundle || (this.#dev !== null && origin === this.#dev.origin);
  }

  /** What the window may load: itself, and pictures it has made. */
  mayLoad(url: string): boolean {
    const isDevTool = this.#dev !== null && /^(ws|devtools):/.test(url);
    return this.has(url) || /^(blob|data):/.test(url) || isDevTool;
  }
}

const mayOpenOutside = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === 'https:' && externalHosts.includes(host) && username === '' && password === '';
};

/** For every contents that comes to be, whoever made it. */
export function lockContents(
  contents: WebContents,
  pages: OwnPages,
  openExternal: (url: string) => Promise<void>,
): void {
  const stay = (event: { url: string; preventDefault(): void }): void => {
    if (!pages.has(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) setImmediate(() => void openExternal(url));
    return { action: 'deny' };
  });
}

/** Without handlers Electron grants every permission. Copying text is the one thing the page may do. */
export function lockSession(session: Session, pages: OwnPages): void {
  const may = (permission: string, url: string): boolean =>
    permission === 'clipboard-sanitized-write' && pages.has(url);
  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl }) =>
    callback(may(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => may(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !pages.mayLoad(url) }));
  session.on('will-download', (event) => event.preventDefault()); // files are saved through the dialog, whole or not at all
}
