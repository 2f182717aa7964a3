/** A piece of code, and what it is where that is worth a colour. */
export interface CodeToken {
  text: string;
  kind: 'plain' | 'comment' | 'string' | 'keyword' | 'variable';
}

/** What is told apart in the examples, which are a shell's and TypeScript's; the first that fits holds. */
const KINDS = [
  ['comment', String.raw`(?<=^|\s)(?:#|//)\s.*$`],
  ['string', String.raw`'[^']*'|"[^"\n]*"|${'`[^`]*`'}`],
  [
    'keyword',
    String.raw`\b(?:const|let|await|for|of|if|import|from|new|export|async|return|true|false|null)\b|(?<=\s)--?[a-zA-Z][\w-]*`,
  ],
  ['variable', String.raw`\$\w+`],
] as const;

const PATTERN = new RegExp(KINDS.map(([kind, source]) => `(?<${kind}>${source})`).join('|'), 'gm');

/** Code cut into pieces; put together they are the code. */
export function tokensOf(code: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  let done = 0;
  for (const match of code.matchAll(PATTERN)) {
    const [kind] = Object.entries(match.groups!).find(([, text]) => text !== undefined)!;
    tokens.push({ text: code.slice(done, match.index), kind: 'plain' });
    tokens.push({ text: match[0], kind: kind as CodeToken['kind'] });
    done = match.index + match[0].length;
  }
  return [...tokens, { text: code.slice(done), kind: 'plain' as const }].filter(({ text }) => text !== '');
}
