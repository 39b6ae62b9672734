// Usage: node receive.mjs PORT SECRET. Says of each webhook whether it is genuine, and what happened.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const [port, secret] = process.argv.slice(2);
const key = Buffer.from(secret.replace("whsec_", ""), "base64");

function isGenuine(headers, body) {
  const [id, timestamp] = [headers["webhook-id"], headers["webhook-timestamp"]];
  const expected = Buffer.from("v1," + createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64"));
  return Math.abs(Date.now() / 1000 - timestamp) < 300 && (headers["webhook-signature"] ?? "").split(" ")
    .map((one) => Buffer.from(one)).some((one) => one.length === expected.length && timingSafeEqual(one, expected));
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isGenuine(request.headers, body)) {
    console.log("refused: not signed with this secret");
    return response.writeHead(401).end();
  }
  const event = JSON.parse(body);
  console.log(`genuine: ${event.type} ${event.data.id} is ${event.data.status}`);
  response.writeHead(204).end();   // at once: what takes long is done after the answer
}).listen(port, "localhost");
