import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { listModels } from '#lib/models/catalogue';

const page = readFileSync('docs/third-party.md', 'utf8');

it('names every direct dependency with its licence', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

it('names every network by its hash, licence and origin', () => {
  const networks = listModels().filter(({ weights }) => weights.length > 0);
  const facts = networks.flatMap((model) => [
    ...model.weights.map((weight) => weight.sha256),
    model.licence.weights,
    model.origin,
  ]);
  expect(facts.filter((fact) => !page.includes(fact))).toEqual([]);
});
