// Usage: SANDBOX=http://127.0.0.1:5050/ node --test razorpay.mjs, where customers do not pay by themselves
import assert from 'node:assert/strict';
import test from 'node:test';
import Razorpay from 'razorpay';
import { validatePaymentVerification } from 'razorpay/dist/utils/razorpay-utils.js';
import { receive } from './receiver.mjs';

const secret = 'sdk0key0secret00';
const open = (key_id = 'rzp_test_sdk', key_secret = secret) => {
  const razorpay = new Razorpay({ key_id, key_secret });
  razorpay.api.rq.defaults.baseURL = new URL('razorpay', process.env.SANDBOX).href;   // the library knows one address only
  return razorpay;
};
const razorpay = open();
let count = 0;
const reference = () => `sdk-${process.pid}-${++count}`;
const link = (more = {}, client = razorpay) => client.paymentLink.create({
  amount: 109900, currency: 'INR', reference_id: reference(), callback_url: 'https://shop.example/thanks?cart=7', callback_method: 'get', ...more,
});
const act = (made, what = '') => fetch(made.short_url + what, { method: 'POST', redirect: 'manual' });
const control = (path, body) => fetch(new URL('control/' + path, process.env.SANDBOX), { method: 'POST', body: body && JSON.stringify(body) });
const paid = async (more) => {
  const made = await link(more);
  await act(made);
  return (await razorpay.paymentLink.fetch(made.id)).payments[0].payment_id;
};

test('a link is made once by its reference, paid on its page, and its return is signed', async () => {
  const made = await link({ notes: { reference: 'pay_01' } });
  assert.deepEqual([made.status, made.amount_paid, made.payments], ['created', 0, null]);
  await assert.rejects(link({ reference_id: made.reference_id }), ({ error }) => error.description.includes('already attempted'));
  assert.deepEqual((await razorpay.paymentLink.all({ reference_id: made.reference_id })).payment_links.map((one) => one.id), [made.id]);
  const back = new URL((await act(made)).headers.get('location')).searchParams;
  const about = Object.fromEntries(['payment_id', 'payment_link_id', 'payment_link_reference_id', 'payment_link_status'].map(
    (name) => [name, back.get('razorpay_' + name)]));
  assert.deepEqual([back.get('cart'), about.payment_link_id, about.payment_link_status], ['7', made.id, 'paid']);
  assert.ok(validatePaymentVerification(about, back.get('razorpay_signature'), secret));
  const read = await razorpay.paymentLink.fetch(made.id);
  assert.deepEqual([read.status, read.amount_paid, read.payments[0].payment_id], ['paid', 109900, about.payment_id]);
});

test('what the library takes for a genuine return is what the worked examples say', () => {
  assert.ok(validatePaymentVerification(
    { order_id: 'order_test1', payment_id: 'pay_test1' }, '3d63ecb03e94c195e6876ad4ba53df85896ad86330e44c0714d8ac0affed3c06', 'rzp_key_secret'));
  assert.ok(validatePaymentVerification(
    { payment_link_id: 'plink_test1', payment_link_reference_id: 'ord_1001', payment_link_status: 'paid', payment_id: 'pay_test1' },
    '2cca737a80cc400df32ad43d02a38be95b12cbe1818b6a0adbfc92002e0f30f4', 'rzp_key_secret'));
});

test('an order is reserved, and captured whole', async () => {
  const receipt = reference();
  const order = await razorpay.orders.create({ amount: 50000, currency: 'INR', receipt, payment_capture: false });
  assert.deepEqual([order.status, order.amount_due, order.receipt], ['created', 50000, receipt]);
  await control(`payments/${order.id}/pay`);
  const [held] = (await razorpay.orders.fetchPayments(order.id)).items;
  assert.deepEqual([held.status, (await razorpay.orders.all({ receipt })).items[0].status], ['authorized', 'attempted']);
  await assert.rejects(razorpay.payments.capture(held.id, 30000, 'INR'), { statusCode: 400 });
  assert.equal((await razorpay.payments.capture(held.id, 50000, 'INR')).status, 'captured');
  await assert.rejects(razorpay.payments.capture(held.id, 50000, 'INR'), { statusCode: 400 });
  assert.deepEqual([(await razorpay.orders.fetch(order.id)).status, (await razorpay.payments.fetch(held.id)).captured], ['paid', true]);
});

test('an open link is canceled, a declined one may be tried again', async () => {
  const first = await link();
  assert.equal((await razorpay.paymentLink.cancel(first.id)).status, 'cancelled');
  await assert.rejects(razorpay.paymentLink.cancel(first.id), { statusCode: 400 });
  const second = await link();
  await act(second, '/decline');
  const [failed] = (await razorpay.orders.fetchPayments(second.order_id)).items;
  assert.deepEqual([failed.status, failed.error_reason, (await razorpay.paymentLink.fetch(second.id)).status], ['failed', 'payment_failed', 'created']);
  await act(second);
  assert.equal((await razorpay.paymentLink.fetch(second.id)).status, 'paid');
});

test('money is given back, in part, and what was given back is listed', async () => {
  const id = await paid();
  const refund = await razorpay.payments.refund(id, { amount: 500, receipt: 'ref_01', notes: { reference: 'ref_01' } });
  assert.deepEqual([refund.status, refund.amount, refund.receipt, refund.payment_id], ['processed', 500, 'ref_01', id]);
  assert.equal((await razorpay.refunds.fetch(refund.id, { payment_id: id })).id, refund.id);
  assert.deepEqual((await razorpay.payments.fetchMultipleRefund(id, {})).items.map((one) => one.id), [refund.id]);
  const read = await razorpay.payments.fetch(id);
  assert.deepEqual([read.status, read.amount_refunded, read.refund_status], ['captured', 500, 'partial']);
  await assert.rejects(razorpay.payments.refund(id, { amount: 109900 }), { statusCode: 400 });
  await assert.rejects(razorpay.payments.refund(id, { amount: 100, reason: 'none' }), ({ error }) => error.description.includes('reason'));
});

test('what is wrong is refused', async () => {
  await assert.rejects(link({ amount: 99 }), ({ statusCode, error }) => statusCode === 400 && error.field === 'amount');
  await assert.rejects(link({ currency: 'KWD', amount: 295991 }), { statusCode: 400 });
  await assert.rejects(link({ callback_method: 'post' }), { statusCode: 400 });
  await assert.rejects(razorpay.payments.fetch('pay_unknown'), ({ error }) => error.description === 'The id provided does not exist');
  await assert.rejects(open('rzp_test_sdk', 'wrong-secret').payments.all(), { statusCode: 401 });
  assert.equal((await open('rzp_test_other').payments.all()).count, 0);
});

test('webhooks are signed', async (t) => {
  const hooks = await receive(t);
  const credentials = { key_id: 'rzp_test_hooks', webhook_secret: 'sdk0webhook0secret' };
  assert.ok((await control('connect', { provider: 'razorpay', credentials, webhook_url: hooks.url })).ok);
  const made = await link({}, open('rzp_test_hooks'));
  await act(made);
  for (const name of ['payment.captured', 'order.paid', 'payment_link.paid']) {
    const told = await hooks.next(({ body }) => JSON.parse(body).event === name);
    assert.ok(Razorpay.validateWebhookSignature(told.body, told.headers['x-razorpay-signature'], credentials.webhook_secret));
    assert.ok(told.headers['x-razorpay-event-id']);
    assert.equal(JSON.parse(told.body).payload.payment.entity.order_id, made.order_id);
  }
});
