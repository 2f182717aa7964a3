import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Guide } from '#components/reference/guide';
import { ObjectSection } from '#components/reference/object-section';
import { OperationSection } from '#components/reference/operation-section';
import type { ChapterView } from '#components/reference/reference-view.ts';
import { RECEIVING } from '#lib/api/examples/guide';
import { ReferencePage } from '../reference-page.tsx';
import { exampleOf, readReference } from '../reference-view.ts';

interface ChapterPageProps {
  params: Promise<{ chapter: string }>;
}

export async function generateMetadata({ params }: ChapterPageProps): Promise<Metadata> {
  const chapter = findChapter((await params).chapter);
  return { title: chapter && `${chapter.name} · API reference` };
}

export default async function ChapterPage({ params }: ChapterPageProps) {
  const chapter = findChapter((await params).chapter);
  if (!chapter) notFound();
  const { name, slug, intro, operations } = chapter;
  return (
    <ReferencePage current={`/docs/${slug}`} title={name} intro={intro}>
      {slug === 'webhooks' && <Receiving />}
      {operations.map((operation) => (
        <OperationSection key={operation.id} operation={operation} />
      ))}
    </ReferencePage>
  );
}

/** What webhooks are sent, and what their receiver does with it. */
function Receiving() {
  const steps = RECEIVING.map(({ title, words, example }) => ({
    title,
    words,
    examples: exampleOf(example),
  }));
  return (
    <>
      <Guide steps={steps} />
      {readReference().messages.map((message) => (
        <ObjectSection key={message.name} object={message} />
      ))}
    </>
  );
}

function findChapter(slug: string): ChapterView | undefined {
  return readReference().chapters.find((chapter) => chapter.slug === slug);
}
