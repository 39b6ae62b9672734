// Usage: SANDBOX=http://127.0.0.1:5050/ node --test vonage.mjs
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { Accounts } from '@vonage/accounts';
import { Auth } from '@vonage/auth';
import { verifySignature } from '@vonage/jwt';
import { Messages } from '@vonage/messages';
import { receive } from './receiver.mjs';

const apiKey = 'abcd1234';
const secret = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const host = new URL('vonage', process.env.SANDBOX).href;
const open = (Api, apiSecret = 'example-api-secret') => new Api(new Auth({ apiKey, apiSecret }), { apiHost: host, restHost: host });
const sms = { channel: 'sms', messageType: 'text', to: '14155550123', from: '14155550100', text: 'Your order has shipped' };

test('a message is taken', async () => {
  assert.match((await open(Messages).send(sms)).messageUUID, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('what is wrong is refused', async () => {
  const answers = async (status, code, work) => {
    const { response } = await work.then(() => assert.fail('It was taken.'), (error) => error);
    assert.equal(response.status, status);
    assert.match((await response.json()).type, new RegExp(`#${code}$`));
  };
  await answers(422, '1020', open(Messages).send({ ...sms, to: '12' }));
  await answers(422, '1010', open(Messages).send({ ...sms, text: '' }));
  await answers(401, 'unauthorized', open(Messages, 'wrong').send(sms));
});

test('the balance is read', async () => {
  assert.deepEqual(await open(Accounts).getBalance(), { value: 10.171275, autoReload: false });
  await assert.rejects(open(Accounts, 'wrong').getBalance(), ({ response }) => response.status === 401);
});

test('callbacks are signed with the signature secret', async (t) => {
  const receiver = await receive(t);
  const connected = await fetch(new URL('control/connect', process.env.SANDBOX), {
    method: 'POST', body: JSON.stringify({
      provider: 'vonage', webhook_url: receiver.url, credentials: { api_key: apiKey, signature_secret: secret },
    }),
  });
  assert.equal(connected.status, 204);
  const { messageUUID } = await open(Messages).send({ ...sms, clientRef: 'order-42', webhookUrl: receiver.url, webhookVersion: 'v1' });
  for (const status of ['submitted', 'delivered']) {
    const { headers, body } = await receiver.next((one) => JSON.parse(one.body).status === status);
    const [scheme, token] = headers.authorization.split(' ');
    assert.equal(scheme, 'Bearer');
    assert.ok(verifySignature(token, secret));
    assert.ok(!verifySignature(token, 'another-secret'));
    const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
    assert.equal(claims.payload_hash, createHash('sha256').update(body).digest('hex'));
    assert.deepEqual([claims.iss, claims.api_key], ['Vonage', apiKey]);
    const { message_uuid: id, client_ref: reference } = JSON.parse(body);
    assert.deepEqual([id, reference], [messageUUID, 'order-42']);
  }
});
