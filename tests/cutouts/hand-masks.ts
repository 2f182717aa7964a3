import sharp from 'sharp';
import type { Mask } from './measures.ts';

/**
 * Outlines of what the shared photos are of, followed by eye at two to three times their size and laid over them to be
 * checked: right within about two pixels. Of the cat, its head; of the astronaut, her helmet as well.
 */
const OUTLINES = {
  'skimage_chelsea.png': `42,0 38,20 34,40 32,70 33,100 39,121 46,140 55,165 70,195 95,220 120,238 145,255 170,268
    195,277 225,283 255,284 285,276 308,264 316,245 321,222 338,203 352,182 359,160 361,135 358,118 356,95 359,72
    369,58 377,42 383,22 394,8 399,0`,
  'skimage_coffee.png': `174,105 176,90 183,72 200,50 225,32 255,21 285,18 320,21 350,31 375,46 392,62 398,72 403,68
    413,67 422,72 424,80 421,90 417,104 430,112 447,129 462,150 473,175 478,205 479,227 476,255 467,281 452,311
    428,337 402,355 372,374 340,384 310,390 280,391 245,386 210,377 178,365 147,345 121,322 98,292 85,265 78,240
    76,215 79,185 85,160 97,137 117,115 145,92 170,79 181,74`,
  'skimage_astronaut.png': `153,75 154,90 158,102 168,114 174,129 182,133 185,148 170,148 152,153 138,163 128,178
    122,187 115,188 115,205 118,210 105,217 85,231 68,245 57,262 48,285 38,302 29,325 25,345 25,380 22,410 23,440
    28,470 35,495 42,512 512,512 512,478 503,458 494,455 490,430 482,400 468,378 448,358 425,348 400,344 378,347
    362,352 361,335 356,295 348,275 335,255 318,242 305,235 304,228 297,205 285,190 270,178 256,174 259,155 266,138
    272,137 278,128 288,118 297,102 302,85 301,70 293,45 280,30 262,20 235,16 212,22 195,33 180,42 165,52 157,62`,
};

export type OutlinedPhoto = keyof typeof OUTLINES;

/** The mask of a shared photo as a person sees it. */
export async function handMask(photo: OutlinedPhoto, width: number, height: number): Promise<Mask> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%"/><polygon points="${OUTLINES[photo]}" fill="#fff"/></svg>`;
  const data = await sharp(Buffer.from(svg)).flatten().extractChannel(0).raw().toBuffer();
  return { width, height, data };
}
