// What a user of the client does, against the hub at PATCHBAY_URL, which plays its providers.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Patchbay, PatchbayError, verifyWebhook, WebhookError, type WebhookEvent } from '@patchbay/client';

const hub = { baseUrl: process.env.PATCHBAY_URL!, apiKey: process.env.PATCHBAY_API_KEY! };
const patchbay = new Patchbay(hub);
const run = Date.now();
const order = (name: string) => ({ amount: '12.50', currency: 'EUR', reference: `${name}-${run}`, return_url: 'https://shop.example/' });

/** A hub of one's own that answers what is listed, in turn, and remembers the requests. */
function played(...answers: (Response | Error)[]) {
  const requests: { key: string | null; body: string }[] = [];
  const fetch = async (request: Request) => {
    const answer = answers[requests.push({ key: request.headers.get('Idempotency-Key'), body: await request.text() }) - 1];
    if (answer instanceof Response) return answer;
    throw answer ?? new Error('one request too many');
  };
  return { requests, patchbay: new Patchbay({ ...hub, fetch }), keys: () => requests.map(({ key }) => key) };
}
const tenant = () => Response.json({ id: 'ten_1' });
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  Response.json({ status, code, detail: 'Do something.', errors: null, trace_id: 'abc' }, { status, headers });

test('a payment is paid on its page', async () => {
  const payment = await patchbay.post('/api/v1/payments', { body: order('paid'), params: { header: { Prefer: 'wait=20' } } });
  assert.equal(payment.status, 'requires_action');
  const page = await fetch(payment.next_action!.url!, { method: 'POST', redirect: 'manual' });
  assert.equal(page.headers.get('Location'), 'https://shop.example/');
  const call = { params: { path: { id: payment.id } }, signal: AbortSignal.timeout(20_000) };
  while ((await patchbay.get('/api/v1/payments/{id}', call)).status !== 'succeeded') await sleep(50);
});

test('a key given twice gets the first answer again', async () => {
  const call = { body: order('twice'), params: { header: { 'Idempotency-Key': `twice-${run}` } } };
  const first = await patchbay.post('/api/v1/payments', call);
  const { data, response } = await patchbay.client.POST('/api/v1/payments', call);
  assert.equal(data?.id, first.id);
  assert.equal(response.headers.get('Idempotency-Replay'), 'true');
});

