import type { Contender } from './contender.ts';
import { ContenderProcess } from './contender-process.ts';

const FOR_MS = 1_000;

/** Longest gap between two turns of the event loop of a process that enqueues, in milliseconds. */
export interface LoopGap {
  alone: number;
  contended: number;
}

/** One round: with nobody else, which shows the machine's own gaps, and while another process writes as hard as it can. */
export async function measureLoopGap(contender: Contender, folder: string): Promise<LoopGap> {
  const web = await ContenderProcess.start(contender, folder);
  const writer = await ContenderProcess.start(contender, folder);
  await web.ask('enqueueOneByOne', 100);
  const alone = await web.ask('longestGap', FOR_MS);
  const writing = writer.ask('writeHard', FOR_MS);
  const contended = await web.ask('longestGap', FOR_MS);
  await writing;
  await web.stop();
  await writer.stop();
  return { alone, contended };
}
