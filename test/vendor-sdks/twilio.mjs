// Usage: SANDBOX=http://127.0.0.1:5050/ node --test twilio.mjs
import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import twilio from 'twilio';
import { receive } from './receiver.mjs';

const token = '0123456789abcdef0123456789abcdef';
const service = 'MG0123456789abcdef0123456789abcdef';
function open(last, authToken = token) {
  const client = twilio(`AC${'0'.repeat(31)}${last}`, authToken);
  client.api.baseUrl = new URL('twilio', process.env.SANDBOX).href;
  return client;
}
const client = open(1);
const sms = { to: '+14155550123', from: '+14155550100', body: 'Your order has shipped' };
const until = async (sid, status) => {
  for (const signal = AbortSignal.timeout(15_000); (await client.messages(sid).fetch()).status !== status; await sleep(20)) signal.throwIfAborted();
};

test('an SMS is sent and fetched, redacted and removed once it is delivered', async () => {
  const sent = await client.messages.create(sms);
  assert.match(sent.sid, /^SM[0-9a-f]{32}$/);
  assert.deepEqual([sent.status, sent.numMedia, sent.direction], ['queued', '0', 'outbound-api']);
  assert.ok(sent.dateCreated instanceof Date);
  const waits = await client.messages.create({ ...sms, to: '+14155550012' });   // no receipt ever comes of it
  await assert.rejects(client.messages(waits.sid).remove(), { status: 409, code: 20009 });
  await until(sent.sid, 'delivered');
  assert.equal((await client.messages(sent.sid).update({ body: '' })).body, '');
  assert.deepEqual([(await client.messages(sent.sid).fetch()).body, (await client.messages(sent.sid).fetch()).status], ['', 'delivered']);
  await assert.rejects(client.messages(sent.sid).update({ body: 'Another text' }), { status: 400 });
  assert.equal(await client.messages(sent.sid).remove(), true);
  await assert.rejects(client.messages(sent.sid).fetch(), { status: 404, code: 20404 });
  assert.equal((await client.messages.list()).some((one) => one.sid === sent.sid), false);
});

test('a scheduled message waits, and can be canceled until it leaves', async () => {
  const at = { messagingServiceSid: service, scheduleType: 'fixed', to: sms.to, body: 'See you tomorrow' };
  const scheduled = await client.messages.create({ ...at, sendAt: new Date(Date.now() + 3_600_000) });
  assert.equal(scheduled.status, 'scheduled');
  assert.equal((await client.messages(scheduled.sid).fetch()).dateSent, null);
  assert.equal((await client.messages(scheduled.sid).update({ status: 'canceled' })).status, 'canceled');
  assert.equal((await client.messages(scheduled.sid).fetch()).status, 'canceled');
  await assert.rejects(client.messages.create({ ...at, sendAt: new Date(Date.now() + 60_000) }), { status: 400, code: 35114 });
  const atOnce = await client.messages.create({ ...sms, scheduleType: 'fixed', sendAt: new Date(Date.now() + 3_600_000) });
  assert.equal(atOnce.status, 'queued');
  await assert.rejects(client.messages(atOnce.sid).update({ status: 'canceled' }), { status: 409, code: 30409 });
});

test('media go with a message, with a text or without', async () => {
  const mediaUrl = ['https://shop.example/a.png', 'https://shop.example/b.png'];
  const sent = await client.messages.create({ to: sms.to, from: sms.from, mediaUrl });
  assert.match(sent.sid, /^MM/);
  assert.equal(sent.numMedia, '2');
  await assert.rejects(client.messages.create({ ...sms, mediaUrl: Array(11).fill(mediaUrl[0]) }), { code: 21623 });
});

test('senders, recipients and keys that are wrong are refused with the code for it', async () => {
  const refused = await client.messages.create({ ...sms, from: '12' }).catch((error) => error);
  assert.ok(refused instanceof twilio.RestException);
  assert.deepEqual([refused.status, refused.code, refused.moreInfo], [400, 21212, 'https://www.twilio.com/docs/errors/21212']);
  for (const [from, code] of [['+15005550001', 21212], ['+15005550007', 21606], ['+15005550008', 21611]])
    await assert.rejects(client.messages.create({ ...sms, from }), { code });
  for (const from of ['+15005550006', '12345', 'Books & Co', 'whatsapp:+14155550100']) await client.messages.create({ ...sms, from });
  await assert.rejects(client.messages.create({ ...sms, to: '12' }), { code: 21211 });
  await assert.rejects(client.messages.create({ ...sms, to: '+14155550004' }), { code: 21610 });
  await assert.rejects(open(1, 'f'.repeat(32)).messages.create(sms), { status: 401, code: 20003 });
});

test('lists go over pages and are narrowed, and the account is read', async () => {
  const other = open(2);
  const made = [];
  for (const to of ['+14155550101', '+14155550102', '+14155550103', '+14155550103'])
    made.unshift((await other.messages.create({ ...sms, to })).sid);
  assert.deepEqual((await other.messages.list({ pageSize: 2 })).map((one) => one.sid), made);
  assert.deepEqual((await other.messages.list({ to: '+14155550103', pageSize: 1 })).map((one) => one.sid), made.slice(0, 2));
  assert.equal((await other.messages.list({ dateSentAfter: new Date(Date.now() + 2 * 86_400_000) })).length, 0);
  assert.equal((await other.api.v2010.accounts(other.accountSid).fetch()).status, 'active');
  assert.equal((await other.balance.fetch()).currency, 'USD');
});

test('callbacks are signed, and the same one has the same token each time', async (t) => {
  const receiver = await receive(t);
  const { sid } = await client.messages.create({ ...sms, to: '+14155550060', statusCallback: receiver.url });   // each comes twice
  const delivered = (one) => new URLSearchParams(one.body).get('MessageStatus') === 'delivered';
  const { headers, body } = await receiver.next(delivered);
  const params = Object.fromEntries(new URLSearchParams(body));
  const valid = (url, fields) => twilio.validateRequest(token, headers['x-twilio-signature'], url, fields);
  assert.equal(params.MessageSid, sid);
  assert.ok(valid(receiver.url, params));
  assert.ok(!valid(receiver.url, { ...params, MessageStatus: 'failed' }));
  assert.ok(!valid(receiver.url.replace('42', '43'), params));
  const first = headers['i-twilio-idempotency-token'];
  assert.match(first, /^[0-9a-f-]{36}$/);
  await receiver.next((one) => delivered(one) && one.headers !== headers && one.headers['i-twilio-idempotency-token'] === first);
  await receiver.next((one) => !delivered(one) && one.headers['i-twilio-idempotency-token'] !== first);
});
