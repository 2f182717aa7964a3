const SPECIAL = ['<pad>', '</s>', '<unk>'];
const WORDS = [
  'a',
  'small',
  'red',
  'blue',
  'circle',
  'square',
  'moves',
  'left',
  'right',
  'over',
  'night',
  ',',
  '.',
];

/** The files of a tokenizer that knows a few words, in the form of those that Hugging Face publishes. */
export function tinyTokenizer(): Record<'tokenizer.json' | 'tokenizer_config.json', Uint8Array> {
  const vocab = Object.fromEntries([...SPECIAL, ...WORDS].map((word, id) => [word, id]));
  const end = { SpecialToken: { id: '</s>', type_id: 0 } };
  const text = { Sequence: { id: 'A', type_id: 0 } };
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({ id, content, ...flags })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: false,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [text, end],
      pair: [text, end, text, end],
      special_tokens: { '</s>': { id: '</s>', ids: [1], tokens: ['</s>'] } },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '<unk>',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab,
    },
  };
  const config = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    pad_token: '<pad>',
    eos_token: '</s>',
    unk_token: '<unk>',
  };
  return { 'tokenizer.json': inBytes(tokenizer), 'tokenizer_config.json': inBytes(config) };
}

function inBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
