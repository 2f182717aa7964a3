import type { Actor } from '#lib/core/actor';
import { Api } from './api.ts';
import { Studio } from './studio.ts';

/** A studio whose web process and worker run, and an account in it. */
export async function runningStudio(
  role?: Actor['role'],
  env?: Record<string, string>,
): Promise<{ studio: Studio; api: Api }> {
  const studio = await Studio.create(env);
  const api = await Api.create(studio, role);
  await Promise.all([studio.startWeb(), studio.startWorker()]);
  return { studio, api };
}
