import { expect, test } from 'vitest';
import { z } from 'zod';
import type { FieldError } from '#lib/core/errors';
import { checkValues } from '../submission/check-values.ts';
import { switchParam } from './switch.ts';

const schema = z.strictObject({
  loop: switchParam(false, { title: 'Loop', description: 'Ends as it begins.' }),
  stamp: switchParam(true, { title: 'Stamp', description: 'Says what it is.' }),
});

test('a switch takes what JSON, forms and addresses send, and is what it is by default where nothing is sent', () => {
  expect(schema.parse({})).toEqual({ loop: false, stamp: true });
  expect(schema.parse({ loop: true, stamp: false })).toEqual({ loop: true, stamp: false });
  expect(schema.parse({ loop: 'true', stamp: 'false' })).toEqual({ loop: true, stamp: false });
});

test.each(['yes', 'TRUE', '1', 1, 'constructor', {}])('%j is neither on nor off', (loop) => {
  expect(schema.safeParse({ loop }).success).toBe(false);
});

test('a form learns that it is a boolean', () => {
  const { properties } = z.toJSONSchema(schema);
  expect(properties).toMatchObject({ loop: { type: 'boolean', default: false, title: 'Loop' } });
});

test('a request is told what a switch takes', () => {
  const errors: FieldError[] = [];
  checkValues(schema, new Map([['loop', 'perhaps']]), errors);
  expect(errors).toMatchObject([{ pointer: '/loop', message: 'loop is either true or false.' }]);
});
