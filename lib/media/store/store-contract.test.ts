import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#lib/core/ids';
import { hasS3, S3Server } from '#tests/servers/s3';
import { temporaryFolder } from '#tests/temporary-folder';
import { waitFor } from '#tests/wait-for';
import { DiskStore } from './disk-store.ts';
import { S3Store } from './s3-store.ts';
import type { FileStore } from './store.ts';

/* What every file store promises, whatever it is built on. */

let server: S3Server;

beforeAll(async () => {
  if (hasS3) server = await S3Server.start();
});

afterAll(() => server?.dispose());

interface Kind {
  kind: string;
  missing: boolean;
  /** A maker of stores that look at the same files, each from a machine of its own as far as that is possible. */
  makeMaker(): (root?: string) => FileStore;
}

const KINDS: Kind[] = [
  {
    kind: 'on the disk',
    missing: false,
    makeMaker() {
      const shared = temporaryFolder();
      return () => new DiskStore(shared);
    },
  },
  {
    kind: 'in a bucket',
    missing: !hasS3,
    makeMaker() {
      const settings = server.settings(`test/${newId()}`);
      return (root = temporaryFolder()) => new S3Store(settings, root);
    },
  },
];

const LARGE = Buffer.alloc(12 * 1024 * 1024, 'multiplane');
const contentOf = async (store: FileStore, key: string) => String(await buffer(await store.read(key)));

async function foldersOf(store: FileStore, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.folders(prefix)) names.push(name);
  return names;
}

async function* pieces(...given: string[]) {
  for (const piece of given) yield Buffer.from(piece);
}

async function* broken() {
  yield LARGE;
  throw new Error('The line went dead');
}

