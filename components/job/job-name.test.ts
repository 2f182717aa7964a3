import { expect, test } from 'vitest';
import type { JobResource } from '#lib/jobs/resource';
import { jobName } from './job-name.ts';

function named(filename: string | null, prompt?: string): string {
  const inputs = filename === null ? [] : [{ role: 'image', upload_id: 'u', filename }];
  return jobName({ inputs, params: { prompt } } as unknown as JobResource, 'Prompt to video');
}

test('a job goes by its photo, then by its prompt, then by what it does', () => {
  expect(named('ball.jpg', 'slow push in')).toBe('ball.jpg');
  expect(named(null, 'a red circle')).toBe('a red circle');
  expect(named(null)).toBe('Prompt to video');
});
