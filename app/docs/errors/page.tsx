import type { Metadata } from 'next';
import { CodePanel } from '#components/reference/code-panel';
import { ErrorTable, type ErrorView } from '#components/reference/error-table';
import { ERROR_MEANINGS } from '#lib/api/error-meanings';
import { ERROR_CODES, type ErrorCode } from '#lib/core/errors';
import { ReferencePage } from '../reference-page.tsx';

export const metadata: Metadata = { title: 'Errors · API reference' };

const SAMPLE = {
  type: 'urn:multiplane:problem:validation_failed',
  title: 'Validation failed',
  status: 422,
  detail: 'Some fields are not right.',
  code: 'validation_failed',
  request_id: '0198a7b2-1c3d-7e4f-8a5b-6c7d8e9f0a1b',
  errors: [
    {
      pointer: '/num_layers',
      code: 'too_big',
      message: 'num_layers is a whole number from 2 to 8.',
      allowed: { minimum: 2, maximum: 8 },
    },
  ],
};

export default function ErrorsPage() {
  return (
    <ReferencePage
      current="/docs/errors"
      title="Errors"
      intro="What goes wrong with a request is answered as application/problem+json. What goes wrong with a run is in the job's error, under the same codes, and no HTTP error at all."
    >
      <div className="mb-10 max-w-2xl">
        <CodePanel title="application/problem+json" of="A problem" code={JSON.stringify(SAMPLE, null, 2)} />
      </div>
      <ErrorTable errors={Object.keys(ERROR_CODES).map((code) => toView(code as ErrorCode))} />
    </ReferencePage>
  );
}

function toView(code: ErrorCode): ErrorView {
  return { code, ...ERROR_CODES[code], meaning: ERROR_MEANINGS[code] };
}
