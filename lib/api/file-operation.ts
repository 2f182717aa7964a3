import { z } from 'zod';
import type { Operation } from './operation.ts';

/* What operations that answer with a file of the store have in common. */

/** How a file is asked for. */
export const downloadQuery = z.strictObject({
  download: z.enum(['0', '1']).optional().meta({ description: '`1` asks a browser to save it' }),
});

export const FILE_HEADERS = {
  Range: 'The part that is asked for, such as `bytes=0-1023`',
  'If-Range': 'The `ETag` of the parts one has; where it changed, all of the file comes',
  'If-None-Match': 'The `ETag` of the file one has; where it still holds, 304 comes instead',
} as const;

const headers = {
  ETag: 'The file’s own, strong',
  'Accept-Ranges': '`bytes`',
  'Content-Disposition': 'Whether a browser shows or saves it, and its name',
};

const contentTypes = ['*/*'];

export const FILE_ANSWERS = {
  200: { description: 'The file', contentTypes, headers },
  206: {
    description: 'The part of it',
    contentTypes,
    headers: { ...headers, 'Content-Range': 'Which part of how many bytes' },
  },
  304: { description: 'You have it' },
} satisfies Operation['answers'];
