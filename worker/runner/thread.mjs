import { register } from 'tsx/esm/api';

/*
 * Entry of a pool thread. Piscina requires what it can, and tsx lets it require TypeScript, so that all of it would become
 * CommonJS: there each use of an import asks a getter, which makes loops over pixels several times slower. This can only
 * be imported, and so is what it imports.
 */
register();
const { default: runStage } = await import('./thread.ts');

export default runStage;
