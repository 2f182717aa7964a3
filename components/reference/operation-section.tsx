import type { ReactNode } from 'react';
import { Beside } from './beside.tsx';
import { MethodBadge } from './method-badge.tsx';
import { Inline, Prose } from './prose.tsx';
import type { AnswerView, BodyView, OperationView, ParameterView, ProblemView } from './reference-view.ts';
import { SchemaTree, TypeName, ValueLine, ValueNotes } from './schema-tree.tsx';

/** One operation: what it does and takes and answers, and beside that how it is asked for. */
export function OperationSection({ operation }: { operation: OperationView }) {
  const { id, method, path, summary, description, facts, examples } = operation;
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="border-t border-line pt-10 pb-14">
      <h2 id={`${id}-title`} className="text-title">
        <a href={`#${id}`} className="underline-offset-6 hover:underline">
          <Inline text={summary} />
        </a>
      </h2>
      <p className="mt-3 flex flex-wrap items-center gap-2.5">
        <MethodBadge method={method} />
        <code className="font-mono text-small break-all">{path}</code>
      </p>
      <div className="mt-6">
        <Beside of={summary.replaceAll('`', '')} examples={examples}>
          <div className="grid gap-3">
            {description && <Prose text={description} className="max-w-prose text-soft" />}
            <ul className="flex flex-wrap gap-x-5 gap-y-1 text-small text-faint">
              {facts.map((fact) => (
                <li key={fact}>
                  <Prose text={fact} />
                </li>
              ))}
            </ul>
          </div>
          <Parameters parameters={operation.parameters} />
          <Bodies bodies={operation.bodies} />
          <Answers answers={operation.answers} />
          <Problems problems={operation.problems} />
        </Beside>
      </div>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="border-b border-line-strong/60 pb-1.5 text-small font-semibold">{title}</h3>
      {children}
    </div>
  );
}

function Parameters({ parameters }: { parameters: readonly ParameterView[] }) {
  if (parameters.length === 0) return null;
  return (
    <Part title="Parameters">
      <dl className="divide-y divide-line">
        {parameters.map(({ name, place, required, schema }) => (
          <div key={`${place} ${name}`} className="py-2.5">
            <dt>
              <ValueLine name={name} schema={schema} notes={[`in the ${place}`, required && 'required']} />
            </dt>
            <dd className="grid gap-1.5">
              <ValueNotes schema={schema} />
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Bodies({ bodies }: { bodies: readonly BodyView[] }) {
  if (bodies.length === 0) return null;
  return (
    <Part title="Body">
      {bodies.map(({ contentType, schema }, at) => (
        <details key={contentType} open={at === 0} className="py-2.5">
          <summary className="text-small">
            <code className="mr-2.5 ml-1 font-mono">{contentType}</code>
            <TypeName schema={schema} />
          </summary>
          <ValueNotes schema={schema} />
          <SchemaTree schema={schema} isInput />
        </details>
      ))}
    </Part>
  );
}

function Answers({ answers }: { answers: readonly AnswerView[] }) {
  if (answers.length === 0) return null;
  return (
    <Part title="Answers">
      {answers.map((answer) => (
        <div key={answer.status} className="py-2.5">
          <p className="flex flex-wrap items-baseline gap-x-2.5 text-small">
            <code className="font-mono font-semibold text-accent">{answer.status}</code>
            <span className="text-soft">{answer.description}</span>
          </p>
          <p className="flex flex-wrap gap-x-2.5 text-small text-faint">
            <span>{answer.contentTypes.join(', ')}</span>
            {answer.schema && <TypeName schema={answer.schema} />}
          </p>
          {answer.schema && <SchemaTree schema={answer.schema} />}
          <HeaderList headers={answer.headers} />
        </div>
      ))}
    </Part>
  );
}

function HeaderList({ headers }: Pick<AnswerView, 'headers'>) {
  if (headers.length === 0) return null;
  return (
    <dl className="mt-2 grid gap-1 text-small">
      {headers.map(({ name, description }) => (
        <div key={name} className="flex flex-wrap gap-x-2.5">
          <dt>
            <code className="font-mono">{name}</code>
          </dt>
          <dd className="text-soft">{description}</dd>
        </div>
      ))}
    </dl>
  );
}

function Problems({ problems }: { problems: readonly ProblemView[] }) {
  if (problems.length === 0) return null;
  return (
    <Part title="Problems">
      <ul className="flex flex-wrap gap-x-6 gap-y-1 pt-2.5 text-small">
        {problems.map(({ status, codes }) => (
          <li key={status} className="flex flex-wrap gap-x-2">
            <code className="font-mono font-semibold text-danger">{status}</code>
            {codes.map((code) => (
              <a
                key={code}
                href={`/docs/errors#${code}`}
                className="font-mono text-soft underline-offset-4 hover:text-ink hover:underline"
              >
                {code}
              </a>
            ))}
          </li>
        ))}
      </ul>
    </Part>
  );
}
