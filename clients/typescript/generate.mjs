// Writes src/schema.ts: the types of the API's document, and which operations take an Idempotency-Key.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const document = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'));
const keys = ['IdempotencyKey', 'RequiredIdempotencyKey'].map((name) => `#/components/parameters/${name}`);
const keyed = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([, operation]) => operation.parameters?.some((parameter) => keys.includes(parameter.$ref)))
    .map(([method]) => `${method.toUpperCase()} ${path}`));

document.components.parameters.RequiredIdempotencyKey.required = false; // the client sends one by itself
writeFileSync(new URL('src/schema.ts', import.meta.url),
  `${astToString(await openapiTS(document))}\nexport const keyed: ReadonlySet<string> = new Set(${JSON.stringify(keyed, null, 2)});\n`);
