import { switchParam } from './switch.ts';

/** Whether the files of a job carry what made them. Declared by every pipeline that makes pictures or video. */
export const embedMetadata = switchParam(true, {
  title: 'Embed metadata',
  description:
    'Writes into the pictures and videos what made them: pipeline, model, settings and hashes of the photos.',
});
