import { wordsIn } from '../../core/words.ts';
import coalition from './coalition/words.en.json' with { type: 'json' };
import csv from './csv/words.en.json' with { type: 'json' };
import joining from './joining/words.en.json' with { type: 'json' };
import leaving from './leaving/words.en.json' with { type: 'json' };
import me from './me/words.en.json' with { type: 'json' };
import partners from './partners/words.en.json' with { type: 'json' };
import settings from './settings/words.en.json' with { type: 'json' };
import tasks from './tasks/words.en.json' with { type: 'json' };

export const say = wordsIn({
  ...coalition,
  ...joining,
  ...leaving,
  ...me,
  ...partners,
  ...csv,
  ...settings,
  ...tasks,
});
