import { expect, test } from 'vitest';
import { cleanPrompt } from './clean-prompt.ts';

test.each([
  ['  a   red\n\tcircle \u00a0 moves ', 'a red circle moves'],
  ['salt &amp;amp; pepper', 'salt & pepper'],
  ['&lt;b&gt; caf&eacute; &#233; &#xE9;', '<b> café é é'],
  ['R&D; &unknown; &#xD800; &#0; &amp', 'R&D; &unknown; &#xD800; &#0; &amp'],
  ['a cat’s “toy”', 'a cat\'s "toy"'],
  ['cafe\u0301', 'café'],
  ['', ''],
])('%j becomes %j', (prompt, cleaned) => {
  expect(cleanPrompt(prompt)).toBe(cleaned);
});

/** UTF-8 bytes as a reader sees them who takes each for a letter. */
const misread = (text: string, encoding: 'latin1' | 'windows-1252') =>
  encoding === 'latin1' ? Buffer.from(text).toString('latin1') : readWindows1252(Buffer.from(text));

function readWindows1252(bytes: Buffer): string {
  // Bytes 0x80..0x9f as the table of the Encoding Standard has them, index-windows-1252.
  const points = [
    0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161,
    0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
  ];
  const codes = [...bytes].map((byte) => (byte >= 0x80 && byte < 0xa0 ? points[byte - 0x80]! : byte));
  return String.fromCodePoint(...codes);
}

test.each([
  'un café à la crème',
  'naïve fox — jumping…',
  'a bird 🐦 over São Paulo',
  'кот и собака',
  '赤い円が動く',
  'zażółć gęślą jaźń',
  'Ein Vogel über dem Fluß',
])('%s is repaired when it was read wrongly, once or twice', (text) => {
  for (const encoding of ['latin1', 'windows-1252'] as const) {
    expect(cleanPrompt(misread(text, encoding))).toBe(text);
    expect(cleanPrompt(misread(misread(text, encoding), encoding))).toBe(text);
  }
});

test.each([
  'un café à la crème',
  'CAFÉ»',
  'groß“',
  'FATIGUÉ…',
  'NÃO É',
  'Ångström über Öl',
  '«Où?» — “là-bas”',
  '赤い円が動く, naïve',
])('%s was read rightly', (text) => {
  const straight = text.replace(/[“”]/g, '"');
  expect(cleanPrompt(text)).toBe(straight);
});
