import { expect, test } from 'vitest';
import { findModel } from '#lib/models/catalogue';
import type { OwnRule } from '../model-params.ts';
import { settleGeneration } from './settle-generation.ts';
import { unusedBy, videoParamsWith } from './model-params.ts';

const WAN = findModel('wan2.1-t2v-1.3b')!;
const NUMBERS = ['width', 'height', 'frames', 'fps', 'steps', 'guidance'];

/** What a request for one value becomes, the others left out. */
function settled(name: string, value: number) {
  const { params, warnings } = settleGeneration(
    { ...WAN, generation: WAN.generation! },
    { [name]: value },
    undefined,
  );
  return { value: params[name], warnings };
}

function ruleOf(name: string): Required<OwnRule> {
  const { own } = videoParamsWith(WAN, { isFromPicture: false });
  return own[name] as Required<OwnRule>;
}

test.each(NUMBERS)('%s can be all that its rule allows, and nothing beyond', (name) => {
  const { minimum, maximum, step = 1 } = ruleOf(name);
  for (const value of [minimum, minimum + step])
    expect(settled(name, value)).toEqual({ value, warnings: [] });
  for (const value of [minimum - step, maximum + step]) {
    expect(settled(name, value).warnings, `${value}`).toHaveLength(1);
  }
});

test.each(NUMBERS)('%s is as its rule says where it is left out', (name) => {
  const { params } = settleGeneration({ ...WAN, generation: WAN.generation! }, {}, undefined);
  expect(params[name]).toBe(ruleOf(name).usual);
});

test('what a model films a picture with is of no use to one that makes it up, and the other way round', () => {
  const camera = unusedBy(findModel('camera-move')!);
  expect(camera).toEqual(expect.arrayContaining(['steps', 'guidance', 'frames', 'negative_prompt']));
  expect(unusedBy(WAN)).toEqual(expect.arrayContaining(['move', 'duration_seconds']));
  expect(unusedBy(WAN).filter((name) => camera.includes(name))).toEqual([]);
});

test('a size that is left out is the picture’s, where there is one', () => {
  const { own } = videoParamsWith(WAN, { isFromPicture: true });
  expect([own['width']!.usual, own['height']!.usual]).toEqual(['as the picture', 'as the picture']);
});
