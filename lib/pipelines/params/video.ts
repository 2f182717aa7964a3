import { z } from 'zod';

/** The box that a video is fitted into, lying or standing as its picture does: long and short side in pixels. */
export const RESOLUTIONS = { '480p': [854, 480], '720p': [1280, 720], '1080p': [1920, 1080] } as const;

export type Resolution = keyof typeof RESOLUTIONS;

/** What a video can be had as beside MP4. */
export const EXTRA_FORMATS = ['none', 'webm', 'gif', 'webp'] as const;

/** Frames a second of what is filmed of pictures. */
export const FILMED_FPS = { default: 24, min: 12, max: 60 };

/** How fast a video plays. What is usual, and the least there can be, hang on the model. */
export const fps = z.coerce.number().int().min(1).max(FILMED_FPS.max).optional().meta({
  title: 'Frames a second',
  description: 'More are smoother. Left out: 24, or what the model was made for.',
});

/** One of them, as a parameter. */
export const extraFormat = z.enum(EXTRA_FORMATS).default('none').meta({
  title: 'Also as',
  description:
    'A second file beside the MP4: WebM (AV1), or a GIF or animated WebP of fewer pixels and frames.',
});

/** What every video that is filmed of pictures is asked for with. */
export const videoParams = {
  duration_seconds: z.coerce
    .number()
    .min(2)
    .max(8)
    .default(4)
    .meta({ title: 'Duration', description: 'How long the video lasts, in seconds.' }),
  fps,
  resolution: z
    .enum(['480p', '720p', '1080p'])
    .default('720p')
    .meta({ title: 'Resolution', description: 'The video keeps the shape of its picture within this.' }),
  extra_format: extraFormat,
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
