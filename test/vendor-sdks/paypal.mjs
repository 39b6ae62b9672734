// Usage: SANDBOX=http://127.0.0.1:5050/ node --test paypal.mjs, where customers do not pay by themselves
import assert from 'node:assert/strict';
import http from 'node:http';
import test from 'node:test';
import { ApiError, Client, OrdersController, PaymentsController } from '@paypal/paypal-server-sdk';

// The library knows PayPal's two addresses only: what carries its requests takes them here.
const transport = {
  request: ({ method, path, headers }, answered) => http.request(new URL('paypal' + path, process.env.SANDBOX), { method, headers }, answered),
};
function open(oAuthClientSecret = 'EJ_sdk') {
  const client = new Client({
    clientCredentialsAuthCredentials: { oAuthClientId: 'AV_sdk', oAuthClientSecret }, unstable_httpClientOptions: { transport },
  });
  return { orders: new OrdersController(client), payments: new PaymentsController(client) };
}
const { orders, payments } = open();
const eur = (value) => ({ currencyCode: 'EUR', value });
const prefer = 'return=representation';
const order = async (more = {}, { intent = 'CAPTURE', ...unit } = {}) => (await orders.createOrder({
  body: {
    intent, purchaseUnits: [{ amount: eur('10.99'), customId: 'pay_01', ...unit }],
    paymentSource: { paypal: { experienceContext: { returnUrl: 'https://shop.example/thanks?cart=7' } } },
  }, ...more,
})).result;
const act = ({ links }, what = '') => fetch(links.find((link) => link.rel === 'payer-action').href + what, { method: 'POST', redirect: 'manual' });
const approved = async (unit) => {
  const made = await order({}, unit);
  await act(made);
  return made.id;
};
const captured = async () => (await orders.captureOrder({ id: await approved() })).result.purchaseUnits[0].payments.captures[0];
const authorized = async () =>
  (await orders.authorizeOrder({ id: await approved({ intent: 'AUTHORIZE' }) })).result.purchaseUnits[0].payments.authorizations[0];
const refused = (statusCode, issue) => (error) => {
  assert.ok(error instanceof ApiError);
  assert.deepEqual([error.statusCode, error.result.details[0].issue], [statusCode, issue]);
  assert.match(error.result.debug_id, /^\w+$/);
  return true;
};

test('an order is made once by its request id, approved on its page, captured, and read', async () => {
  const once = { paypalRequestId: 'once', prefer };
  const made = await order(once, { invoiceId: 'inv_1' });
  assert.deepEqual([made.status, made.intent, made.purchaseUnits[0].referenceId], ['PAYER_ACTION_REQUIRED', 'CAPTURE', 'default']);
  await assert.rejects(orders.captureOrder({ id: made.id }), refused(422, 'ORDER_NOT_APPROVED'));
  const back = new URL((await act(made)).headers.get('location')).searchParams;
  assert.deepEqual([back.get('cart'), back.get('token'), back.has('PayerID')], ['7', made.id, true]);
  const again = await order(once, { invoiceId: 'inv_1' });
  assert.deepEqual([again.id, again.status], [made.id, 'APPROVED']);

  const { result: done, statusCode } = await orders.captureOrder({ id: made.id, paypalRequestId: 'capture' });
  const [capture] = done.purchaseUnits[0].payments.captures;
  assert.deepEqual([statusCode, done.status, capture.status, capture.finalCapture], [201, 'COMPLETED', 'COMPLETED', true]);
  assert.equal((await orders.captureOrder({ id: made.id, paypalRequestId: 'capture' })).statusCode, 200);
  await assert.rejects(orders.captureOrder({ id: made.id }), refused(422, 'ORDER_ALREADY_CAPTURED'));
  const [unit] = (await orders.getOrder({ id: made.id })).result.purchaseUnits;
  assert.deepEqual([unit.customId, unit.invoiceId, { ...unit.amount }], ['pay_01', 'inv_1', eur('10.99')]);
  assert.deepEqual(unit.payments.captures.map((one) => one.id), [capture.id]);
});

test('an answer is short unless it is asked for whole', async () => {
  const short = await order();
  assert.deepEqual([short.intent, short.purchaseUnits, short.links.map((link) => link.rel)], [undefined, undefined, ['self', 'payer-action']]);
  const whole = (await orders.getOrder({ id: short.id })).result;
  assert.deepEqual([whole.purchaseUnits[0].invoiceId, whole.purchaseUnits[0].payments], [undefined, undefined]);
  const { id: captureId } = await captured();
  const refund = (await payments.refundCapturedPayment({ captureId, body: {} })).result;
  assert.deepEqual([refund.status, refund.amount, refund.links[1].href.endsWith(captureId)], ['COMPLETED', undefined, true]);
});

