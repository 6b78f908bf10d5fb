import english from './words.en.json' with { type: 'json' };
import { wordsIn } from './words.ts';

/** The sentences that belong to no feature: problems, refusals, unknown commands. */
export const say = wordsIn(english);
