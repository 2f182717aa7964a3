import { spawnSync } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Client } from '@libsql/client';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { deadAddress, serve } from '#tests/local-server';
import { hasSqld, Sqld } from '#tests/servers/sqld';
import { answerNumber, stubSqld } from '#tests/servers/stub-sqld';
import { checkpoint, openDatabase } from './client.ts';
import { DatabaseUnreachable, isBusy, isUnreachable } from './failures.ts';
import { migrateDatabase } from './migrate.ts';
import { isMissingReference } from './missing-reference.ts';
import { openServer } from './server-client.ts';

const WRITE = 'INSERT INTO notes VALUES (1)';
const READ = 'SELECT count(*) FROM notes';

const countOf = async (client: Client) => (await client.execute(READ)).rows[0]![0];

async function opened(url: string, answerWithinMs?: number): Promise<Client> {
  const client = await openServer(url, null, answerWithinMs);
  onTestFinished(() => client.close());
  return client;
}

describe('a server that fails', () => {
  test.each([WRITE, READ])('and hangs hangs nobody: %s', async (statement) => {
    const client = await opened(await stubSqld(() => undefined), 100);
    await expect(client.execute(statement)).rejects.toThrow(DatabaseUnreachable);
  });

  test('before it answers is asked again what changes nothing, and nothing else', async () => {
    const asked: number[] = [];
    const url = await stubSqld((response, count) => {
      asked.push(count);
      response.destroy();
    });
    const client = await opened(url);
    await expect(client.execute(WRITE)).rejects.toThrow(DatabaseUnreachable);
    await expect(client.batch([WRITE])).rejects.toThrow(DatabaseUnreachable);
    expect(asked).toHaveLength(2);
    const cutOff = await opened(
      await stubSqld((response, count) => (count === 1 ? response.destroy() : answerNumber(response, 7))),
    );
    expect((await cutOff.execute(READ)).rows[0]![0]).toBe(7);
  });

  test('for having too much to do is asked again', async () => {
    const url = await stubSqld((response, count) =>
      count < 3 ? response.writeHead(429).end() : answerNumber(response, 7),
    );
    const { rows } = await (await opened(url)).execute(WRITE);
    expect(rows[0]![0]).toBe(7);
  });

  test('to be there is told with what to look at', async () => {
    const url = await deadAddress();
    const error = await openDatabase(`${url}/?authToken=secret`).catch((thrown: unknown) => thrown);
    expect(isUnreachable(error) && !isBusy(error)).toBe(true);
    expect(String(error)).toContain(`${new URL(url).host} cannot be reached (ECONNREFUSED)`);
    expect(String(error)).toContain('MULTIPLANE_DATABASE_URL');
    expect(String(error)).not.toContain('secret');
  });

  test('to keep foreign keys is refused', async () => {
    const url = await serve((_request, response) => answerNumber(response, 0));
    await expect(openDatabase(url)).rejects.toThrow('does not keep foreign keys');
  });
});

/** What tools/compose-secrets.mjs makes: the key of a server, and a token that opens it. */
function secrets(): { key: string; token: string } {
  const { stdout } = spawnSync(process.execPath, ['tools/compose-secrets.mjs'], { encoding: 'utf8' });
  const valueOf = (name: string) => new RegExp(`^${name}=(.+)$`, 'm').exec(stdout)![1]!;
  return { key: valueOf('SQLD_AUTH_JWT_KEY'), token: valueOf('MULTIPLANE_DATABASE_TOKEN') };
}

test.runIf(hasSqld)('a server with a key lets in who has its token, and nobody else', async () => {
  const { key, token } = secrets();
  const server = await Sqld.start({ SQLD_AUTH_JWT_KEY: key });
  onTestFinished(() => server.dispose());
  for (const wrong of [null, secrets().token]) {
    await expect(openDatabase(server.url, wrong)).rejects.toThrow('MULTIPLANE_DATABASE_TOKEN');
  }
  const db = await openDatabase(server.url.replace('http', 'ws'), token);
  onTestFinished(() => db.$client.close());
  expect((await db.$client.execute('SELECT 1')).rows[0]![0]).toBe(1);
});

describe.runIf(hasSqld)('a real server', () => {
  let server: Sqld;

  beforeAll(async () => {
    server = await Sqld.start();
  });
  afterAll(() => server.dispose());
  beforeEach(async () => {
    const client = await opened(server.url);
    await client.batch(['CREATE TABLE IF NOT EXISTS notes (id)', 'DELETE FROM notes']);
  });

  /** The server behind one that hands every request on, and loses every answer while told so. */
  async function serverLosingAnswers(): Promise<{ url: string; lose(does: boolean): void }> {
    let losing = false;
    const relay = async (request: IncomingMessage, response: ServerResponse) => {
      const { method, url } = request;
      const answer = await fetch(`${server.url}${url}`, { method, body: await text(request) });
      const body = await answer.text();
      if (losing) return response.destroy();
      response.setHeader('content-type', answer.headers.get('content-type')!);
      return response.end(body);
    };
    const url = await serve((request, response) => void relay(request, response));
    return { url, lose: (does) => (losing = does) };
  }

  test('takes a write once whose answer was lost', async () => {
    const { url, lose } = await serverLosingAnswers();
    const client = await opened(url);
    lose(true);
    await expect(client.execute(WRITE)).rejects.toThrow(DatabaseUnreachable);
    await expect(client.batch([WRITE])).rejects.toThrow(DatabaseUnreachable);
    lose(false);
    expect(await countOf(client)).toBe(2);
  });

  test('that starts again loses nothing that was sent meanwhile, and takes it once', async () => {
    const client = await opened(server.url);
    expect(await countOf(client)).toBe(0);
    await server.kill();
    const writes = [client.execute(WRITE), client.batch([WRITE, WRITE])];
    await server.restart();
    await Promise.all(writes);
    expect(await countOf(client)).toBe(3);
  });

  test('takes more at once than it can do', async () => {
    const client = await opened(server.url);
    await Promise.all(Array.from({ length: 400 }, () => client.execute(WRITE)));
    expect(await countOf(client)).toBe(400);
  });

  test('undoes a batch that fails, refuses interactive transactions and sees to its log itself', async () => {
    const client = await opened(server.url);
    await expect(client.batch([WRITE, 'SELECT nonsense FROM notes'])).rejects.toThrow('nonsense');
    expect(await countOf(client)).toBe(0);
    await expect(client.transaction('write')).rejects.toThrow('batch');
    expect(await checkpoint(await openDatabase(server.url))).toBe(true);
  });

  test('keeps foreign keys, and says so as a file does', async () => {
    const db = await openDatabase(server.url);
    onTestFinished(() => db.$client.close());
    await migrateDatabase(db);
    const orphan = "INSERT INTO job_inputs (job_id, role, upload_id) VALUES ('none', 'image', 'none')";
    for (const attempt of [() => db.$client.execute(orphan), () => db.$client.batch([orphan])]) {
      const error: unknown = await attempt().catch((thrown: unknown) => thrown);
      expect(isMissingReference(error)).toBe(true);
    }
    expect(
      isMissingReference(await db.$client.execute('SELECT nonsense').catch((thrown: unknown) => thrown)),
    ).toBe(false);
  });
});
