import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { listModels } from '#lib/models/catalogue';
import { isFetched } from '#lib/models/weights';

const page = readFileSync('docs/third-party.md', 'utf8');

it('names every direct dependency with its licence', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

it('names every network by its licence and origin, and what is fetched by its hash', () => {
  const networks = listModels().filter(({ weights, setUp }) => weights.length > 0 || setUp === 'by-hand');
  const facts = networks.flatMap((model) => [
    ...model.weights.filter(isFetched).map((weight) => weight.sha256),
    model.licence.weights,
    model.origin,
  ]);
  expect(facts.filter((fact) => !page.includes(fact))).toEqual([]);
});
