import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { AppError } from '#lib/core/errors';
import { reportError } from './report.ts';

vi.hoisted(() => (process.env.MULTIPLANE_LOG_LEVEL = 'debug'));

test('what is wrong with a file as a whole is said once', () => {
  const err = new PassThrough();
  const fields = [{ pointer: '', code: 'x', message: 'Not a picture.' }];
  reportError(new AppError('bad_request', 'Not a picture.', { fields }), { out: new PassThrough(), err });
  expect(String(err.read())).not.toMatch(/^ *: /m);
});

test('at debug every cause follows, and what to do comes last', () => {
  const cause = new Error('The runner broke', { cause: { code: 'SIGSEGV' } });
  const err = new PassThrough();
  const failure = new AppError('internal', 'The run failed.', { suggestion: 'Try again.', cause });
  reportError(failure, { out: new PassThrough(), err });
  const text = String(err.read());
  expect(text).toMatch(/^AppError: The run failed\.\n +at /);
  expect(text).toMatch(/\nCaused by: Error: The runner broke\n +at /);
  expect(text).toMatch(/\nCaused by: \{ code: 'SIGSEGV' \}\nTry again\.\n$/);
});
