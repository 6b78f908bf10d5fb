import { wordsIn } from '../core/words.ts';
import english from './words.en.json' with { type: 'json' };

export const say = wordsIn(english);
