import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { downloadDisplay } from './progress.ts';

function recorder(isTTY: boolean) {
  const err = Object.assign(new PassThrough(), { isTTY });
  const out = new PassThrough();
  return { terminal: { out, err }, written: () => String(err.read() ?? '') };
}

const steps = [1_000, 30_000, 51_200].map((receivedBytes) => ({
  file: 'net.onnx',
  receivedBytes,
  totalBytes: 51_200,
}));

it('writes one plain line for each file where nobody watches', () => {
  const { terminal, written } = recorder(false);
  const display = downloadDisplay(terminal);
  for (const step of steps) display.update(step);
  expect(written()).toBe('net.onnx: 50 kB fetched\n');
});

it('rewrites one line on a terminal, and ends it when the file is complete', () => {
  const { terminal, written } = recorder(true);
  const display = downloadDisplay(terminal);
  for (const step of steps) display.update(step);
  const text = written();
  expect(text.startsWith('\r')).toBe(true);
  expect(text.endsWith('net.onnx  100 %  50 kB of 50 kB\n')).toBe(true);
  expect(text.split('\n')).toHaveLength(2);
});
