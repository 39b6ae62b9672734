// Usage: SANDBOX=http://127.0.0.1:5050/ node --test stripe.mjs, where customers do not pay by themselves
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import test from 'node:test';
import Stripe from 'stripe';
import { receive } from './receiver.mjs';

// What some systems do by themselves: every name under localhost is this machine.
const lookup = (name, { all }, found) => (all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4));
const open = (key = 'sk_test_51Sdk', options = {}) => new Stripe(key, {
  host: 'stripe.localhost', port: new URL(process.env.SANDBOX).port, protocol: 'http', httpAgent: new Agent({ lookup }),
  maxNetworkRetries: 0, telemetry: false, ...options,
});
const stripe = open();
const pay = (more = {}, options) => stripe.paymentIntents.create({ amount: 1099, currency: 'eur', metadata: { reference: 'ord_1' }, ...more }, options);
const paid = (more = {}) => pay({ confirm: true, payment_method: 'pm_card_visa', ...more });

test('a payment intent is created once by its key, retrieved, updated, expanded, confirmed', async () => {
  const first = await pay({}, { idempotencyKey: 'once' });
  const again = await pay({}, { idempotencyKey: 'once' });
  assert.equal(again.id, first.id);
  assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
  assert.equal(again.lastResponse.idempotencyKey, 'once');
  assert.match(first.lastResponse.requestId, /^req_/);
  assert.equal(first.lastResponse.apiVersion, Stripe.API_VERSION);
  await assert.rejects(pay({ amount: 1100 }, { idempotencyKey: 'once' }), Stripe.errors.StripeIdempotencyError);

  const changed = await stripe.paymentIntents.update(first.id,
    { amount: 1200, description: 'Two books', metadata: { colour: 'red', reference: '' }, expand: ['latest_charge'] });
  assert.deepEqual([changed.amount, changed.description, changed.metadata], [1200, 'Two books', { colour: 'red' }]);
  const done = await stripe.paymentIntents.confirm(first.id, { payment_method: 'pm_card_visa', expand: ['latest_charge'] });
  assert.deepEqual([done.status, done.amount_received, done.latest_charge.paid], ['succeeded', 1200, true]);
  const read = await stripe.paymentIntents.retrieve(first.id, { expand: ['latest_charge'] });
  assert.equal(read.latest_charge.payment_method_details.card.brand, 'visa');
  assert.equal((await stripe.paymentIntents.retrieve(first.id)).latest_charge, read.latest_charge.id);
  await assert.rejects(stripe.paymentIntents.update(first.id, { amount: 1300 }), { code: 'payment_intent_unexpected_state' });
  assert.deepEqual((await stripe.paymentIntents.update(first.id, { metadata: '' })).metadata, {});
});

test('a manual payment is captured in part, another one canceled', async () => {
  const held = await paid({ capture_method: 'manual' });
  assert.equal(held.status, 'requires_capture');
  const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 500 });
  assert.deepEqual([captured.status, captured.amount_received], ['succeeded', 500]);
  const open = await paid({ capture_method: 'manual' });
  const canceled = await stripe.paymentIntents.cancel(open.id, { cancellation_reason: 'abandoned' });
  assert.deepEqual([canceled.status, canceled.cancellation_reason], ['canceled', 'abandoned']);
  await assert.rejects(stripe.paymentIntents.capture(open.id), (error) =>
    error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'payment_intent_unexpected_state');
});

test('refunds are made, expanded, updated, listed, and never exceed the payment', async () => {
  const { id: payment_intent } = await paid();
  const part = await stripe.refunds.create({ payment_intent, amount: 300, reason: 'requested_by_customer', expand: ['charge', 'payment_intent'] });
  assert.deepEqual([part.status, part.charge.amount_refunded, part.payment_intent.id], ['succeeded', 300, payment_intent]);
  await assert.rejects(stripe.refunds.create({ payment_intent, amount: 800 }), { type: 'StripeInvalidRequestError', code: 'amount_too_large' });
  const rest = await stripe.refunds.create({ payment_intent });
  assert.equal(rest.amount, 799);
  assert.deepEqual((await stripe.refunds.update(rest.id, { metadata: { note: 'n' } })).metadata, { note: 'n' });
  assert.equal((await stripe.refunds.retrieve(rest.id, { expand: ['charge'] })).charge.refunded, true);
  const ofPayment = await stripe.refunds.list({ payment_intent, expand: ['data.payment_intent'] });
  assert.deepEqual(ofPayment.data.map((one) => [one.id, one.payment_intent.id]).sort(), [[part.id, payment_intent], [rest.id, payment_intent]].sort());
  assert.equal((await stripe.refunds.list({ limit: 1 })).data.length, 1);
});

