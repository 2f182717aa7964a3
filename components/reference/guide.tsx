import { Beside } from './beside.tsx';
import { Prose } from './prose.tsx';
import type { ExampleView } from './reference-view.ts';

export interface GuideStepView {
  title: string;
  words: readonly string[];
  examples: readonly ExampleView[];
}

/** Steps, each with its example beside it. */
export function Guide({ steps }: { steps: readonly GuideStepView[] }) {
  return steps.map(({ title, words, examples }) => (
    <section key={title} className="border-t border-line py-8">
      <Beside of={title} examples={examples}>
        <div className="grid max-w-prose gap-3">
          <h2 className="text-head font-semibold">{title}</h2>
          {words.map((paragraph) => (
            <Prose key={paragraph} text={paragraph} className="text-soft" />
          ))}
        </div>
      </Beside>
    </section>
  ));
}
