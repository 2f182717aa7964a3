const HIDDEN = '[redacted]';

const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
/** A JSON value of any kind; of an object or an array, as far as the first bracket that closes. */
const VALUE = String.raw`(?:${STRING}|\[(?:${STRING}|[^\]"])*\]|\{(?:${STRING}|[^}"])*\}|[^,}\]\s]+)`;

/**
 * Names that a secret goes by, in whatever object it is logged, however deep. `params` are those of a query that failed,
 * hashes and prompts among them.
 */
const SECRET_NAMES = [
  '(?:proxy-)?authorization',
  '(?:set-)?cookie',
  'params',
  '[\\w-]*(?:password|token|secret|api[-_]?key|signature)',
];
const PROMPT_NAMES = ['(?:negative_?)?prompt', 'original'];

const SECRETS = valuesOf(SECRET_NAMES);
const SECRETS_AND_PROMPTS = valuesOf([...SECRET_NAMES, ...PROMPT_NAMES]);

/** What a secret looks like wherever it stands, in a message or a stack too. */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/\bmp_[\w-]{43}/g, HIDDEN],
  [/\bwhsec_[\w+/=-]+/g, HIDDEN],
  [/\bsk-[\w-]{16,}/g, HIDDEN],
  [/\beyJ[\w-]+\.[\w-]*\.[\w.-]*/g, HIDDEN],
  [/\b(Bearer|Basic)\s+[\w.~+/-]+=*/gi, `$1 ${HIDDEN}`],
  [/([\w.-]*session-token(?:\.\d+)?=)[^;"\s\\]+/gi, `$1${HIDDEN}`],
  [/([?&][\w-]*(?:signature|token|key|password|secret|credential)=)[^&"\s\\]+/gi, `$1${HIDDEN}`],
  [/(:\/\/)[^/"\s\\@]+@/g, `$1${HIDDEN}@`],
  // The message of a query that failed ends in its values; after it, where there is one, the stack goes on.
  [/(\\nparams: )(?:(?!\\n {4}at )(?:[^"\\]|\\.))*/g, `$1${HIDDEN}`],
];

/**
 * A line of the log, one JSON object, without the secrets in it; it stays JSON.
 * @param prompts whether prompts may stand in it
 */
export function redact(line: string, prompts: boolean): string {
  const named = line.replaceAll(prompts ? SECRETS : SECRETS_AND_PROMPTS, `$1"${HIDDEN}"`);
  return SECRET_TEXTS.reduce((text, [pattern, hidden]) => text.replaceAll(pattern, hidden), named);
}

function valuesOf(names: readonly string[]): RegExp {
  return new RegExp(`("(?:${names.join('|')})":)(?!null\\b)${VALUE}`, 'gi');
}
