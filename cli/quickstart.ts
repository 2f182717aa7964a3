import { once } from 'node:events';
import { createServer } from 'node:net';
import { readSettings, type Settings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { listModels } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import type { WebAddress } from './address.ts';
import { ensureBuilt } from './build.ts';
import { downloadEmbedded } from './commands/models.ts';
import { prepareDatabase } from './first-start.ts';
import { reportError } from './report.ts';
import { serve } from './serve.ts';

/* `npm run quickstart`: from a fresh clone to a running studio. Every step does nothing where it is done already. */

try {
  const settings = readSettings(process.env);
  await ensurePortFree(settings);
  // First, since it makes the data folder, or says why it cannot.
  await prepareDatabase(settings.admin);
  if (lacksWeights(settings)) await downloadEmbedded(settings);
  await ensureBuilt();
  await serve(settings);
} catch (error) {
  reportError(error);
  process.exit(1);
}

/** Optional models are tried at the first start only: a machine that cannot reach them must not wait each time. */
function lacksWeights({ weightsDir }: Settings): boolean {
  return listModels().some((model) => model.setUp === 'required' && !isPresent(weightsDir, model));
}

/** Throws AppError `conflict` where something else listens already. */
async function ensurePortFree({ host, port }: WebAddress): Promise<void> {
  const server = createServer().listen(port, host);
  await once(server, 'listening').catch((cause: unknown) => {
    const suggestion = `Stop what listens there, or choose another port: PORT=${port + 1} npm run quickstart`;
    throw new AppError('conflict', `Port ${port} cannot be used.`, { suggestion, cause });
  });
  server.close();
}
