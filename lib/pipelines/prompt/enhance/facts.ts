/**
 * What a prompt may say of its world, with the words by which it says it, as phrases between commas. An addition says
 * such things too, and is made only where nothing said before speaks against it.
 */
export const FACTS = {
  day: 'day, daylight, daytime, morning, noon, midday, afternoon, sunny, sunlit, sunlight, sunshine',
  noon: 'noon, midday, high sun',
  dusk: 'dusk, dawn, sunset, sunrise, sundown, twilight, evening, golden hour, blue hour',
  night: 'night, nighttime, midnight, nocturnal, moon, moonlit, moonlight, starry, starlight',
  sun: 'sun, sunny, sunlit, sunlight, sunshine',
  indoors:
    'indoors, indoor, interior, inside a house, room, kitchen, bedroom, bathroom, office, studio, workshop, cellar, cave, ' +
    'library, museum, cafe, restaurant, hall, corridor, attic, church, classroom, laboratory',
  outdoors:
    'outdoors, outdoor, field, forest, woods, meadow, beach, coast, sea, ocean, mountain, mountains, street, city, ' +
    'desert, garden, park, river, lake, hill, hills, valley, harbour, harbor, road, jungle, savanna, skyline',
  city: 'city, street, streets, urban, downtown, alley, skyline, traffic, skyscraper, skyscrapers',
  nature:
    'field, forest, woods, meadow, beach, coast, sea, ocean, mountain, mountains, desert, jungle, savanna, valley, hills, lake',
  underwater: 'underwater, under water, under the sea, seabed, coral reef, reef, deep sea, diver, scuba',
  rain: 'rain, raining, rainy, rainstorm, storm, stormy, thunderstorm, downpour, drizzle',
  fog: 'fog, foggy, mist, misty, haze, hazy, smoke, smoky',
  overcast: 'overcast, cloudy, grey sky, gray sky, rain, rainy, stormy',
  clear: 'clear sky, cloudless, blue sky, clear air',
  calm: 'calm, quiet, peaceful, serene, tranquil, gentle, gently, sleeping, sleeps, asleep, resting, meditating',
  tense:
    'tense, fight, fighting, battle, war, chase, danger, explosion, horror, scary, creepy, sinister, monster',
  happy:
    'happy, joyful, laughing, laughs, smiling, smiles, party, celebration, festival, playful, cheerful, dancing',
  sad: 'sad, crying, cries, lonely, grief, funeral, mourning, melancholy, weeping, abandoned',
  fast: 'fast, quickly, racing, race, races, speeding, rushing, sprinting, chase, galloping',
  slow: 'slow, slowly, slow motion',
  close: 'close up, closeup, macro, detail, portrait, headshot, face',
  far: 'aerial, wide shot, panorama, panoramic, landscape, skyline, birds eye, vista',
  monochrome: 'black and white, monochrome, sepia, greyscale, grayscale',
  colourful: 'colourful, colorful, vivid, neon, rainbow, psychedelic',
} as const satisfies Record<string, string>;

export type Fact = keyof typeof FACTS;

/** What cannot both be so. */
export const CONTRADICTIONS: readonly (readonly [Fact, Fact])[] = [
  ['day', 'night'],
  ['day', 'dusk'],
  ['dusk', 'night'],
  ['noon', 'dusk'],
  ['noon', 'night'],
  ['sun', 'night'],
  ['sun', 'rain'],
  ['sun', 'fog'],
  ['sun', 'overcast'],
  ['clear', 'rain'],
  ['clear', 'fog'],
  ['clear', 'overcast'],
  ['indoors', 'outdoors'],
  ['indoors', 'underwater'],
  ['outdoors', 'underwater'],
  ['city', 'nature'],
  ['calm', 'tense'],
  ['calm', 'fast'],
  ['happy', 'sad'],
  ['happy', 'tense'],
  ['slow', 'fast'],
  ['close', 'far'],
  ['monochrome', 'colourful'],
];

/** Whether two things can be so at once. */
export function agree(one: Fact, other: Fact): boolean {
  return !CONTRADICTIONS.some((pair) => one !== other && pair.includes(one) && pair.includes(other));
}
