import { wordsIn } from '../../core/words.ts';
import care from './care/words.en.json' with { type: 'json' };
import concerns from './concerns/words.en.json' with { type: 'json' };
import logging from './logging/words.en.json' with { type: 'json' };
import pulse from './pulse/words.en.json' with { type: 'json' };

export const say = wordsIn({ ...care, ...logging, ...pulse, ...concerns });
