import { z } from 'zod';

/** ISO 8601, UTC. */
export const moment = z.iso.datetime();

export const bytes = z.number().int().min(0);

export const sha256 = z.string().meta({ description: 'Lower-case hexadecimal.' });

/** How far something is, 0..1. */
export const share = z.number().min(0).max(1);

/** The path of an address on this server. */
export const path = z.string().meta({ format: 'uri-reference' });

/** How many there are of each. */
export function countsOf<Name extends string>(names: readonly Name[]) {
  const counts = names.map((name) => [name, z.number().int().min(0)]);
  return z.object(Object.fromEntries(counts) as Record<Name, z.ZodNumber>);
}

/** By the name of each parameter. */
export const params = z.record(z.string(), z.unknown()).meta({ description: 'By name, defaults filled in.' });
