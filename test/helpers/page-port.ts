/** A Node port with the interface that a page's MessagePort has. */
import type { MessagePort as NodePort } from 'node:worker_threads';
import type { PortEnd } from '../../src-core/contract/page-wires.ts';

export const pagePort = (port: NodePort): PortEnd => ({
  postMessage: (message) => port.postMessage(message),
  addEventListener: (type: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
    if (type === 'message') port.on('message', (data) => listener({ data }));
    else port.on('close', () => listener({ data: null }));
  },
  start: () => port.start(),
  close: () => port.close(),
});
