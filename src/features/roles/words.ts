import { wordsIn } from '../../core/words.ts';
import groups from './groups/words.en.json' with { type: 'json' };
import rosters from './rosters/words.en.json' with { type: 'json' };
import succession from './succession/words.en.json' with { type: 'json' };
import english from './words.en.json' with { type: 'json' };

export const say = wordsIn({ ...english, ...succession, ...rosters, ...groups });
