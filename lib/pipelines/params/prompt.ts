import { z } from 'zod';

/** What a video is to show, in words; each pipeline says what they are for. */
export const prompt = z.string().trim().min(3).max(1000);
