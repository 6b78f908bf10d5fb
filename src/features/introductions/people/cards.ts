import { buttons, type Card, card, fields, heading, list, note, paragraph } from '../../../core/card.ts';
import type { PartnerId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, instant, type Text, text } from '../../../core/text.ts';
import { mention } from '../groups/cards.ts';
import type { Group } from '../groups/rules.ts';
import { say } from '../words.ts';
import type { Absence, Choice } from './rules.ts';

export const unskipPress = press('introductions.unskip', { date: word });
export const forgiveSelect = press('introductions.stop-avoiding', {});

/** Exactly which round is skipped, and which comes next. */
export function skippedCard(reader: Reader, date: string, at: Date, next: Date, timeZone: string): Card {
  return card(
    paragraph(
      say(reader, 'skip.done', {
        at: instant(at, timeZone, 'date'),
        next: instant(next, timeZone, 'date'),
      }),
    ),
    buttons({ id: unskipPress.encode({ date }), label: say.plain(reader, 'button.unskip') }),
  );
}

type MyIntroductions = {
  readonly memberId: string;
  readonly met: readonly Group[];
  readonly next: Date | null;
  readonly absence: Absence | null;
  readonly choice: Choice;
  readonly timeZone: string;
};

/** Who I met, and when I am next. Who it will be is not said before it goes out. */
export function myIntroductionsCard(reader: Reader, of: MyIntroductions): Card {
  return card(
    heading(say.plain(reader, 'me.title')),
    paragraph(myNext(reader, of)),
    of.choice.buddy && note(say(reader, 'me.buddy')),
    of.met.length === 0 ? paragraph(say(reader, 'me.nobody')) : paragraph(say(reader, 'me.met')),
    of.met.length > 0 && list(of.met.map((group) => metLine(reader, group, of.memberId))),
  );
}

function myNext(reader: Reader, { next, absence, choice, timeZone }: MyIntroductions): Text {
  const resume = code('/intros resume');
  if (absence === 'paused' && choice.pausedUntil) {
    return say(reader, 'me.paused', { until: instant(choice.pausedUntil, timeZone, 'date'), resume });
  }
  if (absence === 'said-no' || absence === 'rested' || absence === 'not-asked') {
    return say(reader, `me.${absence}`, { resume });
  }
  if (!next) return say(reader, 'me.none');
  const at = instant(next, timeZone);
  return absence
    ? say(reader, 'me.away', { at, why: say.plain(reader, `absence.${absence}`) })
    : say(reader, 'me.next', { at });
}

function metLine(reader: Reader, group: Group, memberId: string): Text {
  const others = group.seats.filter((seat) => seat.memberId !== memberId);
  const own = group.seats.find((seat) => seat.memberId === memberId);
  const people = others.flatMap(
    (one, at): Text => [...(at > 0 ? [', '] : []), mention(one), ` (${one.partner.name})`],
  );
  const said = own?.outcome ? `outcome.${own.outcome}` : own?.answer ? `said.${own.answer}` : 'said.nothing';
  return [...people, ': ', ...text(say.plain(reader, said as 'said.nothing'))];
}

export function avoidingCard(
  reader: Reader,
  avoided: readonly { readonly id: PartnerId; readonly name: string }[],
  done: Text | null,
): Card {
  return card(
    done && paragraph(done),
    avoided.length > 0 &&
      fields([
        {
          label: say.plain(reader, 'avoid.list'),
          value: text(
            avoided
              .slice(0, limits.choices)
              .map(({ name }) => name)
              .join(', '),
          ),
        },
      ]),
    note(say(reader, 'avoid.private')),
    avoided.length > 0 && {
      part: 'select',
      select: {
        id: forgiveSelect.encode({}),
        placeholder: say.plain(reader, 'avoid.take-back'),
        choices: avoided
          .slice(0, limits.choices)
          .map(({ id, name }) => ({ value: id, label: shortened(name, limits.choiceLabel) })),
      },
    },
  );
}
