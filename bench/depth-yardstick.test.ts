import { afterAll, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findYardstick, scorePhoto, type Yardstick } from './depth-yardstick.ts';

const found = await findYardstick(readSettings(process.env).weightsDir);
afterAll(async () => {
  if (!('missing' in found)) await found.close();
});

const reason = 'missing' in found ? `: ${found.missing}` : '';

test.skipIf('missing' in found)(
  `our depth beats the bare network on every photo, on both measures${reason}`,
  async () => {
    const yardstick = found as Yardstick;
    expect(yardstick.photos.length).toBeGreaterThan(0);
    const worse: string[] = [];
    for (const photo of yardstick.photos) {
      const { bare, ours } = await scorePhoto(yardstick, photo);
      if (ours.rankCorrelation <= bare.rankCorrelation) worse.push(`${photo}: rank correlation`);
      if (ours.edgeAlignment <= bare.edgeAlignment) worse.push(`${photo}: edge alignment`);
    }
    expect(worse).toEqual([]);
  },
);
