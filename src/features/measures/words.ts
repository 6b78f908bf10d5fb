import { wordsIn } from '../../core/words.ts';
import definition from './definition/words.en.json' with { type: 'json' };
import submitting from './submitting/words.en.json' with { type: 'json' };
import english from './words.en.json' with { type: 'json' };

export const say = wordsIn({ ...english, ...definition, ...submitting });
