import {
  buttons,
  type Card,
  type CardButton,
  card,
  heading,
  list,
  note,
  type Part,
  paragraph,
  toned,
} from '../../../core/card.ts';
import { fitCard } from '../../../core/fit-card.ts';
import type { View } from '../../../core/ports.ts';
import { count, id, press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant, type Text } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { markKind, positionsOf } from '../counting/rules.ts';
import {
  nudgeSentence,
  quorumSentence,
  ruleSentence,
  visibilitySentence,
  voicesSentence,
} from '../terms/cards.ts';
import { tallyKeys } from '../voting/rules.ts';
import { say } from '../words.ts';
import { type Decision, type DecisionId, findDecision, findTally, type Tally } from './store.ts';

const decision = id<DecisionId>();
export const votePress = press('decide.vote', { decision, mark: word });
export const reasonedPress = press('decide.reasoned', { decision, mark: word });
export const marksPress = press('decide.marks', { decision });
export const secretPress = press('decide.secret', { decision });
export const minePress = press('decide.own', { decision });
export const showPress = press('decide.look', { number: count });

/** The live card: one tally, drawn wherever the decision stands. */
export const decisionView: View = {
  id: 'decisions.card',
  async draw(subject, { tools, coalition, reader }) {
    const found = await findDecision(tools.database, coalition.id, subject as DecisionId);
    if (!found || found.state === 'draft') return null;
    const tally = await findTally(tools.database, coalition.id, found.id);
    return drawDecision(found, tally, coalition, reader);
  },
};

export function titleOf({ number, question }: Pick<Decision, 'number' | 'question'>, reader: Reader): string {
  return number === 0 ? question : say.plain(reader, 'title', { number, question });
}

/** The card in a channel: what everybody there may see. */
export function drawDecision(of: Decision, tally: Tally | null, coalition: Coalition, reader: Reader): Card {
  const closes = instant(of.closesAt, coalition.timeZone);
  const open = of.state === 'open';
  const parts: (Part | null | false)[] = [
    heading(titleOf(of, reader)),
    of.background !== '' && paragraph([of.background]),
    of.options.length > 0 &&
      list(
        of.options.map((option) => [option]),
        true,
      ),
    ...(open ? agreedParts(of, reader) : []),
    open
      ? paragraph(
          of.extendedFrom
            ? say(reader, 'card.extended', { from: instant(of.extendedFrom, coalition.timeZone), closes })
            : say(reader, 'card.closes', { closes }),
        )
      : paragraph(endingSentence(of, coalition, reader)),
    {
      part: 'progress',
      label: say.plain(reader, 'card.answered'),
      done: of.result?.answered ?? tally?.answered ?? 0,
      total: of.voices,
    },
    mayShowTotals(of, 'everybody') ? tallyPart(of, tally, reader) : null,
    of.statement !== '' && paragraph([of.statement]),
    open && buttons(...voteButtons(of, reader)),
  ];
  return toned(card(...parts), open ? 'calm' : 'done');
}

/** As much as one message holds; whatever finds no room is named in one line. */
export const fitted = (all: readonly (Part | null | false)[], reader: Reader): Card =>
  fitCard(all, reader, say(reader, 'show.rest'));

/** What was agreed before anybody voted. */
export function agreedParts(of: Decision, reader: Reader): Part[] {
  const { terms } = of;
  const voices = of.state === 'draft' ? null : of.voices;
  return [
    paragraph(say(reader, 'card.rule', { rule: ruleSentence(terms.rule, reader) })),
    note(quorumSentence(terms, voices, reader)),
    note(voicesSentence(terms, reader)),
    note(visibilitySentence(terms, reader)),
    note(nudgeSentence(terms, reader)),
    ...(of.charter ? [paragraph(say(reader, 'card.charter', charterWords(of, reader)))] : []),
  ];
}

function charterWords(of: Decision, reader: Reader) {
  const rules = (of.charter?.rules ?? []).map((each) => say.plain(reader, `rule-name.${each}`)).join(', ');
  return { opener: of.charter?.mayOpen ?? 'staff', rules };
}

