/** A small service for the suites about the wires: it gives back, fails in every way there is, and tells events. */
import * as v from 'valibot';
import { call, type Handlers } from '../../src-core/contract/define.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { Events } from '../../src-main/rpc/events.ts';
import { implement, serve } from '../../src-main/rpc/serve.ts';

export const sampleService = {
  name: 'sample',
  calls: {
    echo: call<unknown>()(v.strictObject({ value: v.unknown() })),
    add: call<number>()(v.strictObject({ a: v.number(), b: v.number() })),
    failAsPerson: call<null>()(v.strictObject({})),
    failAsBug: call<null>()(v.strictObject({})),
    answerUnsendable: call<unknown>()(v.strictObject({})),
    never: call<null>()(v.strictObject({})),
    tell: call<null>()(v.strictObject({ times: v.number() })),
    logged: call<readonly string[]>()(v.strictObject({})),
  },
  events: ['told'],
} as const;

export interface SampleEvents {
  readonly told: { readonly index: number; readonly numbers: Float32Array };
}

/** Answers the sample service on this wire. */
export function serveSample(wire: Wire, { isPaced = false } = {}): void {
  const lines: string[] = [];
  const events = new Events();
  const emit = events.emitter<SampleEvents>(sampleService);
  const handlers: Handlers<typeof sampleService> = {
    echo: ({ value }) => value,
    add: ({ a, b }) => a + b,
    failAsPerson: () => {
      throw new AppError('host.engine_gone', { reason: 'a test' });
    },
    failAsBug: () => {
      throw new TypeError('secret detail');
    },
    answerUnsendable: () => new Date(0),
    never: () => new Promise<null>(() => {}),
    tell: ({ times }) => {
      for (let index = 0; index < times; index++)
        emit('told', { index, numbers: new Float32Array([index, Number.NaN]) });
      return null;
    },
    logged: () => lines,
  };
  events.attach(wire);
  serve(wire, { services: [implement(sampleService, handlers)], isPaced, log: (line) => lines.push(line) });
}
