/** A pipe for binary frames: MessagePort, WebSocket and process channel all look like this. */
export interface Wire {
  post(frame: Uint8Array): void;
  /** One listener; frames that came before it was set are kept and delivered. */
  onFrame(listener: (frame: Uint8Array) => void): void;
  onClose(listener: () => void): void;
  close(): void;
  /** Bytes handed over and not yet sent; 0 where the pipe cannot tell. */
  bufferedBytes(): number;
  /** Stops taking frames in, and begins again; absent where the pipe cannot hold the other side back. */
  setReading?(isReading: boolean): void;
}
