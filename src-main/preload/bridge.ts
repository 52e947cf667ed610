/** Hands the page one MessagePort to the host, and nothing else. Built into one CommonJS file, as a sandboxed preload must be. */
import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_NAME, CONNECT_CHANNEL, PORT_MESSAGE, type Bridge } from '../../src-core/contract/bridge.ts';

const bridge: Bridge = {
  kind: 'electron',
  connect: (nonce) => {
    ipcRenderer.send(CONNECT_CHANNEL, String(nonce));
  },
};
contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);

// A port cannot cross the context bridge; a message to the own window is the documented way into the page.
ipcRenderer.on(PORT_MESSAGE, (event, nonce: unknown) => {
  window.postMessage({ type: PORT_MESSAGE, nonce }, '*', [...event.ports]);
});
