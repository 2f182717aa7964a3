import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { CLIP_LENGTH, loadClipTokenizer } from './clip-tokens.ts';

/** Bytes as GPT-2 and CLIP write them: those that cannot be seen as letters from U+0100 on, in their order. */
const BYTES = Array.from({ length: 256 }, (_, byte) => byte);
const hidden = BYTES.filter((byte) => !/[!-~\xa1-\xac\xae-\xff]/.test(String.fromCharCode(byte)));
const letters = BYTES.map((byte) => {
  const place = hidden.indexOf(byte);
  return String.fromCharCode(place < 0 ? byte : 0x100 + place);
});

const MERGES = ['c a', 'ca t</w>', 'd o', 'do g</w>', "' s</w>"];
const TOKENS = [
  ...letters,
  ...letters.map((letter) => `${letter}</w>`),
  ...MERGES.map((pair) => pair.replace(' ', '')),
  '<|startoftext|>',
  '<|endoftext|>',
];
const idOf = (token: string) => TOKENS.indexOf(token);
const [START, END] = [idOf('<|startoftext|>'), idOf('<|endoftext|>')];

async function open(padId?: number) {
  const folder = temporaryFolder();
  const files = { vocabulary: join(folder, 'vocab.json'), merges: join(folder, 'merges.txt') };
  const ids = Object.fromEntries(TOKENS.map((token, id) => [token, id]));
  await writeFile(files.vocabulary, JSON.stringify(ids));
  await writeFile(files.merges, ['#version: 0.2', ...MERGES, ''].join('\n'));
  return loadClipTokenizer(files, padId);
}

/** The text's own tokens, of 77 that are as they should be. */
async function tokensOf(text: string): Promise<string[]> {
  const ids = (await open())(text);
  expect(ids).toHaveLength(CLIP_LENGTH);
  expect(ids[0]).toBe(START);
  const end = ids.indexOf(END);
  expect(ids.slice(end).every((id) => id === END)).toBe(true);
  return ids.slice(1, end).map((id) => TOKENS[id]!);
}

test('words are put together of pairs, whatever their case', async () => {
  expect(await tokensOf("Cat  DOG cat's")).toEqual(['cat</w>', 'dog</w>', 'cat</w>', "'s</w>"]);
});

test('digits, marks and unknown words fall apart into what is known', async () => {
  expect(await tokensOf('cats 12!')).toEqual(['ca', 't', 's</w>', '1</w>', '2</w>', '!</w>']);
});

test('any other letter is its bytes', async () => {
  expect(await tokensOf('é')).toEqual(['Ã', '©</w>']);
  expect(await tokensOf('🎈')).toHaveLength(4);
});

test('no text is padding between the marks', async () => {
  expect(await tokensOf('')).toEqual([]);
});

test('a text that is too long is cut to 75 tokens, and ends', async () => {
  const ids = (await open())('cat '.repeat(200));
  expect(ids).toEqual([START, ...Array.from({ length: 75 }, () => idOf('cat</w>')), END]);
});

test('some models have another padding', async () => {
  const ids = (await open(0))('cat');
  expect(ids.slice(0, 4)).toEqual([START, idOf('cat</w>'), END, 0]);
  expect(ids.at(-1)).toBe(0);
});