test('lists are paged by themselves, in both directions, and narrowed', async () => {
  const shop = open('sk_test_51Lists');
  const made = [];
  for (const amount of [101, 102, 103, 104])
    made.unshift((await shop.paymentIntents.create({ amount, currency: 'eur', confirm: true, payment_method: 'pm_card_visa' })).id);
  const listed = [];
  for await (const one of shop.paymentIntents.list({ limit: 2, expand: ['data.latest_charge'] })) listed.push(one.latest_charge.payment_intent);
  assert.deepEqual(listed, made);
  const before = await shop.paymentIntents.list({ limit: 2, ending_before: made[3] });
  assert.deepEqual([before.data.map((one) => one.id), before.has_more, before.url], [[made[1], made[2]], true, '/v1/payment_intents']);
  const soon = Math.floor(Date.now() / 1000) + 60;
  assert.equal((await shop.paymentIntents.list({ created: { gte: soon } })).data.length, 0);
  assert.equal((await shop.paymentIntents.list({ created: { lt: soon } })).data.length, 4);
  await assert.rejects(shop.paymentIntents.list({ starting_after: 'pi_nobody' }), { code: 'resource_missing', param: 'starting_after' });
  await assert.rejects(shop.paymentIntents.list({ limit: 101 }), { param: 'limit' });
});

test('a charge is settled a moment after it was captured in the background, with its fee, its rate and its currency', async (t) => {
  const shop = open('sk_test_51Fees');
  const receiver = await receive(t);
  await shop.webhookEndpoints.create({ url: receiver.url, enabled_events: ['charge.updated'] });
  const charge = (more) => shop.paymentIntents.create({ amount: 2000, currency: 'usd', confirm: true, payment_method: 'pm_card_visa', ...more });
  const { id } = await charge();
  const { data } = JSON.parse((await receiver.next(() => true)).body);
  assert.deepEqual([data.object.payment_intent, data.previous_attributes], [id, { balance_transaction: null }]);
  const { latest_charge: { balance_transaction: settled } } = await shop.paymentIntents.retrieve(id, { expand: ['latest_charge.balance_transaction'] });
  assert.equal(settled.id, data.object.balance_transaction);
  assert.deepEqual([settled.currency, settled.exchange_rate, settled.amount, settled.fee, settled.net], ['eur', 0.9, 1800, 52, 1748]);

  const atOnce = await charge({ currency: 'eur', capture_method: 'automatic', expand: ['latest_charge.balance_transaction'] });
  assert.deepEqual([atOnce.latest_charge.balance_transaction.fee, atOnce.latest_charge.balance_transaction.exchange_rate], [55, null]);
  const back = await shop.refunds.create({ payment_intent: atOnce.id, amount: 500, expand: ['balance_transaction'] });
  assert.deepEqual([back.balance_transaction.amount, back.balance_transaction.fee], [-500, 0]);
});

test('payouts are made once, retrieved, listed, canceled while they are pending, and arrive', async (t) => {
  const shop = open('sk_test_51Payouts');
  const receiver = await receive(t);
  await shop.webhookEndpoints.create({ url: receiver.url, enabled_events: ['payout.paid', 'payout.canceled'] });
  const payOut = (amount, more = {}, options) => shop.payouts.create(
    { amount, currency: 'eur', destination: 'ba_1', metadata: { reference: 'pyo_1' }, ...more }, options);
  const first = await payOut(1500, { description: 'wd-1' }, { idempotencyKey: 'once' });
  assert.equal((await payOut(1500, { description: 'wd-1' }, { idempotencyKey: 'once' })).id, first.id);
  assert.deepEqual([first.status, first.destination, first.description, first.automatic], ['pending', 'ba_1', 'wd-1', false]);
  const type = (word) => ({ body }) => JSON.parse(body).type === word;
  const { object } = JSON.parse((await receiver.next(type('payout.paid'))).body).data;
  assert.deepEqual([object.id, object.status, object.metadata], [first.id, 'paid', { reference: 'pyo_1' }]);
  assert.equal((await shop.payouts.retrieve(first.id)).status, 'paid');
  await assert.rejects(shop.payouts.cancel(first.id), Stripe.errors.StripeInvalidRequestError);

  const waits = await payOut(10003, { destination: 'card_1' });   // by its amount it stays pending
  assert.equal(waits.type, 'card');
  assert.equal((await shop.payouts.cancel(waits.id)).status, 'canceled');
  await receiver.next(type('payout.canceled'));
  assert.deepEqual((await shop.payouts.list({ destination: 'card_1' })).data.map((one) => one.id), [waits.id]);
  assert.deepEqual((await shop.payouts.list({ status: 'paid', created: { gte: first.created } })).data.map((one) => one.id), [first.id]);
  await assert.rejects(payOut(10095), { type: 'StripeInvalidRequestError', code: 'balance_insufficient' });
  await assert.rejects(payOut(1500, { destination: 'acct_1' }), { code: 'resource_missing', param: 'destination' });
});

