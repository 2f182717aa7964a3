import sharp from 'sharp';
import { Random } from '../storm/random.ts';

/** A picture made of two, so that it is known what belongs to which. */
export interface KnownCutout {
  width: number;
  height: number;
  rgb: Uint8Array;
  /** How much of each pixel is subject, 0..255. */
  opacity: Uint8Array;
  /** The colours of the subject, also where it does not show. */
  subject: Uint8Array;
}

/** A shaggy animal before clouds, drawn by code: a soft outline, and hairs of one or two pixels that stand out from it. */
export async function drawKnownCutout(width: number, height: number): Promise<KnownCutout> {
  const rendered = (inner: string) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 640 480"
      preserveAspectRatio="none"><rect width="640" height="480"/>${inner}</svg>`;
    return sharp(Buffer.from(svg)).flatten().raw().toBuffer();
  };
  const shape = await rendered(SHAPE);
  const subject = await rendered(SUBJECT);
  const background = await rendered(BACKGROUND);
  const opacity = new Uint8Array(width * height).map((_, i) => shape[i * 3]!);
  const rgb = new Uint8Array(subject.length).map((_, at) => {
    const share = opacity[Math.floor(at / 3)]! / 255;
    return Math.round(share * subject[at]! + (1 - share) * background[at]!);
  });
  return { width, height, rgb, opacity, subject };
}

const SHAPE = `<g fill="#fff" stroke="#fff"><ellipse cx="320" cy="240" rx="125" ry="113"/>
  <path d="M225 170 210 80 290 140ZM415 170 430 80 350 140Z"/><g fill="none" stroke-linecap="round">${hairs()}</g></g>`;

const SUBJECT = `<radialGradient id="fur" cx="0.4" cy="0.35"><stop stop-color="#f0b070"/>
  <stop offset="1" stop-color="#8a3c18"/></radialGradient>
  <filter id="tufts"><feTurbulence baseFrequency="0.08" numOctaves="3"/>
  <feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0.5 0 0 0 0"/></filter>
  <rect width="640" height="480" fill="url(#fur)"/><rect width="640" height="480" filter="url(#tufts)" opacity="0.6"/>
  <circle cx="280" cy="215" r="14"/><circle cx="360" cy="215" r="14"/><ellipse cx="320" cy="270" rx="16" ry="10"/>`;

const BACKGROUND = `<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#6f9fd0"/>
  <stop offset="1" stop-color="#cfe0d0"/></linearGradient>
  <filter id="clouds"><feTurbulence baseFrequency="0.03" numOctaves="4"/>
  <feColorMatrix values="0 0 0 0 0.1  0 0 0 0 0.3  0 0 0 0 0.1  0.9 0 0 0 -0.2"/></filter>
  <rect width="640" height="480" fill="url(#sky)"/><rect width="640" height="480" filter="url(#clouds)"/>`;

function hairs(): string {
  const random = new Random(1);
  return Array.from({ length: 160 }, () => {
    const [angle, length, bend] = [
      random.next() * 2 * Math.PI,
      random.whole(8, 32),
      random.next() * 0.4 - 0.2,
    ];
    const middle = at(110 + length / 2, angle + bend * 0.2);
    const path = `M${at(100, angle)} Q${middle} ${at(110 + length, angle + bend)}`;
    return `<path d="${path}" stroke-width="${(0.5 + random.next()).toFixed(2)}"/>`;
  }).join('');
}

/** A place around the animal, by its distance and direction. */
function at(radius: number, angle: number): string {
  return `${(320 + 1.1 * radius * Math.cos(angle)).toFixed(1)} ${(240 + radius * Math.sin(angle)).toFixed(1)}`;
}
