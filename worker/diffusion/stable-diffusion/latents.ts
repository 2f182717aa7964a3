/** Channels of latents. */
export const LATENT_CHANNELS = 4;
/** Pixels of a picture, along each side, that one of latents stands for. */
export const LATENT_SCALE = 8;
