// Usage: SANDBOX=http://127.0.0.1:5050/ node --test plivo.mjs
import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import plivo from 'plivo';
import { receive } from './receiver.mjs';

const token = 'MzRiNmQ0ZjhhMWMyZTNmNGE1YjZjN2Q4ZTlmMGEx';
const open = (authId, authToken = token) =>
  new plivo.Client(authId, authToken, { url: new URL(`plivo/v1/Account/${authId}`, process.env.SANDBOX).href });
const client = open('MAMJY0ZTQ1YTRJNDG1NT');

test('a message is sent, and fetched until it is delivered', async () => {
  const sent = await client.messages.create('14155550100', '14155550123', 'Your order has shipped');
  assert.equal(sent.message, 'message(s) queued');
  const [uuid] = sent.messageUuid;
  for (const signal = AbortSignal.timeout(15_000); ; await sleep(20)) {
    const message = await client.messages.get(uuid);
    assert.equal(message.toNumber, '14155550123');
    if (message.messageState === 'delivered') break;
    signal.throwIfAborted();
  }
});

test('what is wrong is refused', async () => {
  await assert.rejects(client.messages.create('14155550100', '12', 'Hello'), { status: 400, message: /not a valid phone number/ });
  await assert.rejects(client.messages.get('00000000-0000-0000-0000-000000000000'), { status: 404 });
  await assert.rejects(open('MAMJY0ZTQ1YTRJNDG1NT', 'wrong').accounts.get(), { status: 401 });
});

test('lists are paged, and the account is read', async () => {
  const other = open('MAMJY0ZTQ1YTRJNDG2NT');
  const made = [];
  for (const to of ['14155550101', '14155550102', '14155550103'])
    made.unshift((await other.messages.create('14155550100', to, 'Hello')).messageUuid[0]);
  const page = await other.messages.list({ limit: 2, offset: 1 });
  assert.deepEqual(page.map((one) => one.messageUuid), made.slice(1));
  assert.equal(page.meta.totalCount, 3);
  assert.deepEqual((await other.messages.list({ to_number: '14155550102' })).map((one) => one.messageUuid), [made[1]]);
  const account = await other.accounts.get();
  assert.deepEqual([account.name, account.cashCredits], ['Sandbox account', '100.00000']);
});

test('callbacks are signed by V3, by POST and by GET', async (t) => {
  const receiver = await receive(t);
  for (const method of ['POST', 'GET']) {
    const { messageUuid } = await client.messages.create('14155550100', '14155550123', 'Hello', { url: receiver.url, method });
    const { headers, body, path } = await receiver.next((one) => one.method === method && `${one.path} ${one.body}`.includes(messageUuid[0]));
    const { 'x-plivo-signature-v3': signature, 'x-plivo-signature-v3-nonce': nonce } = headers;
    const valid = (url, fields) => plivo.validateV3Signature(method, url, nonce, token, signature, fields);
    const url = new URL(path, receiver.url).href;
    const fields = Object.fromEntries(new URLSearchParams(body));
    assert.ok(valid(url, fields), method);
    assert.ok(!valid(url.replace('42', '43'), fields));
    assert.ok(!valid(url, { ...fields, Status: 'failed' }));
  }
});
