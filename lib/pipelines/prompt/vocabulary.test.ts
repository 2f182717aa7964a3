import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FILLERS, NEGATIONS, VOCABULARY } from './vocabulary.ts';

const page = readFileSync('docs/camera-words.md', 'utf8').replaceAll(/\s+/g, ' ');

test('the page on camera words lists every word, and nothing else', () => {
  for (const { does, words } of VOCABULARY) expect(page).toContain(`- **${does}:** ${words}`);
  expect(page).toContain(NEGATIONS);
  expect(page).toContain(FILLERS);
  const rows = readFileSync('docs/camera-words.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('- **') && line.includes(':** '));
  expect(rows).toHaveLength(VOCABULARY.length);
});

test('no word means two things', () => {
  const all = [...VOCABULARY.map(({ words }) => words), NEGATIONS, FILLERS].flatMap((words) =>
    words.split(', '),
  );
  expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
});
