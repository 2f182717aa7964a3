import { Prose } from './prose.tsx';

export interface FactView {
  name: string;
  value: string;
}

/** Facts in rows, under a title of their own. */
export function FactTable({
  title,
  words,
  facts,
}: {
  title: string;
  words: readonly string[];
  facts: readonly FactView[];
}) {
  return (
    <section className="grid gap-x-12 gap-y-4 border-t border-line py-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,32rem)]">
      <div className="grid max-w-prose content-start gap-3">
        <h2 className="text-head font-semibold">{title}</h2>
        {words.map((paragraph) => (
          <Prose key={paragraph} text={paragraph} className="text-soft" />
        ))}
      </div>
      <dl className="divide-y divide-line self-start border-y border-line empty:border-0">
        {facts.map(({ name, value }) => (
          <div
            key={name}
            className="grid gap-x-6 py-2 text-small sm:grid-cols-[minmax(0,12rem)_minmax(0,1fr)]"
          >
            <dt>
              <Prose text={name} />
            </dt>
            <dd className="text-soft">
              <Prose text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
