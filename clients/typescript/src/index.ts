export { Patchbay, type PatchbayOptions } from './patchbay.js';
export { PatchbayError } from './error.js';
export { verifyWebhook, WebhookError, type WebhookEvent } from './webhook.js';
export type { components, operations, paths, webhooks } from './schema.js';
