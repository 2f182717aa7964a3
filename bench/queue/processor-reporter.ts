import { processorMs } from './processor-time.ts';

/* Loaded before the program of a forked process, which then tells its parent how much processor time it has used. */

process.on('message', (message) => {
  if (message === 'processorMs') process.send!(processorMs());
});
