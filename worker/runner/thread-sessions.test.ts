import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { exportModel } from '#tests/exported-model';
import { graphWithData } from '#tests/external-data';
import { lastingFolder } from '#tests/lasting-folder';
import type { StageTask } from './messages.ts';
import { sessionsFor } from './thread-sessions.ts';

const WAN = 'wan2.1-t2v-1.3b';
const weightsDir = lastingFolder();
const { graph, data } = graphWithData('transformer.onnx.data');
exportModel(weightsDir, WAN, { contents: { 'transformer.onnx': graph, 'transformer.onnx.data': data } });

afterAll(() => rmSync(weightsDir, { recursive: true, force: true }));

/** The session that a stage finds, or opens, of the same network. */
async function sessionIn(stage: string, models: string[]) {
  const task = { pipeline: 't2v', stage, models, provider: 'cpu', weightsDir, threads: 1 };
  const sessions = await sessionsFor(task as unknown as StageTask);
  expect(sessions.takeOpened()).toEqual([]);
  return sessions.open(WAN, 'transformer');
}

test('the networks of a model that takes room are let go between stages, and kept for the same one again', async () => {
  const denoising = await sessionIn('denoise', [WAN]);
  expect(await sessionIn('denoise', [WAN])).toBe(denoising);
  const decoding = await sessionIn('decode', [WAN]);
  expect(decoding).not.toBe(denoising);
  // Whoever comes next has no use for it.
  expect(await sessionIn('depth', ['fastdepth'])).not.toBe(decoding);
});

test('those of others stay', async () => {
  const depth = await sessionIn('depth', ['fastdepth']);
  expect(await sessionIn('fill', ['migan'])).toBe(depth);
});
