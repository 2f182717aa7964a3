import { phrase, type PhrasesByStyle } from './phrase.ts';

export const MOOD: PhrasesByStyle = {
  natural: [
    phrase('honest, unforced mood'),
    phrase('calm and unhurried mood', 'calm'),
    phrase('fresh, lively mood', 'happy'),
    phrase('quiet, thoughtful mood', 'calm'),
  ],
  cinematic: [
    phrase('grand, expectant mood'),
    phrase('tense, breathless mood', 'tense'),
    phrase('tender, intimate mood', 'calm'),
    phrase('triumphant mood', 'happy'),
  ],
  documentary: [
    phrase('matter-of-fact mood'),
    phrase('warm, curious mood', 'happy'),
    phrase('sober, attentive mood'),
  ],
  noir: [
    phrase('brooding, fatalistic mood', 'tense'),
    phrase('lonely, late mood', 'sad'),
    phrase('mysterious mood'),
  ],
  dreamlike: [
    phrase('weightless, wondering mood'),
    phrase('tender, nostalgic mood', 'calm'),
    phrase('enchanted mood'),
  ],
  painted: [
    phrase('lyrical mood'),
    phrase('serene mood', 'calm'),
    phrase('stormy, romantic mood', 'tense'),
    phrase('light-hearted mood', 'happy'),
  ],
  animated: [
    phrase('adventurous mood'),
    phrase('playful, cheerful mood', 'happy'),
    phrase('cosy mood', 'calm'),
  ],
};
