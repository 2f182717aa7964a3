import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { loadTokenizer } from './load-tokenizer.ts';

const LAYOUT = { length: 6, padId: 0, eosId: 1 };
const SPECIAL = ['<pad>', '</s>', '<unk>'];

/** The pieces of a model in the way of T5: whole words that begin with a mark, and letters. */
const UNIGRAM = {
  type: 'Unigram',
  unk_id: 2,
  vocab: [
    ...SPECIAL.map((token) => [token, 0]),
    ['▁red', -1],
    ['▁circle', -1],
    ['▁', -3],
    ['s', -4],
    ['re', -4],
    ['d', -4],
  ],
};
const METASPACE = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true };

const WORD_PIECE = {
  type: 'WordPiece',
  unk_token: '<unk>',
  continuing_subword_prefix: '##',
  max_input_chars_per_word: 100,
  vocab: { '<pad>': 0, '</s>': 1, '<unk>': 2, red: 3, circle: 4, '.': 5 },
};

/** A tokenizer whose own rules put the end mark too. */
async function open(model: object, preTokenizer: object, layout = LAYOUT) {
  const folder = temporaryFolder();
  const files = { tokenizer: join(folder, 'tokenizer.json'), config: join(folder, 'tokenizer_config.json') };
  const definition = {
    added_tokens: SPECIAL.map((content, id) => ({ id, content, special: true })),
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: preTokenizer,
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }],
      pair: [],
      special_tokens: { '</s>': { id: '</s>', ids: [1], tokens: ['</s>'] } },
    },
    decoder: null,
    model,
  };
  await writeFile(files.tokenizer, JSON.stringify(definition));
  await writeFile(files.config, JSON.stringify({ eos_token: '</s>', pad_token: '<pad>' }));
  const tokenize = await loadTokenizer(files, layout);
  return (text: string) => {
    const { ids, mask } = tokenize(text);
    return { ids: [...ids].map(Number), mask: [...mask].map(Number) };
  };
}

test('a text ends with the end mark, once, and is padded; the mask says what is real', async () => {
  const tokenize = await open(UNIGRAM, METASPACE);
  expect(tokenize('Red circle')).toEqual({ ids: [3, 4, 1, 0, 0, 0], mask: [1, 1, 1, 0, 0, 0] });
});

test('no text is the end mark alone', async () => {
  const tokenize = await open(UNIGRAM, METASPACE);
  expect(tokenize('')).toEqual({ ids: [1, 0, 0, 0, 0, 0], mask: [1, 0, 0, 0, 0, 0] });
});

test('a text that is too long is cut before the end mark', async () => {
  const tokenize = await open(UNIGRAM, METASPACE);
  expect(tokenize('red circle '.repeat(20).trim())).toEqual({
    ids: [3, 4, 3, 4, 3, 1],
    mask: [1, 1, 1, 1, 1, 1],
  });
  expect(tokenize('red red red red red').ids).toEqual([3, 3, 3, 3, 3, 1]);
});

test('pieces make up words that are not known whole', async () => {
  const tokenize = await open(UNIGRAM, METASPACE);
  expect(tokenize('circles').ids).toEqual([4, 6, 1, 0, 0, 0]);
});

test.each(['漢字', 'ÅÄÖ xyz', '🎈', '\u0000', '\ud800', '[]{}\\'])(
  'what the vocabulary has nothing for does no harm: %j',
  async (text) => {
    for (const [model, splitting] of [
      [UNIGRAM, METASPACE],
      [WORD_PIECE, { type: 'BertPreTokenizer' }],
    ] as const) {
      const { ids, mask } = (await open(model, splitting, { ...LAYOUT, length: 16 }))(text);
      const real = ids.slice(0, mask.lastIndexOf(1) + 1);
      expect(real.at(-1)).toBe(1);
      expect(real).toContain(2);
    }
  },
);

test('whole words are known or not', async () => {
  const tokenize = await open(WORD_PIECE, { type: 'BertPreTokenizer' });
  expect(tokenize('A red circle.').ids).toEqual([2, 3, 4, 5, 1, 0]);
});
