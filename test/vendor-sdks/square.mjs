// Usage: SANDBOX=http://127.0.0.1:5050/ node --test square.mjs, where customers do not pay by themselves
import assert from 'node:assert/strict';
import test from 'node:test';
import square from 'square';
import { receive } from './receiver.mjs';

const locationId = 'L88917AVBK2S5';
const signatureKey = '1k9bIJKCeTmSQwyagtNRLg';
const usd = (amount) => ({ amount: BigInt(amount), currency: 'USD' });
const post = (url, body) => fetch(url, {
  method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body),
});
const open = (token) => new square.SquareClient({ token, baseUrl: new URL('square', process.env.SANDBOX).href, maxRetries: 0 });
const code = (wanted) => (error) => error.errors[0].code === wanted;

// A shop of its own for a test, whose webhook tells what happened to what; each is signed.
async function shop(t, name) {
  const [token, hooks] = ['EAAA_' + name, await receive(t)];
  await post(new URL('control/connect', process.env.SANDBOX), {
    provider: 'square', credentials: { access_token: token, location_id: locationId, webhook_signature_key: signatureKey }, webhook_url: hooks.url,
  });
  const told = async (type, status) => {
    const object = (one) => Object.values(JSON.parse(one.body).data.object)[0];
    const found = await hooks.next((one) => JSON.parse(one.body).type === type && (object(one).status ?? object(one).state) === status);
    assert.ok(await square.WebhooksHelper.verifySignature({
      requestBody: found.body, signatureHeader: found.headers['x-square-hmacsha256-signature'], signatureKey, notificationUrl: hooks.url,
    }));
    return object(found);
  };
  const client = open(token);
  const pay = async (key = name, amount = 1099) => (await client.checkout.paymentLinks.create({
    idempotencyKey: key, paymentNote: 'pay_01', checkoutOptions: { redirectUrl: 'https://shop.example/thanks' },
    order: { locationId, referenceId: 'pay_01', lineItems: [{ name: 'Order 1001', quantity: '1', basePriceMoney: usd(amount) }] },
  })).paymentLink;
  const paid = async () => {
    await post((await pay()).url);
    return (await told('payment.updated', 'COMPLETED')).id;
  };
  return { client, pay, paid, told };
}

test('a link is made once by its key, paid on its page, and told of', async (t) => {
  const { client, pay, told } = await shop(t, 'paid');
  const link = await pay();
  assert.equal((await pay()).id, link.id);
  await assert.rejects(pay('paid', 1200), code('IDEMPOTENCY_KEY_REUSED'));
  assert.equal((await client.orders.get({ orderId: link.orderId })).order.state, 'OPEN');
  await post(link.url);
  const payment = await told('payment.updated', 'COMPLETED');
  assert.deepEqual([payment.order_id, payment.note, payment.amount_money], [link.orderId, 'pay_01', { amount: 1099, currency: 'USD' }]);
  const { order } = await client.orders.get({ orderId: link.orderId });
  assert.deepEqual([order.state, order.referenceId, order.tenders[0].paymentId], ['COMPLETED', 'pay_01', payment.id]);
  assert.deepEqual((await client.payments.get({ paymentId: payment.id })).payment.amountMoney, usd(1099));
});

test('a link is deleted and its order canceled, a declined customer may try again', async (t) => {
  const { client, pay, told } = await shop(t, 'ended');
  const first = await pay('first');
  assert.equal((await client.checkout.paymentLinks.delete({ id: first.id })).cancelledOrderId, first.orderId);
  assert.equal((await client.orders.get({ orderId: first.orderId })).order.state, 'CANCELED');
  const second = await pay('second');
  await post(second.url + '/decline');
  assert.equal((await told('payment.updated', 'FAILED')).card_details.errors[0].code, 'GENERIC_DECLINE');
  assert.equal((await client.orders.get({ orderId: second.orderId })).order.state, 'OPEN');
});

test('money is given back in part, once by its key, and not more than there is', async (t) => {
  const { client, paid, told } = await shop(t, 'refunded');
  const paymentId = await paid();
  const back = (key, amount) => client.refunds.refundPayment({ idempotencyKey: key, paymentId, amountMoney: usd(amount), reason: 'Broken ref_01' });
  const { refund } = await back('once', 500);
  assert.equal((await back('once', 500)).refund.id, refund.id);
  assert.equal((await told('refund.created', 'COMPLETED')).reason, 'Broken ref_01');
  assert.equal((await client.refunds.get({ refundId: refund.id })).refund.status, 'COMPLETED');
  assert.deepEqual((await client.payments.get({ paymentId })).payment.refundedMoney, usd(500));
  await assert.rejects(back('more', 600), code('BAD_REQUEST'));
});

test('what is wrong is refused', async (t) => {
  const { client, pay } = await shop(t, 'refused');
  await assert.rejects(open('EAAA_wrong').locations.list(), code('UNAUTHORIZED'));
  await assert.rejects(client.payments.get({ paymentId: 'PNOSUCHPAYMENT' }), code('NOT_FOUND'));
  await assert.rejects(pay('nothing', 0), code('BAD_REQUEST'));
  assert.deepEqual((await client.locations.list()).locations.map((one) => one.id), [locationId]);
});

test('a subscription is made, and its key signs', async (t) => {
  const [hooks, client] = [await receive(t), open('EAAA_webhook')];
  const { subscription } = await client.webhooks.subscriptions.create({
    subscription: { name: 'sdk', eventTypes: ['payment.updated'], notificationUrl: hooks.url, apiVersion: '2025-08-20' },
  });
  const { paymentLink } = await client.checkout.paymentLinks.create({
    order: { locationId, lineItems: [{ name: 'Order 1001', quantity: '1', basePriceMoney: usd(1099) }] },
  });
  await post(paymentLink.url);
  const told = await hooks.next(() => true);
  assert.ok(await square.WebhooksHelper.verifySignature({
    requestBody: told.body, signatureHeader: told.headers['x-square-hmacsha256-signature'], signatureKey: subscription.signatureKey,
    notificationUrl: hooks.url,
  }));
  await client.webhooks.subscriptions.delete({ subscriptionId: subscription.id });
  await assert.rejects(client.webhooks.subscriptions.delete({ subscriptionId: subscription.id }), code('NOT_FOUND'));
});
