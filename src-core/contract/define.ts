/** How a service is declared: calls with checked arguments and typed results, and events. Declared once, served and called by name. */
import type { GenericSchema, InferOutput } from 'valibot';

/** One call: a schema for its single argument object, and the type of its result (types only, nothing at run time). */
export interface CallSpec<S extends GenericSchema = GenericSchema, R = unknown> {
  readonly args: S;
  readonly result?: R;
}
export interface ServiceSpec {
  readonly name: string;
  readonly calls: Readonly<Record<string, CallSpec>>;
  /** Calls that only the page which edits may make; the others may look. */
  readonly edits?: readonly string[];
  /** Names of the events; their types stand in `EventTypes` of the service's file. */
  readonly events: readonly string[];
  /**
   * Events for the eye, which a connection that cannot keep up gets merged: how an event that waits and the next one become one, or null when
   * both must be sent. Events that are not named here are durable and always sent.
   */
  readonly display?: Readonly<Record<string, (older: never, newer: never) => unknown>>;
}

/** `call<Result>()(schema)`: the result type is given, the argument type is read off the schema. */
export const call =
  <R>() =>
  <S extends GenericSchema>(args: S): CallSpec<S, R> => ({ args });

type Calls<T extends ServiceSpec> = T['calls'];
export type ArgsOf<C> = C extends CallSpec<infer S, unknown> ? InferOutput<S> : never;
export type ResultOf<C> = C extends CallSpec<GenericSchema, infer R> ? R : never;

/** What a caller holds: one method a call, plus `on`. */
export type Client<T extends ServiceSpec, Events> = {
  readonly [K in keyof Calls<T>]: (args: ArgsOf<Calls<T>[K]>) => Promise<ResultOf<Calls<T>[K]>>;
} & {
  /** Returns the function that ends the subscription. */
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void;
};

/** What an implementation provides. */
export type Handlers<T extends ServiceSpec> = {
  readonly [K in keyof Calls<T>]: (args: ArgsOf<Calls<T>[K]>) => ResultOf<Calls<T>[K]> | Promise<ResultOf<Calls<T>[K]>>;
};

/** How an implementation tells its subscribers. */
export type Emit<Events> = <E extends keyof Events>(event: E, payload: Events[E]) => void;
