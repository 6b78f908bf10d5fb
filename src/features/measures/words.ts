import { wordsIn } from '../../core/words.ts';
import board from './board/words.en.json' with { type: 'json' };
import definition from './definition/words.en.json' with { type: 'json' };
import exported from './exports/words.en.json' with { type: 'json' };
import publishing from './publishing/words.en.json' with { type: 'json' };
import submitting from './submitting/words.en.json' with { type: 'json' };
import english from './words.en.json' with { type: 'json' };

export const say = wordsIn({
  ...english,
  ...board,
  ...definition,
  ...exported,
  ...publishing,
  ...submitting,
});
