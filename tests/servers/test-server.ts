import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { lastingFolder } from '../lasting-folder.ts';

/** A server in a process of its own, with a folder that outlives it. */
export abstract class TestServer {
  protected readonly folder = lastingFolder();
  protected process: ChildProcess | undefined;

  /** Start it again at the same address, with what it kept. */
  abstract restart(): Promise<void>;

  /** End it as a crash would, and wait until it is gone. */
  async kill(): Promise<void> {
    const server = this.process;
    this.process = undefined;
    if (!server) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
