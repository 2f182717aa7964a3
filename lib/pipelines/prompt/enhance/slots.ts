/** What can be said of a picture or a video besides what it is about, in the order in which it is said. */
export const SLOTS = ['subject', 'shot', 'light', 'lens', 'motion', 'mood', 'place'] as const;

export type Slot = (typeof SLOTS)[number];

/** The pipelines that take a prompt, and what is added to it. What a picture shows is its own to say: a photo has its shot. */
export const PIPELINE_SLOTS = {
  painterly: ['light', 'lens', 'mood'],
  t2v: ['shot', 'light', 'lens', 'motion', 'mood'],
  i2v: ['motion', 'mood'],
  ti2v: ['motion', 'mood'],
} as const satisfies Record<string, readonly Slot[]>;

export type PromptedPipeline = keyof typeof PIPELINE_SLOTS;

/** Words by which a prompt says such a thing itself; nothing is added then. Phrases between commas. */
export const NAMED = {
  shot:
    'shot, close up, closeup, wide angle view, extreme close up, portrait, macro, aerial, birds eye, overhead, top down, ' +
    'from above, from below, low angle, high angle, dutch angle, eye level, point of view, pov, establishing, panorama, ' +
    'full body, half body, headshot, composition, framing, framed',
  light:
    'light, lights, lighting, lit, sunlit, moonlit, candlelit, backlit, backlight, sunlight, daylight, moonlight, lamplight, ' +
    'candlelight, firelight, starlight, sunshine, sunny, golden hour, blue hour, sunset, sunrise, dawn, dusk, twilight, ' +
    'neon, glow, glowing, shadow, shadows, silhouette, overcast, rim light, chiaroscuro, low key, high key',
  lens:
    'lens, 14mm, 18mm, 24mm, 28mm, 35mm, 40mm, 50mm, 70mm, 85mm, 100mm, 135mm, 200mm, mm, wide angle, fisheye, telephoto, ' +
    'macro, anamorphic, bokeh, depth of field, deep focus, shallow focus, soft focus, tilt shift, film grain, aperture, ' +
    'watercolour, watercolor, oil, oils, acrylic, gouache, pastel, pastels, ink, charcoal, pencil, crayon, brush, ' +
    'brushwork, strokes, canvas, cel shaded, line art, hand drawn, 3d, claymation, stop motion',
  motion:
    'camera, pan, pans, panning, tilt, tilts, zoom, zooms, zooming, dolly, push in, pushes in, pull out, pulls out, ' +
    'pull back, tracking, tracks, orbit, orbits, orbiting, crane, handheld, hand held, static, steadicam, gimbal, ' +
    'tripod, locked off, flythrough, fly through, drone, timelapse, time lapse, whip pan',
  mood:
    'mood, moody, atmosphere, atmospheric, feeling, vibe, serene, calm, peaceful, tranquil, cosy, cozy, eerie, ominous, ' +
    'tense, suspenseful, gloomy, melancholy, melancholic, nostalgic, joyful, cheerful, happy, sad, lonely, romantic, ' +
    'dreamy, mysterious, epic, majestic, whimsical, playful, solemn, hopeful, dramatic',
} as const satisfies Partial<Record<Slot, string>>;
