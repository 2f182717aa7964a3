import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** A line a process of ours wrote, as far as the storm looks at it. */
export interface LogLine {
  /** The log it is in; each process has one of its own. */
  log: string;
  pid: number;
  level?: number;
  msg: string;
  jobId?: string;
  /** The lease a line is about. */
  fence?: number;
  stage?: string;
  /** Number of the checkpoint a stage goes on from; null where there is none. */
  checkpoint?: number | null;
  outcome?: string;
  /** The jobs a runner had when it died. */
  jobs?: string[];
}

const NEWLINE = 10;

/** What counts as something having happened. */
const EVENTS = new Set(['job started', 'stage started', 'stage finished', 'job left']);

/** What a worker says last of a job it claimed. */
const LAST_WORDS = new Set([
  'job left',
  'lease lost, result dropped',
  'outcome not written; the lease will run out',
]);

/** Whether a line ends what the claim began. */
export function endsClaim({ msg, jobId, fence }: LogLine, claim: LogLine): boolean {
  return LAST_WORDS.has(msg) && jobId === claim.jobId && fence === claim.fence;
}

interface OpenLog {
  path: string;
  fd: number;
  /** Where the first line begins that was not there whole the last time. */
  offset: number;
}

/** The logs of processes that may die at any moment: what was written is there, since they write at once. */
export class ProcessLogs {
  readonly lines: LogLine[] = [];
  /** Lines that no logger writes, such as the last words of a process that crashed. */
  readonly strays: string[] = [];
  /** How much has been seen to happen. */
  events = 0;
  readonly #logs: OpenLog[] = [];

  add(path: string): void {
    this.#logs.push({ path, fd: openSync(path, 'r'), offset: 0 });
  }

  /** Take in what was written since the last time. */
  read(): void {
    for (const log of this.#logs) for (const line of newLines(log)) this.#take(log.path, line);
  }

  /** The last claim of the process that writes this log, if it has not ended yet. */
  openClaim(log: string): LogLine | undefined {
    const own = this.lines.filter((line) => line.log === log);
    const claim = own.findLast(({ msg }) => msg === 'job started');
    return claim && !own.some((line) => endsClaim(line, claim)) ? claim : undefined;
  }

  close(): void {
    for (const { fd } of this.#logs) closeSync(fd);
  }

  #take(log: string, line: string): void {
    if (!line.startsWith('{')) {
      this.strays.push(line);
      return;
    }
    const parsed = { ...(JSON.parse(line) as LogLine), log };
    this.lines.push(parsed);
    if (EVENTS.has(parsed.msg)) this.events++;
  }
}

function newLines(log: OpenLog): string[] {
  const bytes = Buffer.alloc(fstatSync(log.fd).size - log.offset);
  readSync(log.fd, bytes, 0, bytes.length, log.offset);
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  log.offset += end;
  return bytes.subarray(0, end).toString('utf8').split('\n').filter(Boolean);
}