/** Whether running or final totals may be shown to everybody, or to somebody who has voted. */
export function mayShowTotals({ state, terms, result }: Decision, to: 'everybody' | 'voter'): boolean {
  if (state === 'withdrawn') return false;
  if (state === 'closed') return result?.count !== undefined;
  if (terms.anonymous) return false;
  return terms.visibility === 'open' || (terms.visibility === 'after-voting' && to === 'voter');
}

export function tallyPart(of: Decision, tally: Tally | null, reader: Reader): Part | null {
  const keys = tallyKeys(of.terms.rule, of.options.length);
  const final = of.result?.count?.totals.map(({ votes }) => BigInt(votes));
  const votes = final ?? tally?.counts ?? [];
  const options = keys.map((key, column) => ({
    label: keyLabel(key, of, reader),
    count: Number(votes[column] ?? 0n),
  }));
  const total = options.reduce((sum, option) => sum + option.count, 0);
  return options.length === 0 ? null : { part: 'tally', options, total };
}

/** What a column of the tally, or a button, is called. */
export function keyLabel(key: string, of: Pick<Decision, 'options' | 'terms'>, reader: Reader): string {
  if (/^\d+$/.test(key)) return of.options[Number(key)] ?? key;
  const own = `mark.${of.terms.rule.rule}.${key}`;
  return say.plain(reader, (say.has(own) ? own : `mark.${key}`) as 'mark.yes');
}

/** The buttons one answers with. An answer that needs a reason opens a form at once. */
export function voteButtons(of: Decision, reader: Reader): CardButton[] {
  const { rule } = of.terms;
  const own = { id: minePress.encode({ decision: of.id }), label: say.plain(reader, 'button.own') };
  if (of.terms.anonymous) {
    const label = say.plain(reader, 'button.secret');
    return [{ id: secretPress.encode({ decision: of.id }), label, look: 'primary' }];
  }
  const kind = markKind(rule);
  if (kind === 'ranking' || kind === 'points') {
    const label = say.plain(reader, `button.${kind}`);
    return [{ id: marksPress.encode({ decision: of.id }), label, look: 'primary' }, own];
  }
  const words = kind === 'option' ? of.options.map((_, option) => String(option)) : positionsOf(rule);
  const answers = [...words, 'abstain'].map((mark): CardButton => {
    const reasoned = mark === 'block' || (of.terms.reasons === 'required' && mark !== 'abstain');
    const address = reasoned ? reasonedPress : votePress;
    return { id: address.encode({ decision: of.id, mark }), label: keyLabel(mark, of, reader) };
  });
  return [...answers, own];
}

/** How it ended, in one sentence made from what was counted. */
export function endingSentence(of: Decision, coalition: Coalition, reader: Reader): Text {
  const { result } = of;
  const closed = instant(of.closedAt ?? of.closesAt, coalition.timeZone);
  if (of.state === 'withdrawn') return say(reader, 'ending.withdrawn', { closed });
  if (!result) return say(reader, 'card.closes', { closes: closed });
  const chosen = (result.count?.chosen ?? []).map((option) => of.options[option] ?? String(option));
  const ending = say(reader, `ending.${result.ending}`, {
    chosen: chosen.join(', '),
    lot: result.count?.byLot ? 'yes' : 'no',
    needed: result.needed,
    answered: result.answered,
    fewest: of.terms.fewest,
    decider: of.terms.rule.rule === 'advice' ? of.terms.rule.deciderName : '',
    sectors: result.shortSectors.map(({ sector }) => sector || say.plain(reader, 'sector.none')).join(', '),
    short: result.shortSectors.length,
  });
  const how = say(reader, `closed.${result.closedBy}`, { closed });
  const turnout = say(reader, 'ending.turnout', { answered: result.answered, voices: result.voices });
  return [...ending, ' ', ...turnout, ' ', ...how];
}