test('a checkout session is created, listed, updated, paid on its page and expired', async () => {
  const session = (reference) => stripe.checkout.sessions.create({
    mode: 'payment', success_url: 'https://shop.example/r?s={CHECKOUT_SESSION_ID}', client_reference_id: reference, metadata: { reference },
    line_items: [{ quantity: 2, price_data: { currency: 'eur', unit_amount: 550, product_data: { name: 'Book' } } }],
    payment_intent_data: { capture_method: 'manual', metadata: { reference } },
  });
  const first = await session('cs_1');
  assert.deepEqual([first.status, first.amount_total, first.payment_intent], ['open', 1100, null]);
  assert.deepEqual((await stripe.checkout.sessions.update(first.id, { metadata: { basket: '7' } })).metadata, { reference: 'cs_1', basket: '7' });
  const page = await fetch(first.url, { method: 'POST', redirect: 'manual' });
  assert.equal(page.headers.get('location'), `https://shop.example/r?s=${first.id}`);
  const done = await stripe.checkout.sessions.retrieve(first.id, { expand: ['payment_intent.latest_charge'] });
  assert.deepEqual([done.status, done.payment_intent.status, done.payment_intent.latest_charge.captured], ['complete', 'requires_capture', false]);
  const found = await stripe.checkout.sessions.list({ payment_intent: done.payment_intent.id });
  assert.deepEqual(found.data.map((one) => one.id), [first.id]);

  const second = await session('cs_2');
  assert.ok((await stripe.checkout.sessions.list({ status: 'open' })).data.some((one) => one.id === second.id));
  assert.equal((await stripe.checkout.sessions.expire(second.id)).status, 'expired');
  await assert.rejects(stripe.checkout.sessions.expire(second.id), Stripe.errors.StripeInvalidRequestError);
});

test('refusals are the errors of their kind', async () => {
  const declined = await paid({ payment_method: 'pm_card_chargeDeclinedInsufficientFunds' }).catch((error) => error);
  assert.ok(declined instanceof Stripe.errors.StripeCardError);
  assert.deepEqual([declined.statusCode, declined.code, declined.decline_code], [402, 'card_declined', 'insufficient_funds']);
  assert.equal(declined.payment_intent.status, 'requires_payment_method');
  assert.match(declined.requestId, /^req_/);

  const small = await pay({ amount: 49 }).catch((error) => error);
  assert.ok(small instanceof Stripe.errors.StripeInvalidRequestError);
  assert.deepEqual([small.code, small.param], ['amount_too_small', 'amount']);
  await pay({ amount: 50 });
  await assert.rejects(pay({ amount: 49, currency: 'jpy' }), { code: 'amount_too_small' });
  await pay({ amount: 30, currency: 'gbp' });
  await assert.rejects(pay({ colour: 'red' }), { type: 'StripeInvalidRequestError', code: 'parameter_unknown', param: 'colour' });
  await assert.rejects(stripe.paymentIntents.retrieve('pi_nobody'), { statusCode: 404, code: 'resource_missing' });
  await assert.rejects(open('sk_test_wrong').balance.retrieve(), Stripe.errors.StripeAuthenticationError);
  await assert.rejects(pay({ metadata: { reference: 'limited.0029' } }), Stripe.errors.StripeRateLimitError);
  assert.equal((await open('sk_test_51Sdk', { maxNetworkRetries: 1 }).paymentIntents.create(
    { amount: 1099, currency: 'eur', metadata: { reference: 'retried.0052' } }).catch((error) => error)).statusCode, 500);
});

test('a webhook is verified, a forged one refused', async (t) => {
  const shop = open('sk_test_51Hooks');
  const receiver = await receive(t);
  const { secret } = await shop.webhookEndpoints.create(
    { url: receiver.url, enabled_events: ['payment_intent.succeeded'], api_version: Stripe.API_VERSION });
  const { id } = await shop.paymentIntents.create({ amount: 1099, currency: 'eur', confirm: true, payment_method: 'pm_card_visa' });
  const { body, headers } = await receiver.next(() => true);
  const event = shop.webhooks.constructEvent(body, headers['stripe-signature'], secret);
  assert.deepEqual([event.type, event.data.object.id, event.api_version], ['payment_intent.succeeded', id, Stripe.API_VERSION]);
  assert.throws(() => shop.webhooks.constructEvent(body.replace('1099', '9910'), headers['stripe-signature'], secret),
    Stripe.errors.StripeSignatureVerificationError);
});
