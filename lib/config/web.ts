import { z } from 'zod';
import { count, flag } from './variables.ts';

const ORIGINS_TAKE = 'origins such as https://app.example, separated by commas, or *';

/** An OpenAI-compatible endpoint that makes prompts better. */
export interface EnhanceEndpoint {
  /** Without a slash at its end; `/chat/completions` follows. */
  url: string;
  key: string | null;
  model: string;
}

/** What the web process says to browsers, to other sites and to its log. */
export interface WebSettings {
  /** Other sites whose pages may use the API with a key: their origins, or `*` for every one. */
  corsOrigins: readonly string[];
  /** How long browsers are to come by https alone, in seconds; 0 says nothing of it. */
  hstsSeconds: number;
  /** Whether prompts may stand in the log. */
  logPrompts: boolean;
  enhance: EnhanceEndpoint | null;
}

export const webVariables = {
  MULTIPLANE_CORS_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim().replace(/\/$/, '')))
    .refine((origins) => origins.every(isOrigin), ORIGINS_TAKE)
    .default([]),
  MULTIPLANE_HSTS_SECONDS: count(0, 0),
  MULTIPLANE_LOG_PROMPTS: flag.default(false),
  MULTIPLANE_ENHANCE_URL: z
    .url({ protocol: /^https?$/, error: 'an http: or https: address, such as http://localhost:11434/v1' })
    .optional(),
  MULTIPLANE_ENHANCE_KEY: z.string().optional(),
  MULTIPLANE_ENHANCE_MODEL: z.string().optional(),
};

const variables = z.object(webVariables);

export function toWebSettings(env: z.output<typeof variables>): WebSettings {
  return {
    corsOrigins: env.MULTIPLANE_CORS_ORIGINS,
    hstsSeconds: env.MULTIPLANE_HSTS_SECONDS,
    logPrompts: env.MULTIPLANE_LOG_PROMPTS,
    enhance: toEndpoint(env),
  };
}

function toEndpoint(env: z.output<typeof variables>): EnhanceEndpoint | null {
  const { MULTIPLANE_ENHANCE_URL: url, MULTIPLANE_ENHANCE_MODEL: model } = env;
  if (!url || !model) return null;
  return { url: url.replace(/\/+$/, ''), key: env.MULTIPLANE_ENHANCE_KEY ?? null, model };
}

function isOrigin(entry: string): boolean {
  return entry === '*' || (URL.canParse(entry) && new URL(entry).origin === entry && entry !== 'null');
}
