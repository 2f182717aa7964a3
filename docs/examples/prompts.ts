/* What the reference shows of prompts; the tests run it. */

import assert from 'node:assert/strict';
import { studio } from './studio.ts';

async function enhancePrompt() {
  // #region enhancePrompt
  const better = await studio.call('enhancePrompt', {
    body: {
      pipeline: 'ti2v',
      prompt: 'an old lighthouse on a cliff',
      seed: 7,
    },
  });
  console.log(better.prompt, better.additions);
  // #endregion
  return better;
}

assert.match(
  (await enhancePrompt()).prompt,
  /^an old lighthouse on a cliff/,
);
