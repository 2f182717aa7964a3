import fc from 'fast-check';
import { drawAnimation, drawPicture, drawPngClaiming } from './images.ts';

/* Requests for pictures to be taken in, made up by chance: sound ones, wrong ones and ones that make no sense. */

/** A request but for its address and its sender. */
export interface OddRequest {
  query: string;
  headers: Record<string, string>;
  body: string | Buffer | null;
}

interface Part {
  head: string;
  body: Buffer;
}

const BOUNDARY = 'xyzzy';
const CRLF = '\r\n';

/** Everything that somebody might take for a picture, and some pictures. */
async function pictures(): Promise<Buffer[]> {
  const png = await drawPicture(64, 64).png().toBuffer();
  return [
    png,
    png,
    png,
    await drawPicture(80, 64).jpeg().toBuffer(),
    await drawPicture(63, 64).png().toBuffer(),
    await drawPngClaiming(60_000, 60_000),
    await drawAnimation('gif'),
    png.subarray(0, 200),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    Buffer.alloc(0),
    Buffer.alloc(70_000, 'x'),
  ];
}

const sense = (...values: string[]) => fc.constantFrom(...values);

/** Addresses of pictures of which none leads out of this machine. */
const address = fc.oneof(
  sense(
    'gs://',
    'gs://a/b',
    'gs://photos',
    'gs://photos/../x',
    'gs://photos/a#12',
    'https://storage.googleapis.com/',
    'https://storage.googleapis.com/photos/%00',
    'https://elsewhere.example/a.png',
    'http://storage.googleapis.com/photos/a.png',
    'https://127.0.0.1/a.png',
    'https://2130706433/a.png',
    'https://0x7f.1/a.png',
    'https://[::ffff:127.0.0.1]/a.png',
    'https://169.254.169.254/latest',
    'https://localhost/a.png',
    'https://me@127.0.0.1/',
    'file:///etc/passwd',
  ),
  fc.webUrl({ validSchemes: ['http', 'ftp', 'file'] }),
  fc.string(),
);

const someText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  sense(
    '',
    ' ',
    '0',
    '-1',
    '1e9',
    'NaN',
    '4.5',
    'true',
    'null',
    '../../etc/passwd',
    '\u0000',
    'x'.repeat(2000),
  ),
);

const someId = fc.oneof(fc.uuid(), someText);

/** What is sent for a field: mostly something that it could be. */
function valueOf(name: string): fc.Arbitrary<string> {
  if (name.endsWith('_url')) return address;
  if (name.endsWith('_id') || name.endsWith('_ids')) return someId;
  const usual: Record<string, fc.Arbitrary<string>> = {
    pipeline: sense('photo-realistic', 'painterly', 'cutout', 'upscale', 't2v', 'i2v', 'ti2v'),
    model: sense('auto', 'fastdepth', 'rife', 'wan-mini'),
    prompt: sense('a small red circle moves left', 'x'),
  };
  return fc.oneof(
    { weight: 3, arbitrary: usual[name] ?? fc.integer({ min: -2, max: 70 }).map(String) },
    { weight: 1, arbitrary: someText },
  );
}

/** What requests are made up of. */
export interface Ingredients {
  /** Names of the fields that somebody might send. */
  names: readonly string[];
  /** The fields of sound requests, of which some are sent with most requests. */
  sound: readonly [name: string, value: string][][];
}

type Fields = [name: string, value: string][];

function fieldsOf({ names, sound }: Ingredients): fc.Arbitrary<Fields> {
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: someText },
  );
  const field = name.chain((one) => fc.tuple(fc.constant(one), valueOf(one)));
  const usual = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...sound) },
    { weight: 1, arbitrary: fc.constant([]) },
  );
  const others = fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(field, { maxLength: 6 }) },
  );
  return fc.tuple(usual, others).map(([first, more]) => [...first, ...more]);
}

function partsOf(fields: fc.Arbitrary<Fields>, files: readonly Buffer[]): fc.Arbitrary<Part[]> {
  const filename = fc.oneof(
    sense('a.png', '', '../../a.png', 'ü.jpg', 'a\\"b'),
    fc.string({ maxLength: 20 }),
  );
  const type = sense('image/png', 'image/jpeg', 'text/html', 'application/octet-stream', 'x', '');
  const fileName = fc.oneof(
    { weight: 8, arbitrary: fc.constant('image') },
    { weight: 1, arbitrary: sense('end_image', 'images', 'mask', '') },
  );
  const file = fc
    .tuple(fileName, filename, type, fc.constantFrom(...files))
    .map(([name, given, claim, body]): Part => {
      const typed = claim === '' ? '' : `${CRLF}Content-Type: ${claim}`;
      return { head: `form-data; name="${name}"; filename="${oneLine(given)}"${typed}`, body };
    });
  return fc
    .tuple(
      fields,
      fc.oneof(
        { weight: 5, arbitrary: fc.array(file, { minLength: 1, maxLength: 1 }) },
        { weight: 1, arbitrary: fc.array(file, { maxLength: 4 }) },
      ),
    )
    .map(([texts, sent]) => [
      ...texts.map(([name, value]) => ({
        head: `form-data; name="${oneLine(name)}"`,
        body: Buffer.from(value),
      })),
      ...sent,
    ]);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n"]/g, '_');
}

