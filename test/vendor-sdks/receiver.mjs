import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** Takes webhooks at `url`; `next(wanted)` waits for the first that is wanted. Gone after the test. */
export async function receive(t) {
  const came = [];
  const server = createServer(async (request, response) => {
    came.push({ method: request.method, path: request.url, headers: request.headers, body: await text(request) });
    response.writeHead(204).end();
    server.emit('came');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/hooks?tenant=42`,
    async next(wanted) {
      for (const signal = AbortSignal.timeout(15_000); !came.some(wanted);) await once(server, 'came', { signal });
      return came.find(wanted);
    },
  };
}
