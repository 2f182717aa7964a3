import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';

/*
 * `node cli/start.mjs <script.ts> …`: install what is missing, then run the script in this very process, as if it had
 * been named alone, so that a signal sent to it reaches it.
 */

ensureInstalled();
const { register } = await import('tsx/esm/api');
register();
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1]).href);
