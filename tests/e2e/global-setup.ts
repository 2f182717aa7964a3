import { ensureBuilt } from '#cli/build';

/** The browser and HTTP tests run against the production build. */
export default async function setup(): Promise<void> {
  await ensureBuilt();
}
