import { AppError } from '#lib/core/errors';

/** AppError `weights_missing`, which says what fetches them. */
export class WeightsMissing extends AppError {
  /** What `models download` takes. */
  readonly toFetch: readonly string[];

  constructor(message: string, toFetch: readonly string[]) {
    const them = toFetch.length === 1 ? 'it' : 'them';
    const suggestion = `Fetch ${them} with: npm run -s multiplane -- models download ${toFetch.join(' ')}`;
    super('weights_missing', message, { suggestion });
    this.toFetch = toFetch;
  }
}
