// Usage: node receive.mjs SECRET. Prints its port, then a line of JSON for each request: what each library says of it.
import { createServer } from "node:http";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";

const secret = process.argv[2];

function verify(library, body, headers) {
  try {
    return new library(secret).verify(body, headers).id;
  } catch (error) {
    return `refused: ${error.message}`;
  }
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("utf8");
  const changed = body.replace("{", "{ ");
  console.log(JSON.stringify({
    id: request.headers["webhook-id"],
    standardwebhooks: verify(StandardWebhook, body, request.headers),
    svix: verify(SvixWebhook, body, request.headers),
    changed: verify(StandardWebhook, changed, request.headers),
  }));
  response.writeHead(204).end();
});

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
