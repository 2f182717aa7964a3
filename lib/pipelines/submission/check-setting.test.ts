import { expect, test, vi } from 'vitest';
import { actorOf } from '#lib/auth/actor';
import { checkSubmission } from './check-submission.ts';

const ACTOR = actorOf({ id: 'somebody', role: 'user' });
// The settings are read when they are first asked for.
vi.stubEnv('MULTIPLANE_MEMORY_BYTES', String(30 * 2 ** 30));
vi.stubEnv('MULTIPLANE_WEIGHTS_DIR', '/nonexistent/weights');

test.each([
  ['too large for this machine', 'wan2.1-t2v-14b', /needs 64\.2 GB of memory, and this machine has 30 GB\./],
  ['not exported', 'wan2.1-t2v-1.3b', /no download brings it\. .* python tools\/wan\/export\.py/],
])('a model that is %s is refused before anything is queued', (_, model, message) => {
  const fields = Object.entries({ pipeline: 't2v', prompt: 'a red circle moves left', model });
  expect(() => checkSubmission({ fields, files: [] }, ACTOR)).toThrow(
    expect.objectContaining({
      code: 'validation_failed',
      fields: [{ pointer: '/model', code: 'unavailable', message: expect.stringMatching(message) }],
    }),
  );
});
