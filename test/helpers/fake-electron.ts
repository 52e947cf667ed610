/** A strict stand-in for Electron 45: it refuses what Electron refuses, and records in order what the shell did. */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort as NodePort } from 'node:worker_threads';
import type { ElectronApi } from '../../src-main/host/electron/electron-api.ts';

function hasSharedMemory(value: unknown, seen = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  if (value instanceof SharedArrayBuffer) return true;
  if (ArrayBuffer.isView(value)) return value.buffer instanceof SharedArrayBuffer;
  return Object.values(value).some((item) => hasSharedMemory(item, seen));
}

/** Electron's serializer: structured clone, without SharedArrayBuffer. */
export function clone<T>(value: T): T {
  if (hasSharedMemory(value)) throw new Error('An object could not be cloned.');
  return structuredClone(value);
}

/** A MessagePortMain over a real port: silent until started, gone once it was handed on. */
export class FakePort extends EventEmitter {
  #isStarted = false;
  isNeutered = false;
  readonly raw: NodePort;

  constructor(raw: NodePort) {
    super();
    this.raw = raw;
    raw.on('close', () => this.emit('close'));
  }
  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (!this.isNeutered) this.raw.postMessage(clone(message), takePorts(transfer));
  }
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.raw.on('message', (data) => this.emit('message', { data, ports: [] }));
  }
  close(): void {
    this.raw.close();
  }
}

/** A transfer list takes ports and nothing else, and each of them once. */
export function takePorts(list: readonly unknown[]): NodePort[] {
  return list.map((port, index) => {
    if (!(port instanceof FakePort)) throw new TypeError(`Port at index ${index} is not a valid port`);
    if (port.isNeutered) throw new Error(`Port at index ${index} is already neutered.`);
    port.isNeutered = true;
    return port.raw;
  });
}

export class FakeMessageChannelMain {
  readonly port1: FakePort;
  readonly port2: FakePort;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new FakePort(port1);
    this.port2 = new FakePort(port2);
  }
}

export interface FakeFrame {
  url: string;
  detached: boolean;
  parent: object | null;
  posted: { channel: string; message: unknown; ports: NodePort[] }[];
  postMessage(channel: string, message: unknown, transfer?: readonly unknown[]): void;
}

