import type { Metadata } from 'next';
import { Guide } from '#components/reference/guide';
import { StandingSheets } from '#components/shell/standing-sheets';
import { type GuideStep, WALK_THROUGH } from '#lib/api/examples/guide';
import { ReferencePage } from './reference-page.tsx';
import { exampleOf } from './reference-view.ts';

export const metadata: Metadata = { title: 'API reference' };

export default function ReferenceStart() {
  return (
    <ReferencePage
      current="/docs"
      title="From a key to layers"
      intro="What a program does to have a photo taken apart, one request after the other. The chapters have every operation, with all it takes and answers."
      aside={<StandingSheets className="-my-6 hidden w-[26rem] shrink-0 xl:block" />}
    >
      <Guide steps={WALK_THROUGH.map(toView)} />
    </ReferencePage>
  );
}

function toView({ title, words, example }: GuideStep) {
  return { title, words, examples: exampleOf(example) };
}
