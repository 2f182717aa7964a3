import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import type { Photo } from './e2e/api.ts';

const SHARED_PHOTOS = resolve('../shared/fixtures/photos');
const TYPES: Record<string, string> = { jpg: 'image/jpeg', png: 'image/png' };

/** Whether the photos beside the repository are there; tests that want them are skipped, and say so, otherwise. */
export const hasSharedPhotos = existsSync(SHARED_PHOTOS);

export async function sharedPhotos(): Promise<Photo[]> {
  const names = (await readdir(SHARED_PHOTOS)).sort();
  return Promise.all(
    names.map(async (name) => ({
      name,
      type: TYPES[name.split('.').pop()!]!,
      bytes: await readFile(join(SHARED_PHOTOS, name)),
    })),
  );
}

/** A landscape with a ball before hills, drawn by code: smooth, textured and hard-edged in places, as photos are. */
export async function drawnPhoto(width = 640, height = 480): Promise<Photo> {
  const scene = `
    <svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 640 480">
      <defs>
        <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#7fb4e6"/><stop offset="1" stop-color="#fbe3c0"/></linearGradient>
        <radialGradient id="ball" cx="0.35" cy="0.3"><stop stop-color="#ffd9c9"/><stop offset="1" stop-color="#a02818"/></radialGradient>
        <filter id="grain"><feTurbulence baseFrequency="0.9" numOctaves="2"/><feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0.25 0 0 0 0"/></filter>
      </defs>
      <rect width="640" height="480" fill="url(#sky)"/>
      <path d="M0 270 Q160 170 320 260 T640 230 V480 H0Z" fill="#5d7a63"/>
      <path d="M0 340 Q200 290 420 340 T640 320 V480 H0Z" fill="#3c5a36"/>
      <ellipse cx="330" cy="430" rx="120" ry="18" fill="#1e2e1b"/>
      <circle cx="320" cy="320" r="110" fill="url(#ball)"/>
      <rect width="640" height="480" filter="url(#grain)"/>
    </svg>`;
  const bytes = await sharp(Buffer.from(scene)).jpeg({ quality: 92 }).toBuffer();
  return { name: 'drawn.jpg', type: 'image/jpeg', bytes };
}
