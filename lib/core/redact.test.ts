import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createLogger } from './logger.ts';

const KEY = `mp_${randomBytes(32).toString('base64url')}`;
const HOOK = `whsec_${randomBytes(24).toString('base64')}`;
const JWE = `eyJhbGciOiJkaXIifQ..${randomBytes(12).toString('base64url')}.${randomBytes(60).toString('base64url')}`;
const PROMPT = 'a harbour, "at dusk" \\ in {rain} [loose]';

/** What a logger writes of something. */
function written(thing: object, prompts = false): string {
  let text = '';
  const destination = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  createLogger('test', 'info', { prompts, destination }).info(thing, 'request');
  return text;
}

describe('what is logged keeps secrets to itself:', () => {
  const request = new Request(`http://studio.test/api/v1/jobs?signature=${KEY}`, {
    headers: {
      'X-API-Key': KEY,
      Authorization: `Bearer ${HOOK}`,
      Cookie: `theme=dark; __Secure-authjs.session-token=${JWE}`,
    },
  });

  test.each([
    [
      'the headers of a request',
      { request: { headers: Object.fromEntries(request.headers) } },
      [KEY, HOOK, JWE],
    ],
    [
      'cookies that are set',
      { answer: { 'set-cookie': [`a="]"; Path=/`, `session=${JWE}`] } },
      ['Path', JWE],
    ],
    [
      'fields of any depth',
      { a: { b: { c: [{ newPassword: 'sesame "1"', hookSecret: HOOK }] } } },
      ['sesame', HOOK],
    ],
    [
      'messages',
      { err: new Error(`No ${KEY}, ${HOOK} nor Bearer ${JWE} at ${request.url}`) },
      [KEY, HOOK, JWE],
    ],
    [
      'causes',
      { err: new Error('Failed', { cause: new Error(`Cookie: authjs.session-token=${JWE}`) }) },
      [JWE],
    ],
    [
      'addresses',
      { url: `https://ann:sesame@store.example/a?X-Amz-Signature=${HOOK}&b=1` },
      ['sesame', HOOK],
    ],
    [
      'queries that failed',
      { err: new Error(`Failed query: insert\nparams: 1,${PROMPT}\nsesame`) },
      ['dusk', 'sesame'],
    ],
    ['prompts', { body: { prompt: PROMPT, negative_prompt: PROMPT } }, ['harbour', 'dusk', 'loose']],
  ])('%s', (_, thing, secrets) => {
    const text = written(thing);
    expect(JSON.parse(text)).toMatchObject({ msg: 'request' });
    expect(text).toContain('[redacted]');
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

test('what is no secret stays as it is', () => {
  const thing = { status: 200, path: '/api/v1/tokens', keyId: 'k', secret: null, after: { name: 'prompt' } };
  expect(JSON.parse(written(thing))).toMatchObject(thing);
});

test('an error keeps its message and its stack', () => {
  const error = new Error('Failed query: select 1\nparams: sesame');
  const { err } = JSON.parse(written({ err: error })) as { err: { message: string; stack: string } };
  expect(err.message).toBe('Failed query: select 1\nparams: [redacted]');
  expect(err.stack).toContain('redact.test.ts');
});

test('prompts are logged where the operator wants them', () => {
  expect(JSON.parse(written({ prompt: PROMPT, token: 'sesame' }, true))).toMatchObject({
    prompt: PROMPT,
    token: '[redacted]',
  });
});
