import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  Busboy,
  type BusboyConfig,
  type BusboyFileStream,
  type BusboyHeaders,
  type BusboyInstance,
} from '@fastify/busboy';
import { AppError } from '#lib/core/errors';
import { aboutField } from '#lib/media/image/image-errors';
import type { SentFile } from '#lib/media/intake';
import { receiveFile } from '#lib/media/receive';
import type { FileStore } from '#lib/media/store/store';
import { isFileField } from '#lib/pipelines/submission/check-images';
import { discardSubmission, type Submission } from '#lib/pipelines/submission/submission';
import { brokenOff, limitedBody } from './limited-body.ts';

/** Room for everything that is not a file's content. */
const FORM_BYTES = 1024 * 1024;
const FIELD_LIMITS = { fieldNameSize: 100, fieldSize: 64 * 1024, headerPairs: 20 };
/** Parts besides those that a sound request has, so that what is wrong with them can be said by their names. */
const SPARE_FIELDS = 50;
const SPARE_FILES = 2;
/**
 * The parser is handed no more than this at once, and a part may hold twice as much back before the parser stops. A
 * part that the parser passes over, because its head makes no sense, is thrown away only in the next turn; were it to
 * fill up and end within one slice, the parser would wait for it for ever.
 */
const SLICE_BYTES = 64 * 1024;
const PART_BUFFER_BYTES = 2 * SLICE_BYTES;
/** What the parser says of a part that has no Content-Type of its own. */
const UNTYPED = 'text/plain';

export interface MultipartLimits {
  /** Most bytes of one file. */
  maxFileBytes: number;
  /** How many files a sound request has at most; the whole body may be as large as that many of them. */
  files: number;
  /** How many values of one name a sound request has at most. */
  values?: number;
  /** Whether a file that is too large is refused with its whole request, or cut and left to whoever takes it in. */
  tooLarge?: 'throw' | 'cut';
}

/**
 * Read a multipart form, each file streamed to a temporary place as it comes. Throws AppError `payload_too_large` or
 * `bad_request`, leaving no file behind.
 */
export async function readMultipart(
  request: Request,
  store: FileStore,
  limits: MultipartLimits,
): Promise<Submission> {
  const form = new FormReading(store, limits, request.signal);
  const headers = { 'content-type': request.headers.get('content-type')! } as BusboyHeaders;
  return form.run(headers, limitedBody(request, limits.maxFileBytes * limits.files + FORM_BYTES));
}

/**
 * One reading of one form. Whatever goes wrong, in the body, in its syntax or with a file, aborts the one signal that
 * everything waits on, so that nothing is left waiting for a stream that will not end.
 */
class FormReading {
  readonly #store: FileStore;
  readonly #limits: MultipartLimits;
  readonly #failure = new AbortController();
  readonly #fields: Submission['fields'] = [];
  readonly #arriving: Promise<SentFile>[] = [];
  #openStream: BusboyFileStream | undefined;

  /** `caller` aborts when nobody waits for the form any more. */
  constructor(store: FileStore, limits: MultipartLimits, caller: AbortSignal) {
    this.#store = store;
    this.#limits = limits;
    caller.addEventListener('abort', () => this.#fail(brokenOff()), { once: true });
  }

  async run(headers: BusboyHeaders, body: AsyncIterable<Uint8Array>): Promise<Submission> {
    await this.#parse(headers, body).catch((error: unknown) => this.#fail(error));
    const { signal } = this.#failure;
    if (signal.aborted) this.#openStream?.destroy(signal.reason as Error);
    const settled = await Promise.allSettled(this.#arriving);
    const files = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const submission = { fields: this.#fields, files };
    if (!signal.aborted) return submission;
    await discardSubmission(submission);
    throw signal.reason;
  }

  /** The first failure is the one that counts. */
  #fail(error: unknown): void {
    this.#failure.abort(error instanceof AppError ? error : brokenForm(error));
  }

  async #parse(headers: BusboyHeaders, body: AsyncIterable<Uint8Array>): Promise<void> {
    const limits = partLimits(this.#limits);
    const parser = this.#listen(new Busboy({ headers, limits, fileHwm: PART_BUFFER_BYTES }));
    const { signal } = this.#failure;
    // From the beginning: of a form that holds nothing it is said while its end is still being written.
    const finished = once(parser, 'finish', { signal });
    finished.catch(heardElsewhere);
    for await (const chunk of body) {
      for (let at = 0; at < chunk.byteLength && !signal.aborted; at += SLICE_BYTES) {
        const ready = parser.write(chunk.subarray(at, at + SLICE_BYTES));
        if (!ready && !signal.aborted) await once(parser, 'drain', { signal });
        await nextTurn();
      }
      if (signal.aborted) return;
    }
    parser.end();
    await finished;
  }

  #listen(parser: BusboyInstance): BusboyInstance {
    parser.on('error', (error) => this.#fail(error));
    parser.on('field', (given: string | undefined, value, nameCut, valueCut) => {
      const name = given ?? '';
      // A picture that came without a file name is no file; whoever checks the form says so of its field.
      const tooLong = nameCut || (valueCut && !isFileField(name));
      if (tooLong) this.#fail(tooMuch(`The field ${name.slice(0, 40)} is too long.`));
      this.#fields.push([name, value]);
    });
    parser.on('file', (given: string | undefined, stream, filename: string | undefined, _encoding, type) => {
      const field = given ?? '';
      this.#openStream = stream;
      stream.on('error', heardElsewhere);
      const claim = type === UNTYPED ? null : type;
      const arriving = this.#receive({ field, filename: filename ?? '', claim }, stream);
      arriving.catch((error: unknown) => this.#fail(aboutField(field, error)));
      this.#arriving.push(arriving);
    });
    for (const limit of ['fieldsLimit', 'filesLimit', 'partsLimit'] as const) {
      parser.on(limit, () => this.#fail(tooMuch('The form has too many parts.')));
    }
    return parser;
  }

  async #receive(sent: Omit<SentFile, 'file'>, stream: BusboyFileStream): Promise<SentFile> {
    const { maxFileBytes, tooLarge } = this.#limits;
    return { ...sent, file: await receiveFile(this.#store, stream, maxFileBytes, tooLarge) };
  }
}

function partLimits({ files, values = 0 }: MultipartLimits): BusboyConfig['limits'] {
  const most = { files: files + SPARE_FILES, fields: values + SPARE_FIELDS };
  return { ...FIELD_LIMITS, ...most, parts: most.files + most.fields };
}

/** A stream, or a wait, whose reader has given up still says so, and an error that nobody hears would end the process. */
function heardElsewhere(): void {}

function brokenForm(cause: unknown): AppError {
  return new AppError('bad_request', 'The form is broken or incomplete.', { cause });
}

function tooMuch(message: string): AppError {
  return new AppError('bad_request', message);
}