test('money is given back in part, once by its request id, and not more than there is', async () => {
  const { id: captureId } = await captured();
  const back = (value, more = {}) => payments.refundCapturedPayment({ captureId, prefer, body: { amount: eur(value), customId: 'ref_01' }, ...more });
  const refund = (await back('5.00', { paypalRequestId: 'refund' })).result;
  assert.equal((await back('5.00', { paypalRequestId: 'refund' })).result.id, refund.id);
  assert.deepEqual([refund.status, { ...refund.amount }, refund.customId, refund.invoiceId], ['COMPLETED', eur('5.00'), 'ref_01', undefined]);
  const read = (await payments.getRefund({ refundId: refund.id })).result;
  assert.deepEqual([read.id, read.status, { ...read.amount }], [refund.id, 'COMPLETED', eur('5.00')]);
  assert.equal((await payments.getCapturedPayment({ captureId })).result.status, 'PARTIALLY_REFUNDED');
  await assert.rejects(back('6.00'), refused(422, 'REFUND_AMOUNT_EXCEEDED'));
  await assert.rejects(back('1.005'), { statusCode: 400 });
  assert.deepEqual({ ...(await payments.refundCapturedPayment({ captureId, prefer, body: {} })).result.amount }, eur('5.99'));
  await assert.rejects(back('1.00'), refused(422, 'CAPTURE_FULLY_REFUNDED'));
  assert.equal((await payments.getCapturedPayment({ captureId })).result.status, 'REFUNDED');
});

test('an authorization is captured in part, another one voided', async () => {
  const { id: authorizationId, status } = await authorized();
  assert.equal(status, 'CREATED');
  const capture = (value) => payments.captureAuthorizedPayment({ authorizationId, prefer, body: { amount: eur(value), finalCapture: true } });
  await assert.rejects(capture('20.00'), refused(422, 'MAX_CAPTURE_AMOUNT_EXCEEDED'));
  const { result: part, statusCode } = await capture('4.00');
  assert.deepEqual([statusCode, part.status, { ...part.amount }], [201, 'COMPLETED', eur('4.00')]);
  assert.equal((await payments.getAuthorizedPayment({ authorizationId })).result.status, 'PARTIALLY_CAPTURED');
  assert.deepEqual({ ...(await payments.getCapturedPayment({ captureId: part.id })).result.amount }, eur('4.00'));
  await assert.rejects(payments.voidPayment({ authorizationId }), refused(422, 'PREVIOUSLY_CAPTURED'));

  const other = await authorized();
  assert.equal((await payments.voidPayment({ authorizationId: other.id })).statusCode, 204);
  assert.equal((await payments.getAuthorizedPayment({ authorizationId: other.id })).result.status, 'VOIDED');
  await assert.rejects(payments.captureAuthorizedPayment({ authorizationId: other.id }), refused(422, 'AUTHORIZATION_VOIDED'));
  const third = await authorized();
  assert.equal((await payments.voidPayment({ authorizationId: third.id, prefer })).result.status, 'VOIDED');
});

test('a decline is told when the order is captured, and the customer may pay otherwise', async () => {
  const made = await order();
  await act(made, '/decline');
  await assert.rejects(orders.captureOrder({ id: made.id }), refused(422, 'INSTRUMENT_DECLINED'));
  await act(made);
  assert.equal((await orders.captureOrder({ id: made.id })).result.status, 'COMPLETED');
});

test('what is wrong is refused', async () => {
  await assert.rejects(open('EJ_wrong').orders.getOrder({ id: 'O1' }), (error) =>
    error instanceof ApiError && error.statusCode === 401 && error.result.error === 'invalid_client');
  await assert.rejects(orders.getOrder({ id: 'O0NOSUCHORDER0000' }), refused(404, 'INVALID_RESOURCE_ID'));
  await assert.rejects(order({}, { amount: eur('0.00') }), { statusCode: 400 });
  const id = await approved({ intent: 'AUTHORIZE' });
  await assert.rejects(orders.captureOrder({ id }), refused(422, 'ACTION_DOES_NOT_MATCH_INTENT'));
  await assert.rejects(payments.voidPayment({ authorizationId: 'A' + id.slice(1) }), refused(404, 'INVALID_RESOURCE_ID'));
  await assert.rejects(payments.getCapturedPayment({ captureId: id }), refused(404, 'INVALID_RESOURCE_ID'));
});
