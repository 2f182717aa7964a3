import { ensureInstalled } from './install.mjs';

/*
 * `node cli/start.mjs <script.ts>`: install what is missing, then run the script in this very process, so that a
 * signal sent to it reaches it.
 */

ensureInstalled();
const { register } = await import('tsx/esm/api');
register();
await import(new URL(process.argv[2], `file://${process.cwd()}/`).href);
