import { wordsIn } from '../../core/words.ts';
import rosters from './rosters/words.en.json' with { type: 'json' };
import succession from './succession/words.en.json' with { type: 'json' };
import english from './words.en.json' with { type: 'json' };

export const say = wordsIn({ ...english, ...succession, ...rosters });
