/** The few messages that services speak in: calls, their answers, and events. */
import * as v from 'valibot';

const MAX_ID = 2 ** 53;
const callNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_ID));

/** From the caller. Anything else in it is refused. */
export const callMessage = v.strictObject({
  kind: v.literal('call'),
  id: callNumber,
  service: v.string(),
  name: v.string(),
  args: v.unknown(),
});

const resultMessage = v.strictObject({ kind: v.literal('result'), id: callNumber, result: v.unknown() });
/** `id` is null when the call itself could not be read. */
const errorMessage = v.strictObject({
  kind: v.literal('error'),
  id: v.nullable(callNumber),
  code: v.string(),
  detail: v.unknown(),
  message: v.string(),
});
const eventMessage = v.strictObject({
  kind: v.literal('event'),
  service: v.string(),
  name: v.string(),
  payload: v.unknown(),
});

/** From the service. */
export const serviceMessage = v.variant('kind', [resultMessage, errorMessage, eventMessage]);

export type CallMessage = v.InferOutput<typeof callMessage>;
export type ServiceMessage = v.InferOutput<typeof serviceMessage>;
export type ErrorMessage = v.InferOutput<typeof errorMessage>;
