import { dirname, resolve } from 'node:path';
import Config from '@npmcli/config';
import npm from '@npmcli/config/lib/definitions/index.js';
import type { Environment } from '#lib/config/npm-environment';

/** npm's settings, flattened the way npm's own libraries take them. */
export type NpmSettings = Record<string, unknown>;

/**
 * The person's npm settings as npm itself would see them here: every .npmrc (project, user, global, built in) and
 * `npm_config_*`, with registry, credentials, certificate authorities and proxy. The environment is npm's to read,
 * so it is handed over whole (`npmEnvironment`), and copied: loading writes into it.
 */
export async function loadNpmSettings(environment: Environment): Promise<NpmSettings> {
  const env = { ...environment };
  const config = new Config({ ...npm, npmPath: npmPath(env), env, argv: [], warn: false });
  await config.load();
  return config.flat;
}

/** Where npm is installed: it can have settings built in there. */
function npmPath(environment: Environment): string {
  const running = environment['npm_execpath'];
  return running ? dirname(dirname(running)) : resolve(process.execPath, '../../lib/node_modules/npm');
}
