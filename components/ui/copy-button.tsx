'use client';

import { useState } from 'react';
import { Button, type ButtonLook } from './button.tsx';
import { CheckIcon, CopyIcon } from './icons.tsx';

const SHOWN_MS = 2000;
const WORDS = { ready: 'Copy', copied: 'Copied', selected: 'Selected, now copy it' };

/**
 * Copies `text`. Where the browser does not let a page do that, as over plain http on another machine, it selects the
 * element of the id `shownIn`, in which the text stands, for the person to copy.
 */
export function CopyButton({
  text,
  label,
  shownIn,
  look = 'plain',
}: {
  text: string;
  label: string;
  shownIn: string;
  look?: ButtonLook;
}) {
  const [state, setState] = useState<keyof typeof WORDS>('ready');
  async function copy() {
    if (await copied(text)) {
      setState('copied');
      setTimeout(() => setState('ready'), SHOWN_MS);
    } else {
      select(shownIn);
      setState('selected');
    }
  }
  return (
    <Button look={look} onClick={copy} aria-label={label}>
      {state === 'copied' ? <CheckIcon className="size-4" /> : <CopyIcon className="size-4" />}
      <span aria-live="polite">{WORDS[state]}</span>
    </Button>
  );
}

/** Whether the browser let it be copied. Without https there is no clipboard at all, whatever its type says. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function select(id: string): void {
  const shown = document.getElementById(id);
  if (shown) getSelection()?.selectAllChildren(shown);
}
