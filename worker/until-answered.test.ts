import { expect, test } from 'vitest';
import { DatabaseUnreachable } from '#lib/db/failures';
import { untilAnswered } from './until-answered.ts';

const AWAY = new Error('Failed query', { cause: new DatabaseUnreachable('The server cannot be reached.') });

/** Asks a database that gives these answers, one after the other; an error is thrown. */
function asking(answers: (string | Error)[]): () => Promise<string> {
  return async () => {
    const answer = answers.shift()!;
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

test('a database that is away is asked until it is back', async () => {
  const answers = [AWAY, AWAY, 'written', 'never asked for'];
  expect(await untilAnswered(asking(answers), new AbortController().signal)).toBe('written');
  expect(answers).toEqual(['never asked for']);
});

test('an answer that is a refusal is one, too', async () => {
  const refusal = new Error('no such table');
  await expect(untilAnswered(asking([refusal, 'written']), new AbortController().signal)).rejects.toBe(
    refusal,
  );
});

test('nobody asks for what is no longer theirs', async () => {
  const answers = [AWAY, 'written'];
  await expect(untilAnswered(asking(answers), AbortSignal.abort('lost'))).rejects.toBe(AWAY);
  expect(answers).toEqual(['written']);
});
