import { wordsIn } from '../../core/words.ts';
import answering from './answering/words.en.json' with { type: 'json' };
import catchingUp from './catching-up/words.en.json' with { type: 'json' };
import choosing from './choosing/words.en.json' with { type: 'json' };
import confirmed from './confirmed/words.en.json' with { type: 'json' };
import holding from './holding/words.en.json' with { type: 'json' };
import meeting from './meeting/words.en.json' with { type: 'json' };
import proposing from './proposing/words.en.json' with { type: 'json' };
import series from './series/words.en.json' with { type: 'json' };

export const say = wordsIn({
  ...meeting,
  ...proposing,
  ...answering,
  ...choosing,
  ...confirmed,
  ...holding,
  ...catchingUp,
  ...series,
});
