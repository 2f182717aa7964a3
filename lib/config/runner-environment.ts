/**
 * The environment of a runner: that of its worker, and SVT-AV1 told to say only what is wrong. It heeds nothing else, and
 * would write its settings among the worker's log at every video.
 */
export function runnerEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, SVT_LOG: '1' };
}
