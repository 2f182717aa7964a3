import { hostname } from 'node:os';
import packageJson from '../../package.json' with { type: 'json' };

/** Which process on which machine this is. */
export function identity(): { host: string; pid: number; version: string } {
  return { host: hostname(), pid: process.pid, version: packageJson.version };
}
