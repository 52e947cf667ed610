/** Ends WebSockets whose other side is gone without having said so (a laptop that sleeps, a process that was killed). */
import type { WebSocket, WebSocketServer } from 'ws';

const PING_MS = 15_000;
const DROP_AFTER_MS = 30_000;

export function watchHeartbeat(server: WebSocketServer): void {
  const lastHeard = new WeakMap<WebSocket, number>();
  server.on('connection', (socket: WebSocket) => {
    lastHeard.set(socket, performance.now());
    socket.on('pong', () => lastHeard.set(socket, performance.now()));
  });
  const timer = setInterval(() => {
    for (const socket of server.clients) {
      if (performance.now() - (lastHeard.get(socket) ?? 0) > DROP_AFTER_MS) socket.terminate();
      else socket.ping();
    }
  }, PING_MS);
  server.on('close', () => clearInterval(timer));
}
