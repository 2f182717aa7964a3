import { AppError, notFound } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import type { Model } from '#lib/models/model';

/**
 * Refuses to do something about a model's weights, with what does it from the command line. Throws AppError
 * `not_implemented`, or `not_found` for a model that is none.
 * @param suggestion what to do; a sentence
 */
export function refuseVerb(id: string, suggestion: (model: Model) => string): Promise<never> {
  const model = findModel(id);
  if (!model) return Promise.reject(notFound('model'));
  const message = 'This cannot be done over the API yet.';
  return Promise.reject(new AppError('not_implemented', message, { suggestion: suggestion(model) }));
}
