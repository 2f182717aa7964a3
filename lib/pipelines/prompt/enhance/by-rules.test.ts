import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listPipelines } from '../../registry.ts';
import { readPrompt } from '../read-prompt.ts';
import { completeByRules } from './by-rules.ts';
import { agree, CONTRADICTIONS, FACTS } from './facts.ts';
import { factsIn, readWords } from './reading.ts';
import { NAMED, PIPELINE_SLOTS, type PromptedPipeline } from './slots.ts';
import { STYLE_WORDS, STYLES } from './styles.ts';
import { offersOf, VOCABULARY } from './vocabulary.ts';
import type { Phrase } from './vocabulary/phrase.ts';
import { CAMERA, DRAWN_SHAPES } from './worlds.ts';

const PIPELINES = Object.keys(PIPELINE_SLOTS) as PromptedPipeline[];
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed * 7919);

const PROMPTS = [
  'an old lighthouse on a cliff',
  'A cat sleeps on a sofa. It is noon.',
  'a chase through the city at night, in the rain,',
  'zwei Drachen 🐉 über dem Meer',
  'close-up of a diver over a coral reef',
  'a quiet forest, no fog, not at night',
];

/** Every way in which a prompt is completed for a pipeline. */
function completions(prompt: string, pipeline: PromptedPipeline = 't2v') {
  return STYLES.flatMap((style) =>
    SEEDS.map((seed) => completeByRules(prompt, offersOf(pipeline, style), seed)),
  );
}

/** One prompt completed by each seed. */
function boats(): string[] {
  return SEEDS.map((seed) => completeByRules('a boat', offersOf('t2v', 'cinematic'), seed).prompt);
}

/** The additions of one slot, over styles and seeds. */
function offered(prompt: string, slot: string): Set<string> {
  const additions = completions(prompt).flatMap((completed) => completed.additions);
  return new Set(additions.filter((one) => one.slot === slot).map(({ text }) => text.toLowerCase()));
}

describe('whatever the prompt, the pipeline, the style and the seed:', () => {
  test.each(PROMPTS)('“%s” stays word for word, in front', (prompt) => {
    for (const pipeline of PIPELINES) {
      const slots: readonly string[] = PIPELINE_SLOTS[pipeline];
      const unsound = completions(prompt, pipeline).filter(({ prompt: better, additions }) => {
        const isSound = additions.every(
          ({ slot, text }) => slots.includes(slot) && better.indexOf(text, prompt.length) > 0,
        );
        return !better.startsWith(prompt) || better.length > 1000 || !isSound;
      });
      expect(unsound).toEqual([]);
    }
  });

  test.each(PROMPTS)('nothing that is added to “%s” contradicts anything', (prompt) => {
    const { said, negated } = readWords(prompt);
    const refused = factsIn(negated);
    const contradictory = completions(prompt).filter(({ additions }) => {
      const added = additions.flatMap(saidBy);
      const all = [...factsIn(said), ...added];
      const isSound = all.every((one) => all.every((other) => agree(one, other)));
      return !isSound || added.some((fact) => refused.includes(fact));
    });
    expect(contradictory).toEqual([]);
  });

  test('every style has something for every slot', () => {
    for (const pipeline of PIPELINES) {
      const filled = completions('an apple', pipeline).map(({ additions }) =>
        additions.map(({ slot }) => slot),
      );
      expect([...new Set(filled.map(String))]).toEqual([String(PIPELINE_SLOTS[pipeline])]);
    }
    for (const style of STYLES)
      for (const slot of PIPELINE_SLOTS.t2v)
        expect(
          VOCABULARY[slot][style].some(({ says }) => says.length === 0),
          `${style} ${slot}`,
        ).toBe(true);
  });
});

test('every word of a fact is found in a prompt, and the same phrase says the same everywhere', () => {
  for (const [fact, words] of Object.entries(FACTS))
    for (const word of words.split(', '))
      expect(factsIn(readWords(`a boat, ${word}`).said), word).toContain(fact);
  const phrases = Object.values(VOCABULARY).flatMap((byStyle) => Object.values(byStyle).flat() as Phrase[]);
  const kinds = new Set(phrases.map(({ text, says }) => `${text}: ${says.join()}`));
  expect(kinds.size).toBe(new Set(phrases.map(({ text }) => text)).size);
});

test('the same seed gives the same answer, other seeds others', () => {
  expect(boats()).toEqual(boats());
  expect(new Set(boats()).size).toBeGreaterThan(6);
});