test('a signed delivery is verified, and one that was changed, is old or signed by others is not', async (t) => {
  const server = createServer(async (request, response) => {
    server.emit('delivery', await buffer(request), request.headers);
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  const { id, secret } = await patchbay.post('/api/v1/webhooks', { body: { url, events: ['message.queued'] } });
  const delivery = once(server, 'delivery', { signal: AbortSignal.timeout(20_000) });
  const sms = await patchbay.post('/api/v1/messages', { body: { channel: 'sms', to: '+14155550123', body: 'Grüße' } });
  const [body, headers] = (await delivery) as [Buffer, Record<string, string>];

  const event: WebhookEvent = verifyWebhook(body, headers, secret!);
  if (event.type !== 'message.queued') assert.fail(event.type);
  const to: string = event.data.to;
  assert.deepEqual([event.data.id, to], [sms.id, '+14155550123']);
  const rotated = await patchbay.post('/api/v1/webhooks/{id}/rotate-secret', { params: { path: { id } } });
  verifyWebhook(body.toString(), new Headers(headers), [rotated.secret!, secret!]);
  verifyWebhook(body, headers, [secret!, rotated.secret!]);
  const { 'webhook-signature': signature, ...unsigned } = headers;
  verifyWebhook(body, { ...unsigned, 'Webhook-Signature': `v1,AAAA v2,zzzz ${signature}` }, secret!);

  const refused = (what: RegExp, ...[given, head, secrets, options]: Parameters<typeof verifyWebhook>) =>
    assert.throws(() => verifyWebhook(given, head, secrets, options), (error) => error instanceof WebhookError && what.test(error.message));
  const forged = body.toString().replace('+14155550123', '+14155550124');
  refused(/No signature fits/, forged, headers, secret!);
  refused(/No signature fits/, body, { ...headers, 'webhook-id': 'evt_2' }, secret!);
  refused(/No signature fits/, body, headers, [rotated.secret!, 'a secret of somebody else']);
  refused(/webhook-signature is missing/, body, unsigned, secret!);
  refused(/more than 300 seconds/, body, headers, secret!, { now: new Date(Date.now() + 302_000) });
  refused(/more than 300 seconds/, body, headers, secret!, { now: new Date(Date.now() - 305_000) });
  refused(/more than 0 seconds/, body, headers, secret!, { tolerance: 0, now: new Date(Date.now() + 5_000) });
  refused(/not a number/, body, { ...headers, 'webhook-timestamp': 'NaN' }, secret!);
  assert.throws(() => verifyWebhook(body, headers, ''), /empty/);

  await patchbay.delete('/api/v1/webhooks/{id}', { params: { path: { id } } });
});

test('a list is gone through page by page', async () => {
  const made = [];
  for (const name of ['one', 'two', 'three'])
    made.unshift((await patchbay.post('/api/v1/payments', { body: { ...order(name), customer: { id: `cus-${run}` } } })).id);
  const listed = [];
  for await (const payment of patchbay.list('/api/v1/payments', { params: { query: { customer_id: `cus-${run}`, limit: 1 } } }))
    listed.push(payment.id);
  assert.deepEqual(listed, made);

  const created = [];
  for await (const event of patchbay.list('/api/v1/events', { params: { query: { type: ['payment.created'], limit: 1 } } }))
    if (event.type === 'payment.created') created.unshift(event.data.id);
  assert.deepEqual(created.slice(0, 3), made);
});

test('a refusal is thrown with its code, its fields and its trace', async () => {
  const refused = await patchbay.post('/api/v1/payments', { body: { ...order('refused'), currency: 'XXX' } }).catch((error) => error);
  assert.ok(refused instanceof PatchbayError);
  assert.deepEqual([refused.status, refused.code], [422, 'validation_failed']);
  assert.match(refused.errors.currency![0]!, /ISO 4217/);
  assert.match(refused.detail, /^Correct the fields/);
  assert.match(refused.traceId!, /^[0-9a-f]{32}$/);
  assert.match(refused.message, /^422 validation_failed: Correct/);

  const stranger = new Patchbay({ ...hub, apiKey: 'ba_test_nobody' });
  await assert.rejects(stranger.get('/api/v1/tenant'), { status: 401, code: 'unauthenticated', errors: {} });
  assert.throws(() => new Patchbay({ ...hub, apiKey: '' }), /apiKey is empty/);
});

test('what is not the hub\'s answer is thrown as it is', async () => {
  const proxy = played(new Response('<h1>No such host</h1>', { status: 404 }));
  await assert.rejects(proxy.patchbay.get('/api/v1/tenant'), { status: 404, code: undefined, detail: '<h1>No such host</h1>' });
});

test('what failed for a moment is sent again with the same random key', async () => {
  const flaky = played(new TypeError('fetch failed'), problem(503, 'database_unavailable'), problem(409, 'idempotency_in_progress'), tenant());
  await flaky.patchbay.post('/api/v1/payments', { body: order('flaky') });
  assert.equal(flaky.requests.length, 4);
  assert.equal(new Set(flaky.keys()).size, 1);
  assert.match(flaky.keys()[0]!, /^[0-9a-f-]{36}$/);
  assert.equal(flaky.requests[3]!.body, JSON.stringify(order('flaky')));

  const other = played(tenant());
  await other.patchbay.post('/api/v1/payments', { body: order('flaky') });
  assert.notEqual(other.keys()[0], flaky.keys()[0]);
});

test('a refusal is not sent again, nor a POST without a key, nor more often than said', async () => {
  for (const [status, code] of [[409, 'changed_meanwhile'], [422, 'no_active_provider'], [500, 'internal_error']] as const) {
    const refusing = played(problem(status, code));
    await assert.rejects(refusing.patchbay.post('/api/v1/payments', { body: order('no') }), { code });
  }
  const keyless = played(problem(503, 'database_unavailable'));
  await assert.rejects(keyless.patchbay.post('/api/v1/routing-rules/evaluate', { body: { capability: 'send_sms' } }), { status: 503 });
  assert.deepEqual(keyless.keys(), [null]);

  const down = new TypeError('fetch failed');
  let tries = 0;
  const twice = new Patchbay({ ...hub, retries: 1, fetch: async () => { tries++; throw down; } });
  await assert.rejects(twice.get('/api/v1/tenant'), down);
  assert.equal(tries, 2);
});

test('Retry-After is waited for, unless it is too long or the caller has enough', async () => {
  const date = new Date(Date.now() + 2_000).toUTCString(); // in whole seconds: one ahead at least
  const started = performance.now();
  await Promise.all(['1', date].map(async (after) => {
    await played(problem(429, 'rate_limited', { 'Retry-After': after }), tenant()).patchbay.get('/api/v1/tenant');
    assert.ok(performance.now() - started >= 999);
  }));

  const closed = played(problem(503, 'storage_full', { 'Retry-After': '3600' }));
  await assert.rejects(closed.patchbay.get('/api/v1/tenant', { signal: AbortSignal.timeout(5_000) }), { code: 'storage_full' });
  const impatient = played(problem(429, 'rate_limited', { 'Retry-After': '50' }));
  await assert.rejects(impatient.patchbay.get('/api/v1/tenant', { signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
});
