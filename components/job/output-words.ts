import type { OutputResource } from '#lib/jobs/resource';

const FORMATS: Record<string, string> = {
  'video/mp4': 'Video, H.264',
  'video/webm': 'Video, AV1',
  'image/gif': 'Animation, GIF',
  'image/webp': 'Animation, WebP',
};

const ROLES: Record<string, string> = {
  'contact-sheet': 'Eight frames',
  depth: 'Depth map',
  manifest: 'What the layers are',
  mask: 'Mask',
  poster: 'First frame',
  psd: 'All layers, for Photoshop',
  receipt: 'How it was made',
};

/** What a file is, in a word or two; nothing where its name says it. */
export function wordsFor({ role, content_type: type }: OutputResource): string {
  return FORMATS[type] ?? ROLES[role] ?? '';
}

/** What is written on the button that saves the file a job is about. */
export function downloadWords({ role, content_type: type }: OutputResource): string {
  if (role === 'psd') return 'Download PSD';
  return type.startsWith('video/') ? 'Download video' : 'Download picture';
}
