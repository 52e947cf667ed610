/** Serves contracts over a wire: looks calls up by declared name, checks their arguments, turns errors into data. */
import * as v from 'valibot';
import { RemoteError } from '../../src-core/contract/client.ts';
import { decodeFrame, encodeFrame } from '../../src-core/contract/codec.ts';
import type { Handlers, ServiceSpec } from '../../src-core/contract/define.ts';
import {
  callMessage,
  type CallMessage,
  type ErrorMessage,
  type ServiceMessage,
} from '../../src-core/contract/messages.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { Intake } from './intake.ts';

type Handler = (args: unknown) => unknown;

/** A declaration with the functions that answer it. */
export interface Served {
  readonly spec: ServiceSpec;
  readonly handlers: Readonly<Record<string, Handler>>;
}

/** Ties an implementation to its declaration; the compiler refuses it while a call is missing. */
export function implement<T extends ServiceSpec>(spec: T, handlers: Handlers<T>): Served {
  // Arguments are checked against the spec before a handler sees them, which makes the narrower parameter types true.
  return { spec, handlers: handlers as Readonly<Record<string, Handler>> };
}

export interface ServeOptions {
  readonly services: readonly Served[];
  /** Whether this page may make the calls that its service lists under `edits`; always, where this is left out. */
  readonly mayEdit?: () => boolean;
  /** The other side may be anybody's page: its calls are taken in as it reads the answers. */
  readonly isPaced?: boolean;
  /** Gets one entry for everything that is a bug of ours, in full. */
  readonly log: (line: string) => void;
}

function findCall(
  { services, mayEdit }: ServeOptions,
  { service, name }: CallMessage,
): { schema: v.GenericSchema; handler: Handler } {
  const served = services.find(({ spec }) => spec.name === service);
  const call = served && Object.hasOwn(served.spec.calls, name) ? served.spec.calls[name] : undefined;
  const handler = served && Object.hasOwn(served.handlers, name) ? served.handlers[name] : undefined;
  if (!call || !handler) throw new AppError('host.unknown_call', { call: `${service}.${name}` });
  if (served?.spec.edits?.includes(name) && mayEdit?.() === false) throw new AppError('host.watching', {});
  return { schema: call.args, handler };
}

function checkArguments(schema: v.GenericSchema, { service, name, args }: CallMessage): unknown {
  const result = v.safeParse(schema, args);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? 'its argument';
  throw new AppError('host.bad_arguments', { call: `${service}.${name}`, problem: `${place}: ${issue.message}` });
}

function readCall(frame: Uint8Array): CallMessage {
  const result = v.safeParse(callMessage, decodeFrame(frame));
  if (!result.success) throw new AppError('host.bad_frame', { reason: 'it is not a call' });
  return result.output;
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

function errorMessage(id: number | null, error: unknown, log: (line: string) => void): ErrorMessage {
  if (error instanceof AppError || error instanceof RemoteError) {
    return { kind: 'error', id, code: error.code, detail: error.detail ?? null, message: error.message };
  }
  log(`internal error: ${describe(error)}`);
  return {
    kind: 'error',
    id,
    code: 'internal',
    detail: null,
    message: 'internal error of Netloom; its log has the details',
  };
}

/**
 * Answers the calls that come over `wire` until it closes. Events go their own way (events.ts).
 * A frame that cannot be read is answered with an error whose id is null.
 */
export function serve(wire: Wire, options: ServeOptions): void {
  let isOpen = true;
  wire.onClose(() => {
    isOpen = false;
  });
  const reply = (message: ServiceMessage): void => {
    if (isOpen) wire.post(encodeFrame(message));
  };

  const answer = async (frame: Uint8Array): Promise<void> => {
    let id: number | null = null;
    try {
      const message = readCall(frame);
      id = message.id;
      const { schema, handler } = findCall(options, message);
      const result = await handler(checkArguments(schema, message));
      reply({ kind: 'result', id, result: result ?? null });
    } catch (error) {
      reply(errorMessage(id, error, options.log));
    }
  };
  const intake = options.isPaced ? new Intake(wire, answer) : null;
  wire.onFrame((frame) => (intake ? intake.push(frame) : void answer(frame)));
}
