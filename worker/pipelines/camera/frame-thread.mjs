import { register } from 'tsx/esm/api';

/* As worker/runner/thread.mjs, and for the same reason. */
register();
const { default: drawFrame } = await import('./frame-thread.ts');

export default drawFrame;
