import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** The kernel's name for the process ids outside every container (PROC_PID_INIT_INO). */
const OUTSIDE = 'pid:[4026531836]';

/**
 * The name of where a process id and the loopback interface mean the same: this machine or, in a container, that one.
 * The host's name alone would not do, because copied machines share theirs, and so may containers. It stays when the
 * machine starts again.
 */
export function thisMachine(): string {
  name ??= nameMachine();
  return name;
}

let name: string | undefined;

function nameMachine(): string {
  const mark = processSpace();
  if (mark === '') return hostname();
  return `${hostname()}-${createHash('sha256').update(mark).digest('hex').slice(0, 8)}`;
}

/** Empty where the system tells nothing of the kind. */
function processSpace(): string {
  const ids = orEmpty(() => readlinkSync('/proc/self/ns/pid'));
  if (ids === '' || ids === OUTSIDE) return contentOf('/etc/machine-id');
  return `${contentOf('/proc/sys/kernel/random/boot_id')} ${ids}`;
}

function contentOf(path: string): string {
  return orEmpty(() => readFileSync(path, 'utf8').trim());
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
