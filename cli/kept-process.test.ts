import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { waitFor } from '#tests/wait-for';
import { KeptProcess } from './kept-process.ts';

const AT_ONCE = { restartDelayMs: 0, quickDeathMs: Number.POSITIVE_INFINITY };

/** Starts a program given as text, and counts how often. */
function starter(program: string, node = process.execPath) {
  const children: ChildProcess[] = [];
  const start = () => {
    const child = spawn(node, ['-e', program], { stdio: 'ignore' });
    children.push(child);
    return child;
  };
  return { start, children };
}

test('one that dies right after each start is given up', async () => {
  const { start, children } = starter('process.exit(3)');
  const kept = new KeptProcess('web', start, AT_ONCE);
  await expect(kept.hopeless).rejects.toThrow('The web process ended 5 times right after its start');
  expect(children).toHaveLength(5);
  await kept.stop();
});

test('one that cannot be started is given up too, and says why', async () => {
  const { start } = starter('', '/nonexistent/node');
  const kept = new KeptProcess('worker', start, AT_ONCE);
  await expect(kept.hopeless).rejects.toMatchObject({ cause: { code: 'ENOENT' } });
  await kept.stop();
});

test('one that had lived is started again however often it dies, until it is stopped', async () => {
  const { start, children } = starter('setInterval(() => {}, 1000)');
  const kept = new KeptProcess('web', start, { restartDelayMs: 0, quickDeathMs: 0 });
  for (let deaths = 0; deaths < 6; deaths++) {
    const child = children.at(-1)!;
    child.kill('SIGKILL');
    await once(child, 'exit');
    await waitFor('the next start', () => children.length === deaths + 2);
  }
  await kept.stop();
  expect(children.at(-1)!.signalCode).toBe('SIGTERM');
});
