import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { serve } from '../local-server.ts';

/** Answer as a libSQL server does that was asked for one number. */
export function answerNumber(response: ServerResponse, number: number): void {
  const columns = [{ name: 'number', decltype: null }];
  const rows = [[{ type: 'integer', value: String(number) }]];
  const result = { cols: columns, rows, affected_row_count: 0, last_insert_rowid: null };
  const executed = { type: 'ok', response: { type: 'execute', result } };
  const closed = { type: 'ok', response: { type: 'close' } };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ baton: null, base_url: null, results: [executed, closed] }));
}

/**
 * A server that lets itself be opened, and then treats each request as told. `count` counts them from 1. Returns its
 * address.
 */
export async function stubSqld(treats: (response: ServerResponse, count: number) => void): Promise<string> {
  let count = 0;
  return serve((request, response) => {
    void text(request).then((body) =>
      body.includes('PRAGMA foreign_keys') ? answerNumber(response, 1) : treats(response, ++count),
    );
  });
}
