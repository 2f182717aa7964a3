import { expect, test } from 'vitest';
import { comparableText } from './comparable.ts';

function manifest(timings: object): string {
  return JSON.stringify({ version: 1, timings_ms: timings, of: { timings_ms: 3 } });
}

test('what tells of the run is left out of a JSON file, and nothing else', () => {
  expect(comparableText(manifest({ depth: 900 }))).toBe('{"version":1,"of":{"timings_ms":3}}');
  expect(comparableText(manifest({ depth: 20 }))).toBe(comparableText(manifest({ depth: 900 })));
});

test.each(['[1, 2]', 'null', '"text"'])('%s stands for itself', (json) => {
  expect(JSON.parse(comparableText(json))).toEqual(JSON.parse(json));
});
