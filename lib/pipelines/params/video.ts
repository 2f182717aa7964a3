import { z } from 'zod';

/** The box that a video is fitted into, lying or standing as its picture does: long and short side in pixels. */
export const RESOLUTIONS = { '480p': [854, 480], '720p': [1280, 720], '1080p': [1920, 1080] } as const;

export type Resolution = keyof typeof RESOLUTIONS;

/** What a video can be had as beside MP4. */
export const EXTRA_FORMATS = ['none', 'webm', 'gif', 'webp'] as const;

/** What every video is asked for with. */
export const videoParams = {
  duration_seconds: z.coerce
    .number()
    .min(2)
    .max(8)
    .default(4)
    .meta({ title: 'Duration', description: 'How long the video lasts, in seconds.' }),
  fps: z.coerce
    .number()
    .int()
    .min(12)
    .max(60)
    .default(24)
    .meta({ title: 'Frames a second', description: 'More are smoother, and take longer.' }),
  resolution: z
    .enum(['480p', '720p', '1080p'])
    .default('720p')
    .meta({ title: 'Resolution', description: 'The video keeps the shape of its picture within this.' }),
  extra_format: z.enum(EXTRA_FORMATS).default('none').meta({
    title: 'Also as',
    description:
      'A second file beside the MP4: WebM (AV1), or a GIF or animated WebP of fewer pixels and frames.',
  }),
};

/** The same, checked. */
export interface VideoParams {
  duration_seconds: number;
  fps: number;
  resolution: Resolution;
  extra_format: (typeof EXTRA_FORMATS)[number];
}

/** How many frames a video has. */
export function frameCountOf({ duration_seconds: seconds, fps }: VideoParams): number {
  return Math.round(seconds * fps);
}
