import { thisMachine } from '#lib/core/this-machine';
import packageJson from '../../package.json' with { type: 'json' };

/** Which process on which machine this is. */
export function identity(): { host: string; pid: number; version: string } {
  return { host: thisMachine(), pid: process.pid, version: packageJson.version };
}
