import { wordsIn } from '../../core/words.ts';
import handOver from './hand-over/words.en.json' with { type: 'json' };
import held from './held/words.en.json' with { type: 'json' };
import limits from './limits/words.en.json' with { type: 'json' };
import own from './own/words.en.json' with { type: 'json' };
import preview from './preview/words.en.json' with { type: 'json' };
import reachability from './reachability/words.en.json' with { type: 'json' };

export const say = wordsIn({ ...own, ...limits, ...held, ...reachability, ...preview, ...handOver });
