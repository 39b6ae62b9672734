// Lints an OpenAPI document (a file) by the rules that Spectral and Redocly recommend. A line for each finding: severity, rule, place, message.
import { readFile } from 'node:fs/promises';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectral from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';

const { Spectral } = spectral;
const source = await readFile(process.argv[2], 'utf8');

const config = await createConfig({ extends: ['recommended'] });
for (const found of await lintFromString({ source, absoluteRef: 'openapi.json', config })) {
  console.log(found.severity, found.ruleId, found.location[0]?.pointer ?? '', found.message.replaceAll('\n', ' '));
}

const linter = new Spectral();
linter.setRuleset({ extends: [[oas, 'recommended']] });
for (const found of await linter.run(JSON.parse(source))) {
  if (found.path.includes('examples')) continue;   // an example of a JSON Schema is data, which it takes for a part of the document
  console.log(['error', 'warn', 'info', 'hint'][found.severity], found.code, `#/${found.path.join('/')}`, found.message);
}
console.log('linted');
