import '#tests/studio-folder';
import { expect, test } from 'vitest';
import { POST as nowhere } from './route.ts';

test('an address that is none is a problem too', async () => {
  const answer = await nowhere(new Request('http://studio.test/api/v1/nowhere', { method: 'POST' }));
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'not_found' });
});
