import { findModel } from '#lib/models/catalogue';
import type { PictureSource, StageContext, WrittenFile } from '#worker/pipelines/run';
import { modelFor } from '../model.ts';
import { decodePhoto } from '../photo.ts';
import { paintByPrompt } from './paint-by-prompt.ts';
import { paintInStyle } from './paint-in-style.ts';

/**
 * A photo, repainted at its own size as far as `strength` says: after a prompt, where the model reads one, else in the look
 * that `style` names. Writes `painted.png`, and `painted_small.png` where it is painted smaller.
 */
export async function paintPhoto(context: StageContext, source: PictureSource): Promise<WrittenFile[]> {
  const photo = await decodePhoto(source(context));
  const model = findModel(modelFor(context, 'style'))!;
  return model.repaints
    ? paintByPrompt(context, { ...model, repaints: model.repaints }, photo)
    : paintInStyle(context, model.id, photo);
}
