import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const KEY = `mp_${'A'.repeat(43)}`;
const PROMPT = 'a harbour at dusk';
/** As pino writes them. */
const LEVELS = { debug: 20, info: 30, error: 50 };

/** Answers two requests as routes do, in a process whose output is its log. */
const PROGRAM = `
  import { answering } from '#lib/api/answering';
  import { noteForLog } from '#lib/api/request-log';
  const [key, prompt] = process.argv.slice(1);
  const ask = (method, headers) =>
    new Request('http://studio.test/api/v1/jobs?signature=' + key, { method, headers });
  const byKey = ask('POST', { 'x-api-key': key, 'x-request-id': 'mine', cookie: 'authjs.session-token=' + key });
  await answering(byKey, async () => {
    const actor = { userId: 'anna', role: 'user' };
    noteForLog(byKey, { caller: { actor, via: { keyId: 'laptop', scopes: [] } } });
    noteForLog(byKey, { prompt });
    throw new Error('Failed with Bearer ' + key + ', ' + byKey.url, { cause: { headers: [...byKey.headers] } });
  });
  const bySession = ask('GET', {});
  await answering(bySession, async () => {
    noteForLog(bySession, { caller: { actor: { userId: 'anna', role: 'user' }, via: { session: true } } });
    return Response.json({});
  });
`;

interface Line {
  level: number;
  msg: string;
  [name: string]: unknown;
}

function logged(): { text: string; lines: Line[] } {
  const args = ['--import', 'tsx', '--input-type=module', '-e', PROGRAM, KEY, PROMPT];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, MULTIPLANE_LOG_LEVEL: 'debug' },
  });
  expect(stderr).toBe('');
  const lines = stdout.trim().split('\n');
  return { text: stdout, lines: lines.map((line) => JSON.parse(line) as Line) };
}

test('a request is logged in one line that says who asked what, and no secret', () => {
  const { text, lines } = logged();
  const [byKey, bySession, ...others] = lines.filter(({ msg }) => msg === 'request');
  expect(byKey).toMatchObject({
    level: LEVELS.info,
    requestId: 'mine',
    method: 'POST',
    path: '/api/v1/jobs',
    status: 500,
    ms: expect.any(Number) as number,
    actorId: 'anna',
    keyId: 'laptop',
    prompt: '[redacted]',
  });
  // What the dashboard reads every second is for whoever looks closely.
  expect(bySession).toMatchObject({ level: LEVELS.debug, method: 'GET', status: 200, actorId: 'anna' });
  expect(others).toEqual([]);
  expect(lines).toHaveLength(3);
  expect(lines.map(({ level }) => level)).toContain(LEVELS.error);
  expect(text).not.toContain(KEY);
  expect(text).not.toContain(PROMPT);
});
