// Usage: SANDBOX=http://127.0.0.1:5050/ node --test adyen.mjs, where customers do not pay by themselves
import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import test from 'node:test';
import adyen from '@adyen/api-library';
import { receive } from './receiver.mjs';

Object.assign(https, { Agent: http.Agent, request: http.request });   // the library goes by https alone, to hosts that it knows
class ToSandbox extends adyen.HttpURLConnectionClient {
  request(endpoint, ...rest) {
    return super.request(new URL('adyen' + new URL(endpoint).pathname, process.env.SANDBOX).href, ...rest);
  }
}

const merchantAccount = 'AcmeECOM';
const hmacKey = 'DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00';
const validator = new adyen.hmacValidator();
const eur = (value) => ({ currency: 'EUR', value });
const post = (url, body) => fetch(url, {
  method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body),
});

function open(apiKey) {
  const client = new adyen.Client({ apiKey, environment: 'TEST' }, new ToSandbox());
  const { PaymentLinksApi: links, PaymentsApi: payments, ModificationsApi: modify } = new adyen.CheckoutAPI(client);
  return { links, payments, modify, webhooks: new adyen.ManagementAPI(client).WebhooksMerchantLevelApi };
}

// A shop of its own for a test, whose webhook tells what happened to what; each is signed.
async function shop(t, name) {
  const [apiKey, hooks] = ['AQE_' + name, await receive(t)];
  await post(new URL('control/connect', process.env.SANDBOX), {
    provider: 'adyen', credentials: { api_key: apiKey, merchant_account: merchantAccount, hmac_key: hmacKey }, webhook_url: hooks.url,
  });
  const item = (one) => JSON.parse(one.body).notificationItems[0].NotificationRequestItem;
  const told = async (code, success = 'true') => {
    const found = item(await hooks.next((one) => item(one).eventCode === code && item(one).success === success));
    assert.ok(validator.validateHMAC(found, hmacKey));
    return found;
  };
  const api = open(apiKey);
  const pay = (more = {}, options) => api.links.paymentLinks({
    merchantAccount, amount: eur(1099), reference: 'pay_01', returnUrl: 'https://shop.example/thanks', ...more,
  }, options);
  const paid = async (more) => {
    await post((await pay(more)).url);
    return (await told('AUTHORISATION')).pspReference;
  };
  return { ...api, pay, paid, told };
}

test('a link is made once by its key, paid on its page, and told of', async (t) => {
  const { links, pay, told } = await shop(t, 'paid');
  const link = await pay({}, { idempotencyKey: 'once' });
  assert.equal((await pay({}, { idempotencyKey: 'once' })).id, link.id);
  assert.deepEqual([link.status, link.reference, { ...link.amount }], ['active', 'pay_01', eur(1099)]);
  await post(link.url);
  const item = await told('AUTHORISATION');
  assert.deepEqual([item.merchantReference, item.amount, item.additionalData.paymentLinkId], ['pay_01', eur(1099), link.id]);
  assert.equal(item.pspReference.length, 16);
  assert.equal((await links.getPaymentLink(link.id)).status, 'completed');
});

test('a reserved payment is captured in part, another one given up', async (t) => {
  const { modify, paid, told } = await shop(t, 'reserved');
  const psp = await paid({ manualCapture: true });
  const capture = await modify.captureAuthorisedPayment(psp, { merchantAccount, amount: eur(400), reference: 'cap_1' });
  assert.deepEqual([capture.status, capture.paymentPspReference], ['received', psp]);
  const captured = await told('CAPTURE');
  assert.deepEqual([captured.pspReference, captured.originalReference, captured.amount], [capture.pspReference, psp, eur(400)]);
  await modify.cancelAuthorisedPaymentByPspReference(psp, { merchantAccount, reference: 'void_1' });
  await told('CANCELLATION', 'false');
  const other = await shop(t, 'given_up');
  const cancel = await other.modify.cancelAuthorisedPaymentByPspReference(await other.paid({ manualCapture: true }), { merchantAccount });
  assert.equal((await other.told('CANCELLATION')).pspReference, cancel.pspReference);
});

test('a link is ended, a declined customer may try again', async (t) => {
  const { links, pay, told } = await shop(t, 'ended');
  const first = await pay();
  assert.equal((await links.updatePaymentLink(first.id, { status: 'expired' })).status, 'expired');
  await assert.rejects(links.updatePaymentLink(first.id, { status: 'expired' }), { statusCode: 422 });
  const second = await pay();
  await post(second.url + '/decline');
  assert.equal((await told('AUTHORISATION', 'false')).reason, 'Refused');
  assert.equal((await links.getPaymentLink(second.id)).status, 'active');
});

test('money is given back in part, and not more than there is', async (t) => {
  const { modify, paid, told } = await shop(t, 'refunded');
  const psp = await paid();
  const refund = await modify.refundCapturedPayment(psp, { merchantAccount, amount: eur(500), reference: 'ref_01' });
  const back = await told('REFUND');
  assert.deepEqual([back.pspReference, back.originalReference, back.merchantReference], [refund.pspReference, psp, 'ref_01']);
  assert.equal((await modify.refundCapturedPayment(psp, { merchantAccount, amount: eur(600) })).status, 'received');
  assert.deepEqual((await told('REFUND', 'false')).amount, eur(600));
});

test('what is wrong is refused', async () => {
  const { payments, modify } = open('AQE_refused');
  await assert.rejects(open('AQE_wrong').payments.paymentMethods({ merchantAccount }), { statusCode: 401, errorCode: '000' });
  await assert.rejects(payments.paymentMethods({ merchantAccount: 'WrongECOM' }), { statusCode: 403, errorCode: '901' });
  await assert.rejects(modify.refundCapturedPayment('NOSUCHPAYMENT123', { merchantAccount, amount: eur(1) }), { statusCode: 404 });
  await assert.rejects(open('AQE_refused').links.paymentLinks({ merchantAccount, reference: 'x' }), { statusCode: 422, errorCode: '137' });
  assert.deepEqual((await payments.paymentMethods({ merchantAccount })).paymentMethods, []);
});

test('a webhook is made, and signs with the key that is generated for it', async (t) => {
  const [hooks, { webhooks, links }] = [await receive(t), open('AQE_webhook')];
  const made = await webhooks.setUpWebhook(merchantAccount, {
    type: 'standard', url: hooks.url, active: true, communicationFormat: 'json', username: 'hub', password: 'secret',
  });
  assert.deepEqual((await webhooks.listAllWebhooks(merchantAccount)).data.map((one) => one.url), [hooks.url]);
  const key = (await webhooks.generateHmacKey(merchantAccount, made.id)).hmacKey;
  await post((await links.paymentLinks({ merchantAccount, amount: eur(1099), reference: 'pay_01' })).url);
  const told = await hooks.next(() => true);
  assert.equal(told.headers.authorization, 'Basic ' + Buffer.from('hub:secret').toString('base64'));
  assert.ok(validator.validateHMAC(JSON.parse(told.body).notificationItems[0].NotificationRequestItem, key));
  await webhooks.removeWebhook(merchantAccount, made.id);
  assert.deepEqual((await webhooks.listAllWebhooks(merchantAccount)).data, []);
});
