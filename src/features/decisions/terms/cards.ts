import type { Reader } from '../../../core/reader.ts';
import type { Text } from '../../../core/text.ts';
import { shareText } from '../counting/fraction/rules.ts';
import { neededVoices } from '../counting/quorum/rules.ts';
import { say } from '../words.ts';
import type { Rule, Terms } from './rules.ts';

/** The rule in one plain sentence, which everybody can read before anybody votes. */
export function ruleSentence(rule: Rule, reader: Reader): Text {
  switch (rule.rule) {
    case 'consent':
    case 'sense':
      return say(reader, `rule.${rule.rule}`);
    case 'consensus':
      return say(reader, 'rule.consensus', { minus: rule.minus });
    case 'share': {
      const { share, strictly } = rule.threshold;
      const half = share.parts * 2 === share.of && rule.base === 'yes-and-no';
      return say(reader, 'rule.share', {
        strictly: strictly ? 'yes' : 'no',
        share: share.parts * 2 === share.of ? say.plain(reader, 'share.half') : shareText(share),
        base: rule.base,
        split: half ? (strictly ? 'fails' : 'passes') : 'other',
      });
    }
    case 'plurality':
    case 'runoff':
      return say(reader, `rule.${rule.rule}`, { ties: rule.ties });
    case 'transferable':
      return say(reader, 'rule.transferable', { seats: rule.seats });
    case 'score':
      return say(reader, 'rule.score', { most: rule.most, ties: rule.ties });
    case 'dots':
      return say(reader, 'rule.dots', { dots: rule.dots, ties: rule.ties });
    case 'advice':
      return say(reader, 'rule.advice', { decider: rule.deciderName });
    default:
      return rule satisfies never;
  }
}

/** @param voices how many voices there are, or null while nobody knows yet */
export function quorumSentence(
  { quorum, extensionDays }: Terms,
  voices: number | null,
  reader: Reader,
): Text {
  const { from, perSector, abstaining } = quorum;
  const none = from.by === 'none' && perSector === 0;
  const parts: Text[] = [
    say(reader, `quorum.${from.by}`, {
      voices: from.by === 'number' ? from.voices : 0,
      strictly: from.by === 'share' && from.threshold.strictly ? 'yes' : 'no',
      share:
        from.by === 'share'
          ? from.threshold.share.parts * 2 === from.threshold.share.of
            ? say.plain(reader, 'share.half')
            : shareText(from.threshold.share)
          : '',
      needed: voices === null ? -1 : neededVoices(quorum, voices),
    }),
  ];
  if (perSector > 0) parts.push(say(reader, 'quorum.sector', { count: perSector }));
  if (!none) {
    parts.push(say(reader, abstaining ? 'quorum.abstaining' : 'quorum.not-abstaining'));
    parts.push(say(reader, 'quorum.rescue', { days: extensionDays }));
  }
  return parts.flatMap((part, index) => (index === 0 ? part : [' ', ...part]));
}

/** Who has a voice, and who may speak for an organisation. */
export function voicesSentence({ voices, weights, anonymous }: Terms, reader: Reader): Text {
  const who = say(reader, anonymous ? `voices.${voices}-anonymous` : `voices.${voices}`);
  if (weights === null) return who;
  return [...who, ' ', ...say(reader, 'voices.weights', { cap: shareText(weights.cap) })];
}

/** Who can see what, now and afterwards: the truth and nothing else. */
export function visibilitySentence({ anonymous, visibility, fewest, reasons }: Terms, reader: Reader): Text {
  if (anonymous) return say(reader, 'visible.anonymous', { fewest, reasons });
  return say(reader, `visible.${visibility}`);
}

export function nudgeSentence({ nudges, closesEarly }: Terms, reader: Reader): Text {
  const early = say(reader, closesEarly ? 'closes.early' : 'closes.on-time');
  return [...early, ' ', ...say(reader, 'nudges', { nudges })];
}