export class FakeContents extends EventEmitter {
  readonly id: number;
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly mainFrame: FakeFrame = {
    url: 'about:blank',
    detached: false,
    parent: null,
    posted: [],
    postMessage(channel, message, transfer = []) {
      this.posted.push({ channel, message: clone(message), ports: takePorts(transfer) });
    },
  };
  constructor(id: number) {
    super();
    this.id = id;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
}

export interface FakeWindow extends EventEmitter {
  readonly options: { show?: boolean; webPreferences?: Record<string, unknown> };
  readonly webContents: FakeContents;
  url: string;
  reloads: number;
  close(): void;
}

interface Permissions {
  request?: (
    contents: unknown,
    name: string,
    answer: (granted: boolean) => void,
    details: { requestingUrl: string },
  ) => void;
  check?: (contents: unknown, name: string, origin: string) => boolean;
  device?: () => boolean;
  displayMedia?: (request: unknown, answer: (streams: unknown) => void) => void;
  bluetoothPairing?: (details: unknown, answer: (reply: { confirmed: boolean }) => void) => void;
  usbClasses?: (details: { protectedClasses: string[] }) => string[];
  beforeRequest?: (details: { url: string }, answer: (reply: { cancel: boolean }) => void) => void;
}

export interface FakeOptions {
  readonly hasLock?: boolean;
  readonly isPackaged?: boolean;
  /** Where the save dialog pretends the person chose to save; null cancels. */
  readonly savePath?: string | null;
  /** Which file the person chooses to open; null cancels. */
  readonly openPath?: string | null;
  /** Which button the person presses when asked; the question waits for it. */
  readonly answer?: Promise<number>;
}

/** Everything here is Electron's; none of it is ours. */
export function fakeElectron({
  hasLock = true,
  isPackaged = false,
  savePath = null,
  openPath = null,
  answer,
}: FakeOptions = {}) {
  const log: string[] = [];
  const windows: FakeWindow[] = [];
  const permissions: Permissions = {};
  const handlers = new Map<string, (request: Request) => Response>();
  let isReady = false;
  let lastContents = 0;
  const ready = Promise.withResolvers<void>();
  const mustBeReady = (what: string): void => {
    if (!isReady) throw new Error(`${what} before ready`);
  };
  const mustBeEarly = (what: string): void => {
    if (isReady) throw new Error(`${what} after ready`);
  };

  class Window extends EventEmitter implements FakeWindow {
    readonly webContents = new FakeContents(++lastContents);
    readonly options: FakeWindow['options'];
    url = '';
    reloads = 0;
    #isDestroyed = false;
    constructor(options: FakeWindow['options']) {
      super();
      mustBeReady('BrowserWindow');
      this.options = options;
      windows.push(this);
      log.push('window');
      app.emit('web-contents-created', {}, this.webContents);
    }
    loadURL(url: string): Promise<void> {
      this.url = url;
      this.webContents.mainFrame.url = url;
      return Promise.resolve();
    }
    show(): void {
      log.push('show');
    }
    focus(): void {
      log.push('focus');
    }
    restore(): void {
      log.push('restore');
    }
    reload(): void {
      this.reloads++;
    }
    isMinimized(): boolean {
      return true;
    }
    isDestroyed(): boolean {
      return this.#isDestroyed;
    }
    destroy(): void {
      this.#isDestroyed = true;
      windows.splice(windows.indexOf(this), 1);
      this.emit('closed');
    }
    close(): void {
      let isPrevented = false;
      this.emit('close', {
        preventDefault: () => {
          isPrevented = true;
        },
      });
      if (isPrevented) return;
      this.destroy();
      if (windows.length === 0 && !app.isQuitting) app.emit('window-all-closed');
    }
  }

  const paths = new Map<string, string>([['documents', '/documents']]);
  const app = Object.assign(new EventEmitter(), {
    isPackaged,
    isQuitting: false,
    exitCode: null as number | null,
    commandLine: { hasSwitch: () => false },
    whenReady: () => ready.promise,
    enableSandbox() {
      mustBeEarly('enableSandbox');
      log.push('enableSandbox');
    },
    requestSingleInstanceLock() {
      log.push('lock');
      return hasLock;
    },
    getPath: (name: string) => paths.get(name) ?? `/unset/${name}`,
    setPath(name: string, path: string) {
      mustBeEarly('setPath');
      paths.set(name, path);
      log.push(`setPath ${name}`);
    },
    /** before-quit, windows close, will-quit, quit; the first and the third can be prevented. */
    quit() {
      app.isQuitting = true;
      let isPrevented = false;
      const event = {
        preventDefault() {
          isPrevented = true;
        },
      };
      app.emit('before-quit', event);
      if (!isPrevented) for (const window of [...windows]) window.close();
      if (windows.length > 0) isPrevented = true; // one of them stays
      if (!isPrevented) app.emit('will-quit', event);
      if (isPrevented) {
        app.isQuitting = false;
        return;
      }
      app.exitCode ??= 0;
      log.push('exited');
      app.emit('quit');
    },
    exit(code: number) {
      app.exitCode ??= code;
    },
  });

  const protocol = {
    schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
    registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]) {
      mustBeEarly('registerSchemesAsPrivileged');
      if (protocol.schemes.length > 0) throw new Error('registerSchemesAsPrivileged can be called only once');
      protocol.schemes = schemes;
      log.push('schemes');
    },
    handle(scheme: string, handler: (request: Request) => Response) {
      mustBeReady('protocol.handle');
      handlers.set(scheme, handler);
      log.push('protocol.handle');
    },
  };
  const defaultSession = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: NonNullable<Permissions['request']>) => (permissions.request = handler),
    setPermissionCheckHandler: (handler: NonNullable<Permissions['check']>) => (permissions.check = handler),
    setDevicePermissionHandler: (handler: NonNullable<Permissions['device']>) => (permissions.device = handler),
    setDisplayMediaRequestHandler: (handler: NonNullable<Permissions['displayMedia']>) =>
      (permissions.displayMedia = handler),
    setBluetoothPairingHandler: (handler: NonNullable<Permissions['bluetoothPairing']>) =>
      (permissions.bluetoothPairing = handler),
    setUSBProtectedClassesHandler: (handler: NonNullable<Permissions['usbClasses']>) =>
      (permissions.usbClasses = handler),
    setSpellCheckerEnabled: (isOn: boolean) => log.push(`spellchecker ${isOn}`),
    webRequest: {
      onBeforeRequest: (handler: NonNullable<Permissions['beforeRequest']>) => (permissions.beforeRequest = handler),
    },
  });
  const session = {
    get defaultSession() {
      mustBeReady('defaultSession');
      return defaultSession;
    },
  };
  const dialog = {
    errors: [] as string[],
    saves: [] as { defaultPath?: string }[],
    opens: [] as { defaultPath?: string; properties?: string[] }[],
    questions: [] as string[],
    async showMessageBox(...args: unknown[]) {
      const { message } = args.at(-1) as { message: string };
      dialog.questions.push(message);
      return { response: (await answer) ?? 0 };
    },
    showErrorBox: (_title: string, text: string) => dialog.errors.push(text),
    showOpenDialog(...args: unknown[]) {
      dialog.opens.push(args.at(-1) as { defaultPath?: string });
      return Promise.resolve({ canceled: openPath === null, filePaths: openPath === null ? [] : [openPath] });
    },
    showSaveDialog(...args: unknown[]) {
      dialog.saves.push(args.at(-1) as { defaultPath?: string });
      return Promise.resolve({ canceled: savePath === null, filePath: savePath ?? '' });
    },
  };
  const shell = {
    opened: [] as string[],
    openExternal(url: string) {
      shell.opened.push(url);
      return Promise.resolve();
    },
  };
  const ipcMain = new EventEmitter();
  const menu = {
    buildFromTemplate: (template: unknown) => template,
    setApplicationMenu() {
      mustBeReady('setApplicationMenu');
      log.push('menu');
    },
  };
  const utilityProcess = {
    fork() {
      throw new Error('the shell itself starts no utility process');
    },
  };
  const parts = { app, ipcMain, dialog, shell, protocol, session, utilityProcess, Menu: menu };
  const api = { ...parts, BrowserWindow: Window, MessageChannelMain: FakeMessageChannelMain };
  return {
    // It has every member the shell uses, with Electron's own shapes; the compiler cannot see that they are enough.
    electron: api as unknown as ElectronApi,
    ...parts,
    defaultSession,
    log,
    windows,
    permissions,
    handlers,
    setReady() {
      isReady = true;
      ready.resolve();
    },
  };
}
