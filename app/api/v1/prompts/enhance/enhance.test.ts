import '#tests/studio-folder';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { settings } from '#lib/config/settings';
import { database } from '#lib/db/connection';
import { askEndpoint } from '#lib/pipelines/prompt/enhance/by-endpoint';
import type { Enhancement } from '#lib/pipelines/prompt/enhance/enhance';
import { ApiClient } from '#tests/api-client';
import { deadAddress, serve } from '#tests/local-server';
import { POST } from './route.ts';

const PROMPT = 'an old lighthouse on a cliff';

async function ask(body: object) {
  const anna = await ApiClient.create(await database());
  const answer = await anna.postJson(POST, { prompt: PROMPT, pipeline: 't2v', ...body });
  return {
    status: answer.status,
    body: (await answer.json()) as Enhancement & { errors: { pointer: string }[] },
  };
}

test('a prompt is completed by rules, the same for the same seed', async () => {
  const wanted = { pipeline: 'painterly', style: 'noir', seed: 7 };
  const { status, body } = await ask(wanted);
  expect(status).toBe(200);
  expect(body).toMatchObject({ original: PROMPT, source: 'rules' });
  expect(body.prompt.startsWith(`${PROMPT}, `)).toBe(true);
  expect(body.additions.map(({ slot }) => slot)).toEqual(['light', 'lens', 'mood']);
  expect((await ask(wanted)).body).toEqual(body);
  expect((await ask({ ...wanted, seed: 8 })).body.prompt).not.toBe(body.prompt);
});

test.each([
  ['a watercolour of a harbour', 'painterly', /^(?!.*lens)/],
  ['anime of a harbour', 'painterly', /line art|cel shading|hand-drawn|3D/],
])('a style that “%s” names is taken up', async (prompt, pipeline, expected) => {
  expect((await ask({ prompt, pipeline })).body.prompt).toMatch(expected);
});

test('a prompt for wan-mini is completed in its own words, which is said', async () => {
  const { body } = await ask({ prompt: 'a red circle', model: 'wan-mini' });
  expect(body.prompt).toMatch(/^a red circle (\w+ ?){1,2} (over|at|on) /);
  expect(body.warnings[0]).toContain('understands only the words of its own small world');
  expect((await ask({ model: 'wan-mini' })).body.prompt).toMatch(
    /^an old lighthouse on a cliff, an? \w+ \w+ \w+ /,
  );
});

test('a prompt for what films a photo is completed in camera words; one for what reads none says so', async () => {
  const camera = await ask({ pipeline: 'ti2v' });
  expect(camera.body.additions.map(({ slot }) => slot)).toEqual(['motion']);
  expect(camera.body.warnings[0]).toContain('only how the camera moves');
  const { warnings } = (await ask({ pipeline: 'i2v' })).body;
  expect(warnings[0]).toContain('reads no prompt');
});

test.each([
  [{ prompt: 'x' }, '/prompt'],
  [{ prompt: 'x'.repeat(1001) }, '/prompt'],
  [{ pipeline: 'cutout' }, '/pipeline'],
  [{ model: 'rife' }, '/model'],
  [{ model: 'no-such' }, '/model'],
  [{ style: 'baroque' }, '/style'],
  [{ seed: -1 }, '/seed'],
])('%j is refused', async (wrong, pointer) => {
  const { status, body } = await ask(wrong);
  expect([status, body.errors.map((one) => one.pointer)]).toEqual([422, [pointer]]);
});

describe('an endpoint', () => {
  test('is asked in the way of OpenAI, and its answer is cleaned', async () => {
    const asked: { path: string; key: string; body: { model: string; messages: { content: string }[] } }[] =
      [];
    await useEndpoint(async (request, response) => {
      const body = JSON.parse(await text(request)) as (typeof asked)[0]['body'];
      asked.push({ path: request.url!, key: request.headers.authorization!, body });
      completion(response, `<think>\nHm.\n</think>\n\`\`\`text\n“${PROMPT},\nin\u0007 fog”\n\`\`\``);
    });
    const { body } = await ask({ style: 'noir' });
    expect(body).toEqual({
      prompt: `${PROMPT}, in fog`,
      original: PROMPT,
      additions: [],
      source: 'endpoint',
      warnings: [expect.stringContaining('small world') as string],
    });
    expect(asked).toMatchObject([
      { path: '/v1/chat/completions', key: 'Bearer sesame', body: { model: 'tiny' } },
    ]);
    const [system, user] = asked[0]!.body.messages;
    expect(system!.content).toContain('noir');
    expect(user!.content).toBe(PROMPT);
  });

  test('that changes the words is said to', async () => {
    await useEndpoint((_, response) => completion(response, 'a lighthouse'));
    const { body } = await ask({ pipeline: 'painterly' });
    expect(body).toMatchObject({ prompt: 'a lighthouse', source: 'endpoint' });
    expect(body.warnings).toEqual(['The endpoint changed the words that were given.']);
  });

  test.each<[string, string, (request: IncomingMessage, response: ServerResponse) => void]>([
    ['is broken', 'answered 500', (_, response) => response.writeHead(500).end('{"key":"sesame"}')],
    [
      'leads elsewhere',
      'could not be reached',
      (_, response) => response.writeHead(307, { location: '/x' }).end(),
    ],
    ['speaks no JSON', 'sent something that is no answer', (_, response) => response.end('<html>')],
    ['has no choice', 'sent something that is no answer', (_, response) => response.end('{"choices":[]}')],
    ['says nothing', 'sent an empty prompt', (_, response) => completion(response, ' ``` ')],
    ['says too much', 'sent too long a prompt', (_, response) => completion(response, 'x'.repeat(1001))],
    ['never stops', 'sent too much', (_, response) => endless(response)],
    ['hangs up', 'could not be reached', (request) => request.destroy()],
  ])('that %s gives way to the rules', async (_, reason, handler) => {
    await useEndpoint(handler);
    await expectRules(reason);
  });

  test('that nobody listens at gives way to the rules', async () => {
    useSettings({ url: await deadAddress(), key: null, model: 'tiny' });
    await expectRules('could not be reached');
  });

  test('is not waited for longer than it has', async () => {
    const url = await serve(() => undefined);
    const asked = { prompt: PROMPT, purpose: 'video', style: 'noir', words: [], seed: 1 };
    const answer = askEndpoint({ url, key: null, model: 'tiny' }, asked, 50);
    await expect(answer).rejects.toThrow('did not answer in time');
  });
});

/** Send without end, as fast as it is taken. */
function endless(response: ServerResponse): void {
  const more = () => {
    while (response.write('x'.repeat(16 * 1024)));
  };
  response.on('drain', more);
  more();
}

async function expectRules(reason: string): Promise<void> {
  const { status, body } = await ask({ pipeline: 'painterly' });
  expect([status, body.source]).toEqual([200, 'rules']);
  expect(body.warnings).toEqual([
    `The endpoint for better prompts ${reason}, so the prompt was completed by rules.`,
  ]);
}

async function useEndpoint(handler: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const url = await serve((request, response) => void handler(request, response));
  useSettings({ url: `${url}/v1`, key: 'sesame', model: 'tiny' });
}

function useSettings(enhance: ReturnType<typeof settings>['enhance']): void {
  settings().enhance = enhance;
  onTestFinished(() => void (settings().enhance = null));
}

function completion(response: ServerResponse, content: string): void {
  response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }));
}
