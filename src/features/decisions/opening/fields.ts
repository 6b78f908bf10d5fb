import { choice, paragraph, problem, refined, text, wholeNumber } from '../../../core/field.ts';
import { shortened } from '../../../core/plain-text.ts';
import { dayTimeField } from '../../../time/fields.ts';
import { parseShare } from '../counting/fraction/rules.ts';
import { bases } from '../counting/positions/rules.ts';
import { ties } from '../counting/totals/rules.ts';
import { presets, reasonSettings, visibilities } from '../terms/rules.ts';
import {
  longestOption,
  mostOptions,
  parseOptions,
  parseQuorum,
  parseThreshold,
  parseWeights,
  usualTime,
} from './rules.ts';

/** The ready rules, by their plain names. */
export const presetField = choice(presets, 'preset');
export const baseField = choice(bases, 'base');
export const tiesField = choice(ties, 'ties');
export const visibilityField = choice(visibilities, 'visibility');
export const reasonsField = choice(reasonSettings, 'reasons');
export const voicesField = choice(['organisations', 'people'], 'voices-choice');
export const numberField = wholeNumber({ least: 0, most: 100 });

export const optionsField = refined(paragraph({ max: mostOptions * (longestOption + 1) }), (typed) => {
  const options = parseOptions(typed);
  if (options.length > mostOptions)
    return problem('problem.options', { got: options.length, most: mostOptions });
  const long = options.find((option) => option.length > longestOption);
  if (long) return problem('problem.option-long', { option: shortened(long, 30), most: longestOption });
  return options;
});

/** When it closes: a day, mostly, by the coalition's clock. */
export const untilField = dayTimeField({ clock: 'coalition', usualTime });

export const thresholdField = refined(
  text({ max: 40 }),
  (typed) => parseThreshold(typed) ?? problem('problem.threshold', { got: shortened(typed, 30) }),
);

export const quorumField = refined(
  text({ max: 40 }),
  (typed) => parseQuorum(typed) ?? problem('problem.quorum', { got: shortened(typed, 30) }),
);

export const capField = refined(
  text({ max: 20 }),
  (typed) => parseShare(typed) ?? problem('problem.cap', { got: shortened(typed, 30) }),
);

export const weightsField = refined(
  paragraph({ max: 2000 }),
  (typed) => parseWeights(typed) ?? problem('problem.weights'),
);
