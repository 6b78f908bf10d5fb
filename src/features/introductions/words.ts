import { wordsIn } from '../../core/words.ts';
import groups from './groups/words.en.json' with { type: 'json' };
import people from './people/words.en.json' with { type: 'json' };
import programme from './programme/words.en.json' with { type: 'json' };
import restrictions from './restrictions/words.en.json' with { type: 'json' };
import rounds from './rounds/words.en.json' with { type: 'json' };

export const say = wordsIn({ ...programme, ...people, ...rounds, ...groups, ...restrictions });
