/** One thing to know, with an example of it. */
export interface GuideStep {
  title: string;
  /** Paragraphs. */
  words: readonly string[];
  /** Name of its example. */
  example: string;
}

/** From an API key to layers, in the order in which a program would. */
export const WALK_THROUGH: readonly GuideStep[] = [
  {
    title: 'Have a key',
    words: [
      'Make one on the account page of the dashboard, or over the command line with `npm run -s multiplane -- keys create`. ' +
        'It goes with each request, as `X-API-Key` or as `Authorization: Bearer`.',
      'In the examples `$MULTIPLANE` is where the studio answers, and `$KEY` the key. Those in TypeScript use the client in ' +
        '`lib/client`, which is made from `/openapi.json` and needs nothing but `fetch`.',
    ],
    example: 'client',
  },
  {
    title: 'Ask what would happen',
    words: [
      'With `dry_run=true` everything is done but the enqueueing: the answer has the parameters as they would be carried ' +
        'out, warnings, weights that are missing, whether it fits the memory, and how long it may take.',
    ],
    example: 'dryRun',
  },
  {
    title: 'Submit a picture',
    words: [
      'Each parameter is a field of its own name. The answer is the job: 202, `pending`. An `Idempotency-Key` makes it safe ' +
        'to send the request again: it is carried out once.',
    ],
    example: 'generate',
  },
  {
    title: 'Or send it once, and use it often',
    words: ['An upload is a picture that any number of jobs and batches take by its id.'],
    example: 'generateFromUpload',
  },
  {
    title: 'Wait for it',
    words: ['Ask for the job until it has ended: `completed`, `failed` or `cancelled`.'],
    example: 'untilEnded',
  },
  {
    title: 'Or wait with the request',
    words: [
      'With `Prefer: wait=60` the answer comes when the job has ended: 200. If it takes longer, the answer is the job as it ' +
        'is then: 202.',
    ],
    example: 'generateAndWait',
  },
  {
    title: 'Watch it happen',
    words: [
      'Server-sent events tell of every change, and end with the job. A stream that broke goes on where it was, by ' +
        '`Last-Event-ID`.',
    ],
    example: 'getJobEvents',
  },
  {
    title: 'Take the result',
    words: [
      'Each file has an address in the job’s `outputs`, takes range requests, and says its hash. The archive has all of them.',
    ],
    example: 'getJobOutput',
  },
  {
    title: 'Many pictures at once',
    words: [
      'A batch takes one setting and as many pictures as you like. One that cannot be taken never stops the rest.',
    ],
    example: 'createBatch',
  },
  {
    title: 'Better words',
    words: [
      'For what is made after a prompt: the subject is kept word for word, and shot, light, lens, motion and mood are added.',
    ],
    example: 'enhancePrompt',
  },
];

/** What a receiver of webhooks has to do. */
export const RECEIVING: readonly GuideStep[] = [
  {
    title: 'Know a message as ours',
    words: [
      'Messages are signed as Standard Webhooks has it, over `webhook-id`, `webhook-timestamp` and the bytes of the body. ' +
        'Verify before you read, and answer with any 2xx within the time limit; everything else is tried again.',
      'While a secret is being rotated, `webhook-signature` has two signatures, of which one has to fit.',
    ],
    example: 'verifyWebhook',
  },
];
