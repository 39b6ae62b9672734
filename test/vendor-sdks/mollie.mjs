// Usage: SANDBOX=http://127.0.0.1:5050/ node --test mollie.mjs, where customers do not pay by themselves
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import test from 'node:test';
import { receive } from './receiver.mjs';

https.Agent = http.Agent;   // the library takes any address, but goes there by https alone
const { createMollieClient: mollieClient } = await import('@mollie/api-client');

const open = (apiKey) => mollieClient({ apiKey, apiEndpoint: new URL('mollie/v2/', process.env.SANDBOX).href });
const mollie = open('test_sdk00000000000000000000000000000');
const eur = (value) => ({ currency: 'EUR', value });
const pay = (more = {}, client = mollie) => client.payments.create({
  amount: eur('10.99'), description: 'Order 1001', redirectUrl: 'https://shop.example/thanks', metadata: { reference: 'pay_01' }, ...more,
});
const act = (payment, what = '') => fetch(payment.getCheckoutUrl() + what, { method: 'POST', redirect: 'manual' });
const paid = async (more) => {
  const payment = await pay(more);
  await act(payment);
  return mollie.payments.get(payment.id);
};

test('a payment is made once by its key, paid on its page, and tells its address', async (t) => {
  const hooks = await receive(t);
  const payment = await pay({ webhookUrl: hooks.url, idempotencyKey: 'once' });
  assert.equal((await pay({ webhookUrl: hooks.url, idempotencyKey: 'once' })).id, payment.id);
  assert.deepEqual([payment.status, payment.mode, payment.amount, payment.metadata], ['open', 'test', eur('10.99'), { reference: 'pay_01' }]);
  await act(payment);
  const hint = await hooks.next(() => true);
  assert.deepEqual([hint.body, hint.headers['content-type']], [`id=${payment.id}`, 'application/x-www-form-urlencoded']);
  const read = await mollie.payments.get(payment.id, { embed: ['captures', 'chargebacks'] });
  assert.deepEqual([read.status, read.amountRemaining, read.getCheckoutUrl()], ['paid', eur('10.99'), null]);
});

test('a reserved payment is captured in part, another one released', async () => {
  const held = await paid({ captureMode: 'manual' });
  assert.equal(held.status, 'authorized');
  const capture = await mollie.paymentCaptures.create({ paymentId: held.id, amount: eur('4.00') });
  assert.deepEqual([capture.status, capture.amount, capture.paymentId], ['succeeded', eur('4.00'), held.id]);
  assert.deepEqual((await mollie.payments.get(held.id)).amountCaptured, eur('4.00'));
  const other = await paid({ captureMode: 'manual' });
  await mollie.payments.releaseAuthorization(other.id);
  assert.equal((await mollie.payments.get(other.id)).status, 'canceled');
});

test('an open payment is canceled, a declined one has failed', async () => {
  const first = await pay();
  assert.equal((await mollie.payments.cancel(first.id)).status, 'canceled');
  const second = await pay();
  await act(second, '/decline');
  const failed = await mollie.payments.get(second.id);
  assert.deepEqual([failed.status, failed.statusReason.code], ['failed', 'declined']);
  await assert.rejects(mollie.payments.cancel(second.id), { statusCode: 422 });
});

test('money is given back, in part, and what was given back is listed', async () => {
  const { id } = await paid();
  const refund = await mollie.paymentRefunds.create({ paymentId: id, amount: eur('5.00'), description: 'One book', metadata: { reference: 'ref_01' } });
  assert.deepEqual([refund.status, refund.amount, refund.metadata], ['refunded', eur('5.00'), { reference: 'ref_01' }]);
  assert.equal((await mollie.paymentRefunds.get(refund.id, { paymentId: id })).id, refund.id);
  assert.deepEqual((await mollie.paymentRefunds.page({ paymentId: id })).map((one) => one.id), [refund.id]);
  assert.deepEqual((await mollie.payments.get(id)).amountRefunded, eur('5.00'));
  await assert.rejects(mollie.paymentRefunds.create({ paymentId: id, amount: eur('6.00') }), { statusCode: 422 });
});

test('payments are paged, newest first', async () => {
  const other = open('test_paged000000000000000000000000000');
  const made = [];
  for (let count = 0; count < 3; count++) made.unshift((await pay({}, other)).id);
  const page = await other.payments.page({ limit: 2 });
  assert.deepEqual(page.map((one) => one.id), made.slice(0, 2));
  assert.deepEqual((await page.nextPage()).map((one) => one.id), made.slice(2));
});

test('what is wrong is refused, and says which field', async () => {
  await assert.rejects(pay({ amount: eur('10.9') }), { statusCode: 422, field: 'amount' });
  await assert.rejects(pay({ description: '' }), { statusCode: 422, field: 'description' });
  await assert.rejects(mollie.payments.get('tr_unknown'), { statusCode: 404 });
  await assert.rejects(open('test_wrong000000000000000000000000000').payments.page(), { statusCode: 401 });
});

test('an organization subscribes to signed events', async (t) => {
  const hooks = await receive(t);
  const token = 'access_sdk000000000000000000000000000';
  const subscribe = (key) => fetch(new URL('mollie/v2/webhooks', process.env.SANDBOX), {
    method: 'POST', headers: { authorization: `Bearer ${key}` }, body: JSON.stringify({ name: 'sdk', url: hooks.url, eventTypes: ['payment.paid'] }),
  });
  assert.equal((await subscribe('test_sdk00000000000000000000000000000')).status, 403);
  const { webhookSecret } = await (await subscribe(token)).json();
  const payment = await pay({ testmode: true, profileId: 'pfl_1' }, mollieClient({
    accessToken: token, apiEndpoint: new URL('mollie/v2/', process.env.SANDBOX).href,
  }));
  await act(payment);
  const told = await hooks.next((one) => one.headers['x-mollie-signature']);
  assert.equal(told.headers['x-mollie-signature'], 'sha256=' + createHmac('sha256', webhookSecret).update(told.body).digest('hex'));
  const event = JSON.parse(told.body);
  assert.deepEqual([event.type, event.entityId, event._embedded.entity.status], ['payment.paid', payment.id, 'paid']);
});