function written(parts: readonly Part[]): Buffer {
  const pieces = parts.flatMap(({ head, body }) => [
    Buffer.from(`--${BOUNDARY}${CRLF}Content-Disposition: ${head}${CRLF}${CRLF}`),
    body,
    Buffer.from(CRLF),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--${CRLF}`)]);
}

/** A body as it is, most of the time; else cut short, with other bytes in it, or doubled. */
function damaged(body: Buffer): fc.Arbitrary<Buffer> {
  const place = fc.nat({ max: body.length });
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(body) },
    { weight: 1, arbitrary: place.map((at) => body.subarray(0, at)) },
    { weight: 1, arbitrary: place.map((at) => body.subarray(at)) },
    { weight: 1, arbitrary: fc.constant(Buffer.concat([body, body])) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(place, fc.uint8Array({ minLength: 1, maxLength: 8 }))
        .map(([at, bytes]) => Buffer.concat([body.subarray(0, at), bytes, body.subarray(at)])),
    },
  );
}

const jsonValue = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(someText, fc.integer(), fc.boolean(), fc.constant(null), fc.double()) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

type Written = [type: string, body: string | Buffer];

function bodies(ingredients: Ingredients, files: readonly Buffer[]): fc.Arbitrary<Written> {
  const { names } = ingredients;
  const fields = fieldsOf(ingredients);
  const form = partsOf(fields, files).chain((parts) => damaged(written(parts)));
  const short = fields.map((all) => new URLSearchParams(all).toString());
  const odd = fc.dictionary(fc.oneof(fc.constantFrom(...names), someText), jsonValue, { maxKeys: 6 });
  const json = fc
    .oneof(
      fields.map((all) => Object.fromEntries(all)),
      odd,
    )
    .map((value) => JSON.stringify(value));
  const boundary = fc.oneof(
    { weight: 12, arbitrary: fc.constant(`; boundary=${BOUNDARY}`) },
    { weight: 1, arbitrary: sense('', '; boundary=', '; boundary=other', `; boundary="${BOUNDARY}`) },
  );
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(
        boundary.map((end) => `multipart/form-data${end}`),
        form,
      ),
    },
    { weight: 2, arbitrary: fc.tuple(fc.constant('application/json'), json) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('application/x-www-form-urlencoded'), short) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        sense('text/plain', 'application/json', 'application/json; charset=utf-16', 'image/png', '', '*/*'),
        fc.oneof(fc.string({ unit: 'binary' }), sense('[]', '"x"', '7', '{"pipeline":', '{"__proto__":{}}')),
      ),
    },
  );
}

const headerText = fc.string({ unit: fc.constantFrom(...'abcXYZ019 -_.,;="/\u00e9'), maxLength: 30 });
const headers = fc.record(
  {
    'Idempotency-Key': fc.oneof(fc.uuid(), headerText),
    'X-Request-Id': headerText,
    'Content-Length': sense('0', '5', '-1', 'x', '999999999999'),
    'Content-Encoding': sense('gzip', 'identity'),
    Accept: sense('text/html', 'application/xml;q=0.1'),
    Prefer: sense('wait=0', 'wait=-1', 'wait', 'respond-async'),
  },
  { requiredKeys: [] },
);
const query = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constant('dry_run=true') },
  { weight: 1, arbitrary: sense('dry_run=', 'dry_run=1', 'dry_run=true&dry_run=true', 'x=y', '%zz', '&&=') },
);

/** Requests made up by chance. */
export async function oddRequests(ingredients: Ingredients): Promise<fc.Arbitrary<OddRequest>> {
  const files = await pictures();
  const headed = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headers });
  return fc.tuple(query, headed, bodies(ingredients, files)).map(([search, more, [type, body]]) => ({
    query: search,
    headers: { ...(more as Record<string, string>), ...(type === '' ? {} : { 'Content-Type': type }) },
    body,
  }));
}