describe.each(KINDS)('a file store $kind', ({ missing, makeMaker }) => {
  describe.skipIf(missing)('(needs tests/servers installed)', () => {
    let makeStore: (root?: string) => FileStore;
    let store: FileStore;
    let elsewhere: FileStore;

    beforeEach(() => {
      makeStore = makeMaker();
      store = makeStore();
      elsewhere = makeStore();
    });

    test('what is written can be read by all, whole and in part, until it is removed', async () => {
      const key = 'jobs/1/2/depth/depth.png';
      await store.writeAtomic(key, Buffer.from('0123456789'));
      expect(await contentOf(elsewhere, key)).toBe('0123456789');
      expect(String(await buffer(await elsewhere.read(key, { start: 2, end: 4 })))).toBe('234');
      expect(await elsewhere.stat(key)).toMatchObject({ sizeBytes: 10 });
      await elsewhere.remove(key);
      await elsewhere.remove(key);
      expect(await store.stat(key)).toBeNull();
      await expect(store.read(key)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('its age is when it was written', async () => {
      const before = Date.now();
      await store.writeAtomic('a/b', Buffer.from('x'));
      const { modifiedAt } = (await store.stat('a/b'))!;
      expect(Math.abs(modifiedAt - before)).toBeLessThan(60_000);
    });

    test.each([
      ['nothing', ''],
      ['more than goes into one part', LARGE.toString()],
    ])('%s is kept as it is, from memory and from a stream', async (_, content) => {
      await store.writeAtomic('a/memory', Buffer.from(content));
      await store.writeAtomic('a/stream', pieces(content.slice(0, 3), content.slice(3)));
      for (const key of ['a/memory', 'a/stream'])
        expect((await contentOf(store, key)) === content).toBe(true);
    });

    test('a file takes the place of one of the same key', async () => {
      for (const content of ['a longer one', 'short']) await store.writeAtomic('a/b', Buffer.from(content));
      expect(await contentOf(elsewhere, 'a/b')).toBe('short');
    });

    test('a write that breaks off leaves what was there before, or nothing', async () => {
      await store.writeAtomic('a/old', Buffer.from('old'));
      for (const key of ['a/old', 'a/new'])
        await expect(store.writeAtomic(key, broken())).rejects.toThrow('The line went dead');
      expect(await contentOf(store, 'a/old')).toBe('old');
      expect(await store.list('a')).toEqual(['a/old']);
    });

    test('a folder is listed and removed without its neighbours', async () => {
      for (const key of ['jobs/1/b', 'jobs/1/a/c', 'jobs/12/d'])
        await store.writeAtomic(key, Buffer.from('x'));
      expect(await store.list('jobs/1')).toEqual(['jobs/1/a/c', 'jobs/1/b']);
      expect((await foldersOf(store, 'jobs')).sort()).toEqual(['1', '12']);
      await store.removeTree('jobs/1');
      expect(await store.list('jobs')).toEqual(['jobs/12/d']);
      expect(await store.list('nothing')).toEqual([]);
      expect(await foldersOf(store, 'nothing')).toEqual([]);
      await store.removeTree('nothing');
    });

    test('a finished local file is moved in, and out again', async () => {
      const path = await store.temporaryPath();
      await writeFile(path, 'picture');
      await store.adopt('uploads/ab/abc', path);
      expect(existsSync(path)).toBe(false);
      const aside = (await elsewhere.takeOut('uploads/ab/abc'))!;
      expect(readFileSync(aside, 'utf8')).toBe('picture');
      expect(await store.stat('uploads/ab/abc')).toBeNull();
      expect(await store.takeOut('uploads/ab/abc')).toBeNull();
      await elsewhere.adopt('uploads/ab/abc', aside);
      expect(await contentOf(store, 'uploads/ab/abc')).toBe('picture');
    });

    test('what a program writes in one workspace is a file of the next, once it is published', async () => {
      const [here, there] = [await store.openWorkspace(), await elsewhere.openWorkspace()];
      const folder = here.folder('jobs/1/1/depth');
      await mkdir(folder, { recursive: true });
      for (const name of ['depth.png', 'notes.json']) await writeFile(join(folder, name), name);
      await here.publish('jobs/1/1/depth', ['depth.png', 'notes.json']);
      await here.close();
      const path = await there.materialize('jobs/1/1/depth/depth.png');
      expect(path).toBe(join(there.folder('jobs/1/1/depth'), 'depth.png'));
      expect(readFileSync(path, 'utf8')).toBe('depth.png');
      expect(await contentOf(elsewhere, 'jobs/1/1/depth/notes.json')).toBe('notes.json');
      await expect(there.materialize('jobs/1/1/depth/none.png')).rejects.toMatchObject({ code: 'not_found' });
      await there.close();
    });

    test('a file that is needed twice at once is there for both', async () => {
      await store.writeAtomic('uploads/ab/abc', LARGE);
      const workspace = await store.openWorkspace();
      const both = await Promise.all([1, 2].map(() => workspace.materialize('uploads/ab/abc')));
      for (const path of both) expect(readFileSync(path).equals(LARGE)).toBe(true);
      await workspace.close();
    });

    test('a folder removed in a workspace is gone there and everywhere', async () => {
      const workspace = await store.openWorkspace();
      await store.writeAtomic('jobs/1/a/b', Buffer.from('x'));
      const path = await workspace.materialize('jobs/1/a/b');
      await workspace.removeTree('jobs/1/a');
      expect(existsSync(path)).toBe(false);
      expect(await elsewhere.stat('jobs/1/a/b')).toBeNull();
    });

    test('what a dead process left is swept, what is being worked on is not', async () => {
      const root = temporaryFolder();
      const living = makeStore(root);
      await living.writeAtomic('uploads/ab/abc', Buffer.from('x'));
      const workspace = await living.openWorkspace();
      const inUse = await workspace.materialize('uploads/ab/abc');
      const left = await living.temporaryPath();
      await writeFile(left, 'left');
      const { ctimeMs } = statSync(left);
      await waitFor('the clock to go on', () => Date.now() > ctimeMs + 20);
      expect(await living.sweep(ctimeMs)).toBe(0);
      expect(await living.sweep(ctimeMs + 1)).toBe(1);
      expect([left, inUse].map((path) => existsSync(path))).toEqual([false, true]);
      await makeStore(root).sweep(Number.MAX_SAFE_INTEGER);
      expect(readdirSync(dirname(left))).toEqual([]);
    });

    test.each(['', '/etc/passwd', '..', 'a/../../b', 'a//b', 'a/./b', '.incoming/x', 'a\\b', 'a/b\0', 'ä'])(
      'the key %j names nothing',
      async (key) => {
        const workspace = await store.openWorkspace();
        expect(() => workspace.folder(key)).toThrow('Not a file key');
        for (const use of [
          workspace.materialize(key),
          store.removeTree(key),
          store.read(key),
          store.stat(key),
        ])
          await expect(use).rejects.toThrow('Not a file key');
        await workspace.close();
      },
    );
  });
});
