import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { POST as generate } from './route.ts';
import { POST as postUpload } from '#app/api/v1/uploads/route';
import { problemsOf } from '#lib/api/openapi/problems';
import type { Operation } from '#lib/api/operation';
import { generate as generateOperation } from '#lib/api/operations/jobs';
import { createUpload } from '#lib/api/operations/uploads';
import { database } from '#lib/db/connection';
import { idempotencyKeys } from '#lib/db/schema/idempotency';
import { listPipelines } from '#lib/pipelines/registry';
import { IMAGE_FIELDS } from '#lib/pipelines/submission/check-images';
import { ApiClient } from '#tests/api-client';
import { type Ingredients, type OddRequest, oddRequests } from '#tests/odd-requests';

/* The same requests each time, unless FUZZ_SEED says otherwise; FUZZ_RUNS has more of them made up. */
const seed = Number(process.env.FUZZ_SEED ?? 2026);
const scale = Number(process.env.FUZZ_RUNS ?? 2000) / 2000;
const LONG_MS = 10 * 60_000;
/** No request takes so long but one that is never answered, which is then told. */
const UNANSWERED_MS = 20_000;

// Read with the first request. What is listed leads to this machine, where nothing is asked.
process.env.MULTIPLANE_IMAGE_HOSTS = '127.0.0.1,localhost,169.254.169.254';
process.env.MULTIPLANE_LIMIT_API_HOUR = '0';
process.env.MULTIPLANE_LIMIT_API_DAY = '0';

type Handler = typeof generate;
type Problem = Record<'code' | 'title' | 'detail' | 'request_id', string> & { status: number };

const params = listPipelines().flatMap((pipeline) => Object.keys(pipeline.params.shape));
const JOB: Ingredients = {
  names: [...new Set(['pipeline', 'model', 'priority', 'batch_id', ...IMAGE_FIELDS, ...params])],
  sound: [
    [['pipeline', 'photo-realistic']],
    [['pipeline', 'cutout']],
    [
      ['pipeline', 'upscale'],
      ['image_url', 'https://127.0.0.1/a.png'],
    ],
  ],
};
const UPLOAD: Ingredients = { names: ['image', 'images', 'name'], sound: [[]] };

afterEach(emptyStudio);

/** What is wrong with an answer, beside what the operation says of itself. */
function faultsOf(operation: Operation, answer: Response, body: Problem): string[] {
  const { status, headers } = answer;
  if (status < 400) {
    const parsed = operation.answers[status]?.schema?.safeParse(body);
    return parsed?.success ? [] : [`${status} is not as declared: ${parsed?.error.message}`];
  }
  const { code, title, detail } = body;
  const isDocumented = problemsOf(operation).get(status)?.includes(code) === true;
  const type = headers.get('content-type');
  const isAboutIt = body.status === status && body.request_id === headers.get('x-request-id');
  const says = [type, title, detail].every((text) => typeof text === 'string' && text !== '');
  return [
    ...(status < 500 && isDocumented ? [] : [`${status} ${code} is not documented`]),
    ...(type === 'application/problem+json' && says && isAboutIt ? [] : [JSON.stringify(body)]),
  ];
}

async function expectSound(client: ApiClient, operation: Operation, handler: Handler, request: OddRequest) {
  const { query, headers, body } = request;
  const answer = await client.call(handler, {
    method: 'POST',
    query,
    headers,
    body: body as BodyInit | null,
  });
  expect(faultsOf(operation, answer, (await answer.json()) as Problem)).toEqual([]);
  const isMade = answer.status === 201 || answer.status === 202;
  if (isMade) await emptyStudio();
  expect([await kept(), await (await database()).$count(idempotencyKeys)]).toEqual([NOTHING, 0]);
}

test.each([
  ['POST /generate', generateOperation, generate, JOB, 1400],
  ['POST /uploads', createUpload, postUpload, UPLOAD, 600],
] as const)(
  '%s answers whatever is sent as it says it would, and keeps nothing of what it refuses',
  async (name, operation, handler, ingredients, usual) => {
    const numRuns = Math.round(usual * scale);
    process.stdout.write(`${name}: ${numRuns} requests of FUZZ_SEED=${seed}\n`);
    const client = await ApiClient.create(await database());
    const property = fc.asyncProperty(await oddRequests(ingredients), (request) =>
      expectSound(client, operation, handler as Handler, request),
    );
    await fc.assert(property, { seed, numRuns, timeout: UNANSWERED_MS });
  },
  LONG_MS,
);
