import { describe, expect, test } from 'vitest';
import { readPrompt } from './read-prompt.ts';

const USUAL = {
  routes: ['push-in'],
  amount: 0.5,
  direction: null,
  manner: 'usual',
  shake: 0,
  loop: false,
};

test.each([
  ['slow push in, handheld, loop', { amount: 0.25, shake: 0.5, loop: true }],
  ['Push the camera slowly in.', { amount: 0.25 }],
  ['Hand-held dolly-in', { shake: 0.5 }],
  ['zoom out quickly', { routes: ['pull-out'], amount: 0.8 }],
  ['very slow dolly-zoom', { routes: ['dolly-zoom'], amount: 0.5 * 0.5 ** 1.5 }],
  ['pan to the left', { routes: ['pan'], direction: 'left' }],
  ['a drift from left to right', { routes: ['pan'], direction: 'right' }],
  ['upwards', { routes: ['pan'], direction: 'up' }],
  ['tilt', { routes: ['pan'], direction: 'up' }],
  ['tilt down', { routes: ['pan'], direction: 'down' }],
  ['rotate around the subject', { routes: ['orbit'] }],
  ['camera slowly zooms in and pans right', { routes: ['push-in', 'pan'], direction: 'right', amount: 0.25 }],
  ['gentle, seamless vertigo effect', { routes: ['dolly-zoom'], manner: 'gentle', amount: 0.4, loop: true }],
  ['steady push forward', { manner: 'steady' }],
  ['shaky', { routes: [], shake: 1 }],
  ['slightly handheld', { routes: [], shake: 0.25, amount: 0.25 }],
  ['dramatic extreme fast zoom in', { amount: 1 }],
  ['very very very slow and subtle orbit', { routes: ['orbit'], amount: 0.1 }],
])('“%s” is understood', (prompt, plan) => {
  expect(readPrompt(prompt)).toEqual({ plan: { ...USUAL, ...plan }, warnings: [] });
});

describe('negations', () => {
  test.each([
    ['no shake, zoom in', {}],
    ['push in without shake or loop', {}],
    ['don’t loop, but pan right', { routes: ['pan'], direction: 'right' }],
    ['push in, no pan', {}],
  ])('“%s” is understood', (prompt, plan) => {
    expect(readPrompt(prompt)).toEqual({ plan: { ...USUAL, ...plan }, warnings: [] });
  });

  test('end with their clause', () => {
    expect(readPrompt('not handheld. Loop').plan).toMatchObject({ shake: 0, loop: true });
  });

  test('of what has no opposite are said', () => {
    expect(readPrompt('push in, not too fast')).toMatchObject({
      plan: { amount: 0.5 },
      warnings: ['This does not go with the rest of the prompt and was left out: “not fast”.'],
    });
  });

  test('keep the camera from what it would do by itself', () => {
    expect(readPrompt("Don't zoom in")).toMatchObject({
      plan: { routes: ['pan'] },
      warnings: ['The prompt names no camera move, so the camera does a pan.'],
    });
  });
});

test('what is not understood is listed, as it was written, once', () => {
  expect(readPrompt('Push in on the cat’s whiskers, the cat’s nose').warnings).toEqual([
    'These words were not understood and changed nothing: “cat’s”, “whiskers”, “nose”.',
  ]);
});

test('what comes first stands, what contradicts it is listed', () => {
  expect(readPrompt('zoom in, then zoom out, steady, gently, left and right')).toEqual({
    plan: { ...USUAL, routes: ['push-in', 'pan'], manner: 'steady', direction: 'left' },
    warnings: [
      'These words were not understood and changed nothing: “then”.',
      'This does not go with the rest of the prompt and was left out: “zoom out”, “gently”, “right”.',
    ],
  });
});

test('a prompt of which nothing is understood gives a push-in and says so', () => {
  expect(readPrompt('Ein goldener Drache')).toEqual({
    plan: USUAL,
    warnings: [
      'These words were not understood and changed nothing: “Ein”, “goldener”, “Drache”.',
      'The prompt names no camera move, so the camera does a push-in.',
    ],
  });
});

test('signs and scripts of any kind are read without harm', () => {
  expect(readPrompt('!!! 🎥 ズーム --- ').warnings[0]).toContain('“ズーム”');
  expect(readPrompt('constructor __proto__ toString').warnings[0]).toContain('“constructor”');
});