test.each([
  ['a boat, 35mm lens', 'lens'],
  ['a boat in candlelight', 'light'],
  ['a boat, shot from above', 'shot'],
  ['a boat, slow pan right', 'motion'],
  ['a boat, no camera movement', 'motion'],
  ['an eerie boat', 'mood'],
])('“%s” gets no second %s', (prompt, slot) => {
  expect([...offered(prompt, slot)]).toEqual([]);
  expect([...offered('a boat', slot)]).not.toEqual([]);
});

test.each([
  ['a market at noon', /night|moon|dusk|dawn|sunset|evening|golden|neon|lamp|candle/],
  ['a market at midnight', /sun|day|morning|golden|dawn|evening|blue hour/],
  ['a kitchen', /street|overcast|moonlight|golden|dappled|midday/],
  ['not at night, a market', /night|moon|lamp|neon|candle/],
])('the light on “%s” is never of another time or place', (prompt, wrong) => {
  for (const light of offered(prompt, 'light')) expect(light).not.toMatch(wrong);
});

test('behind a sentence a new one begins', () => {
  const { prompt, additions } = completeByRules('A cat sleeps.', offersOf('i2v', 'natural'), 1);
  expect(prompt).toBe(`A cat sleeps. ${additions[0]!.text}${additions[1] ? `, ${additions[1].text}` : ''}`);
  expect(additions[0]!.text).toMatch(/^[A-Z]/);
});

test('what finds no room is left out and named', () => {
  const long = `${'a boat and '.repeat(89)}a boat`;
  const { prompt, additions, warnings } = completeByRules(long, offersOf('t2v', 'natural'), 3);
  expect(prompt.length).toBeLessThanOrEqual(1000);
  const left = PIPELINE_SLOTS.t2v.filter((slot) => !additions.some((one) => one.slot === slot));
  expect(left.length).toBeGreaterThan(0);
  expect(warnings).toEqual([`There was no room in 1000 characters for: ${left.join(', ')}.`]);
});

test('where the prompt says everything, nothing is added, and that is said', () => {
  const full = 'moody wide shot of a boat at dusk, soft light, 35mm lens, slow pan';
  expect(completeByRules(full, offersOf('t2v', 'natural'), 1)).toEqual({
    prompt: full,
    additions: [],
    warnings: ['Nothing was added: the prompt says all of it already.'],
  });
});

test('a film of a photo is asked for in words that the camera understands', () => {
  for (const { text } of CAMERA.offers[0]!.phrases) expect(readPrompt(text).warnings).toEqual([]);
});

test('wan-mini is asked for things in words that it was taught', () => {
  const tokenizer = readFileSync('lib/models/own/wan-mini/tokenizer.json', 'utf8');
  const { model } = JSON.parse(tokenizer) as { model: { vocab: Record<string, number> } };
  const phrases = DRAWN_SHAPES.offers.flatMap((offer) => offer.phrases.map(({ text }) => text));
  for (const word of phrases.flatMap((text) => text.split(' '))) expect(model.vocab).toHaveProperty(word);
});

test('every pipeline that takes a prompt, and no other, has its slots', () => {
  const prompted = listPipelines().filter(({ params }) => 'prompt' in params.shape);
  expect(prompted.map(({ id }) => id).toSorted()).toEqual(PIPELINES.toSorted());
});

test('the page on prompts lists every word, and nothing else', () => {
  const page = readFileSync('docs/prompts.md', 'utf8');
  const rows = [
    ...Object.entries(VOCABULARY).flatMap(([slot, byStyle]) => [
      ...Object.entries(byStyle).map(([style, phrases]) => `- **${style}:** ${written(phrases)}`),
      `- **taken up by:** ${NAMED[slot as keyof typeof NAMED]}`,
    ]),
    ...Object.entries({ ...FACTS, ...STYLE_WORDS }).map(([name, words]) => `- **${name}:** ${words}`),
    ...[DRAWN_SHAPES, CAMERA].flatMap(({ offers }) =>
      offers.map(({ slot, phrases }) => `- **${slot}:** ${written(phrases)}`),
    ),
  ];
  const listed = page.split('\n').filter((line) => /^- \*\*[a-z -]+:\*\* /.test(line));
  expect(listed).toEqual(rows);
  const pairs = CONTRADICTIONS.map((pair) => pair.join(' and ')).join('; ');
  expect(page).toContain(`Not both at once: ${pairs}.`);
});

function saidBy({ slot, text }: { slot: string; text: string }) {
  const phrases = Object.values(VOCABULARY[slot as keyof typeof VOCABULARY]).flat() as Phrase[];
  return phrases.find((one) => one.text.toLowerCase() === text.toLowerCase())!.says;
}

function written(phrases: readonly Phrase[]): string {
  return phrases
    .map(({ text, says }) => (says.length > 0 ? `${text} (${says.join(', ')})` : text))
    .join('; ');
}
