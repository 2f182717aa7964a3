import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { deadAddress, sendRange, serve } from '#tests/local-server';
import { temporaryFolder } from '#tests/temporary-folder';
import { sampleWeight } from '#tests/weights';
import { leavePart, takePart } from '../part-files.ts';
import { weightPath } from '../weights.ts';
import { fetchFromUrl, type UrlFetch } from './url.ts';

const { bytes, weight } = sampleWeight('https://unused', 600_000);
const half = bytes.length / 2;

function into(weightsDir: string, onBytes: UrlFetch['onBytes'] = () => undefined): UrlFetch {
  return { weightsDir, settings: { noProxy: '127.0.0.1' }, connectTimeoutMs: 20_000, onBytes };
}

/** Sends the first half, and cuts the connection once the client has it. */
function cutServer() {
  let answer: ServerResponse | undefined;
  return {
    sendHalf(response: ServerResponse) {
      answer = response;
      response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, half));
    },
    onBytes: (received: number) => received === half && answer?.destroy(),
  };
}

describe('a weight with an address of its own', () => {
  it('goes on by Range where the connection broke', async () => {
    const dir = temporaryFolder();
    const { sendHalf, onBytes } = cutServer();
    const ranges: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      ranges.push(request.headers.range);
      if (ranges.length === 1) sendHalf(response);
      else sendRange(bytes, request, response);
    });
    await fetchFromUrl(url, weight, into(dir, onBytes));
    expect(ranges).toEqual([undefined, `bytes=${half}-`]);
    expect(readFileSync(weightPath(dir, weight)).equals(bytes)).toBe(true);
  });

  it('starts over at a server that knows no Range', async () => {
    const dir = temporaryFolder();
    const { sendHalf, onBytes } = cutServer();
    let requests = 0;
    const url = await serve((_request, response) => {
      requests += 1;
      if (requests === 1) sendHalf(response);
      else response.end(bytes);
    });
    await fetchFromUrl(url, weight, into(dir, onBytes));
    expect(readFileSync(weightPath(dir, weight)).equals(bytes)).toBe(true);
  });

  it('keeps what arrived when it gives up, for the next call', async () => {
    const dir = temporaryFolder();
    const { sendHalf, onBytes } = cutServer();
    const ranges: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      ranges.push(request.headers.range);
      if (ranges.length === 1) sendHalf(response);
      else if (ranges.length === 2) response.writeHead(503).end();
      else sendRange(bytes, request, response);
    });
    await expect(fetchFromUrl(url, weight, into(dir, onBytes))).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(readdirSync(dir)).toEqual([expect.stringMatching(/\.part$/)]);
    await fetchFromUrl(url, weight, into(dir));
    expect(ranges[2]).toBe(`bytes=${half}-`);
    expect(readdirSync(dir)).toEqual([`${weight.sha256}.onnx`]);
  });

  it('throws a wrong beginning away and fetches the whole once more', async () => {
    const dir = temporaryFolder();
    const part = await takePart(dir, weight);
    writeFileSync(part, Buffer.alloc(1000));
    leavePart(part);
    const url = await serve((request, response) => sendRange(bytes, request, response));
    await fetchFromUrl(url, weight, into(dir));
    expect(readFileSync(weightPath(dir, weight)).equals(bytes)).toBe(true);
  });

  it('follows a redirect', async () => {
    const dir = temporaryFolder();
    const url = await serve((request, response) => {
      if (request.url === '/moved') response.end(bytes);
      else response.writeHead(302, { location: '/moved' }).end();
    });
    await fetchFromUrl(url, weight, into(dir));
    expect(readFileSync(weightPath(dir, weight)).equals(bytes)).toBe(true);
  });
});

describe('a fetch that cannot succeed', () => {
  it.each([
    ['other bytes', Buffer.alloc(bytes.length), 'weights_corrupt'],
    ['more bytes', Buffer.concat([bytes, bytes]), 'weights_corrupt'],
    ['too few bytes', bytes.subarray(0, 10), 'unavailable'],
  ])('leaves no weight behind when %s arrive', async (_what, body, code) => {
    const dir = temporaryFolder();
    const url = await serve((request, response) => sendRange(body, request, response));
    await expect(fetchFromUrl(url, weight, into(dir))).rejects.toMatchObject({ code });
    expect(readdirSync(dir).filter((name) => name.endsWith('.onnx'))).toEqual([]);
  });

  it.each([
    [404, 'not_found'],
    [403, 'unavailable'],
  ])('answers %i with %s and says what to do', async (status, code) => {
    const url = await serve((_request, response) => void response.writeHead(status).end());
    const attempt = fetchFromUrl(url, weight, into(temporaryFolder()));
    await expect(attempt).rejects.toMatchObject({ code, suggestion: expect.stringContaining('mirror') });
  });

  it('gives up on a server that never answers', async () => {
    const url = await serve(() => undefined);
    const attempt = fetchFromUrl(url, weight, { ...into(temporaryFolder()), connectTimeoutMs: 20 });
    await expect(attempt).rejects.toMatchObject({
      message: `The source of ${weight.name} cannot be reached.`,
    });
  });

  it('names no address when nobody is there', async () => {
    const attempt = fetchFromUrl(await deadAddress(), weight, into(temporaryFolder()));
    await expect(attempt).rejects.toMatchObject({
      message: `The source of ${weight.name} cannot be reached.`,
    });
  });
});
