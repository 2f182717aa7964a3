import type { Metadata } from 'next';
import { ObjectSection } from '#components/reference/object-section';
import { ReferencePage } from '../reference-page.tsx';
import { readReference } from '../reference-view.ts';

export const metadata: Metadata = { title: 'Objects · API reference' };

export default function ObjectsPage() {
  return (
    <ReferencePage
      current="/docs/objects"
      title="Objects"
      intro="What the answers are made of. New properties may come; those that are here stay what they are."
    >
      {readReference().objects.map((object) => (
        <ObjectSection key={object.name} object={object} />
      ))}
    </ReferencePage>
  );
}
