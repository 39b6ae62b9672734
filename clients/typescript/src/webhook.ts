import { createHmac, timingSafeEqual } from 'node:crypto';
import type { webhooks } from './schema.js';

/** An event as endpoints get it, told apart by `type`. */
export type WebhookEvent = { [T in keyof webhooks]: webhooks[T]['post']['requestBody']['content']['application/json'] }[keyof webhooks];

/** A delivery that is not genuine, or too old or too new to be believed. Answer it with 400. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
}

/**
 * The event of a delivery, once its signature is verified; throws a WebhookError otherwise.
 * @param rawBody As it came, before any parsing.
 * @param headers Of the request, as Fetch or Node.js have them.
 * @param secrets The endpoint's secret; while it is being changed, the old one beside the new one.
 * @param options.tolerance Seconds that the timestamp may be off, 300 by default.
 */
export function verifyWebhook(
  rawBody: string | Uint8Array,
  headers: Headers | Record<string, string | string[] | undefined>,
  secrets: string | readonly string[],
  { tolerance = 300, now = new Date() }: { tolerance?: number; now?: Date } = {},
): WebhookEvent {
  const id = header(headers, 'webhook-id');
  const timestamp = header(headers, 'webhook-timestamp');
  if (!/^\d+$/.test(timestamp)) throw new WebhookError('The header webhook-timestamp is not a number of seconds.');
  if (!(Math.abs(now.getTime() / 1_000 - Number(timestamp)) <= tolerance))
    throw new WebhookError(`The delivery was signed more than ${tolerance} seconds from now: it may be an old one sent again, or a clock is wrong.`);

  const given = header(headers, 'webhook-signature').split(' ').map((signature) => Buffer.from(signature));
  const genuine = [secrets].flat().some((secret) => {
    const expected = Buffer.from(`v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(rawBody).digest('base64')}`);
    return given.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
  });
  if (!genuine) throw new WebhookError('No signature fits: verify the body as it came, with the secret of this endpoint.');
  return JSON.parse(Buffer.from(rawBody).toString('utf8')) as WebhookEvent;
}

function header(headers: Headers | Record<string, string | string[] | undefined>, name: string): string {
  const value = headers instanceof Headers
    ? headers.get(name)
    : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  if (typeof value !== 'string') throw new WebhookError(`The header ${name} is missing, or there twice.`);
  return value;
}

/** A secret that the hub made is base64 behind its prefix; one of your own is used as it is. */
function keyOf(secret: string): Buffer {
  if (!secret) throw new TypeError('The secret of the webhook endpoint is empty.');
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
}
