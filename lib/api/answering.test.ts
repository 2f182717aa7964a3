import '#tests/studio-folder';
import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/core/errors';
import { DatabaseUnreachable } from '#lib/db/failures';
import { answering } from './answering.ts';

async function answerTo(thrown: unknown, headers: Record<string, string> = {}) {
  const request = new Request('http://studio.test/api/v1/x', { headers });
  const answer = await answering(request, () => Promise.reject(thrown));
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe('an error in what answers a request', () => {
  test('that nobody expected shows nothing of itself', async () => {
    const { status, headers, text } = await answerTo(new Error('SQLITE_CORRUPT in /var/lib/secret.db'));
    expect(status).toBe(500);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(JSON.parse(text)).toEqual({
      type: 'urn:multiplane:problem:internal',
      title: 'Internal',
      status: 500,
      detail: 'Something went wrong on our side.',
      code: 'internal',
      request_id: headers.get('x-request-id'),
    });
  });

  test('that is ours keeps its cause to itself', async () => {
    const cause = new Error('/var/lib/secret');
    const error = new AppError('conflict', 'No.', { suggestion: 'Wait.', cause });
    const { status, text } = await answerTo(error);
    expect(status).toBe(409);
    expect(JSON.parse(text)).toMatchObject({ code: 'conflict', detail: 'No.', suggestion: 'Wait.' });
    expect(text).not.toContain('secret');
  });

  test('that is a lock asks the caller to come again', async () => {
    const locked = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
    const { status, headers } = await answerTo(new Error('Failed query', { cause: locked }));
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  });

  test('that is a database out of reach says so, and not where it would be', async () => {
    const away = new DatabaseUnreachable('The database server at secret.example:8080 cannot be reached.');
    const { status, text } = await answerTo(new Error('Failed query', { cause: away }));
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({
      code: 'unavailable',
      detail: 'The database cannot be reached.',
    });
    expect(text).not.toContain('secret');
  });

  test.each([
    ['mine-1.2_3', true],
    ['a b', false],
    ['x'.repeat(65), false],
  ])('repeats the caller’s id %j: %s', async (id, repeated) => {
    const { headers } = await answerTo(new Error('x'), { 'x-request-id': id });
    expect(headers.get('x-request-id') === id).toBe(repeated);
  });
});
