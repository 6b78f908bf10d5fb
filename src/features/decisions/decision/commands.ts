import { refused, shown } from '../../../core/answer.ts';
import { buttons, type Card, card, heading, list, note, type Part, paragraph } from '../../../core/card.ts';
import { defineButton, defineCommand } from '../../../core/command.ts';
import { optional, text, wholeNumber } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import { instant } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { reasonParts } from '../closing/cards.ts';
import { groupedReasons } from '../closing/jobs.ts';
import { correctPress, doneParts, statePress } from '../outcome/cards.ts';
import { listEntries, listReasons } from '../register/store.ts';
import { markText } from '../voting/cards.ts';
import type { By } from '../voting/forms.ts';
import { wordOfMark } from '../voting/rules.ts';
import { findBallot, findVoiceOf, listBallots, listSilent, listWaitingFor } from '../voting/store.ts';
import { say } from '../words.ts';
import {
  agreedParts,
  drawDecision,
  endingSentence,
  fitted,
  mayShowTotals,
  showPress,
  tallyPart,
  titleOf,
} from './cards.ts';
import { type Decision, findDecisionNumbered, findTally, listDecisions } from './store.ts';

const mostListed = 10;
const mostNamed = 40;

/** Open decisions first, then the record; with words, a search of it. */
export const listCommand = defineCommand({
  name: 'decide list',
  bare: true,
  answers: 'privately',
  by: 'member',
  options: { about: optional(text({ max: 80 })) },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const about = options.about ? { about: options.about } : {};
    const open = await listDecisions(tools.database, coalition.id, {
      ...about,
      states: ['open'],
      most: mostListed,
    });
    const made = await listDecisions(tools.database, coalition.id, {
      ...about,
      states: ['closed'],
      most: mostListed,
    });
    if (open.length + made.length === 0)
      return shown(card(paragraph(say(reader, options.about ? 'list.nothing-found' : 'list.nothing'))));
    const parts = [
      heading(say.plain(reader, 'list.title')),
      note(say(reader, 'list.next')),
      open.length > 0 && note(say(reader, 'list.open')),
      open.length > 0 && list(open.map((each) => lineOf(each, coalition, asked))),
      made.length > 0 && note(say(reader, 'list.made')),
      made.length > 0 && list(made.map((each) => lineOf(each, coalition, asked))),
    ];
    return shown(fitted(parts, reader));
  },
});

function lineOf(of: Decision, coalition: Coalition, { reader }: Pick<By, 'reader'>) {
  const title = { bold: [titleOf(of, reader)] };
  if (of.state === 'open') {
    const closes = instant(of.closesAt, coalition.timeZone);
    return say(reader, 'list.line-open', { title, closes });
  }
  return [title, ': ', ...endingSentence(of, coalition, reader)];
}

export const show = defineCommand({
  name: 'decide show',
  answers: 'privately',
  by: 'member',
  options: { decision: wholeNumber({ least: 1 }) },
  run: ({ options, asked, tools }) => showNumbered(options.decision, asked, tools),
});

export const showButton = defineButton({
  press: showPress,
  answers: 'privately',
  by: 'member',
  run: ({ payload, asked, tools }) => showNumbered(payload.number, asked, tools),
});

async function showNumbered(number: number, asked: By, tools: Tools) {
  const { coalition, reader } = asked;
  const of = await findDecisionNumbered(tools.database, coalition.id, number);
  if (!of) return refused('decisions.unknown', say(reader, 'refused.unknown', { number }));
  return shown(await pageOf(of, asked, tools));
}

/** Everything this member may see of a decision. */
async function pageOf(of: Decision, asked: By, tools: Tools): Promise<Card> {
  const { coalition, member, reader } = asked;
  const tally = await findTally(tools.database, coalition.id, of.id);
  const voice = await findVoiceOf(tools.database, coalition.id, of.id, {
    partnerId: member.partner?.id ?? null,
    memberId: member.id,
  });
  const ballot = voice && (await findBallot(tools.database, coalition.id, voice.id));
  const to = ballot ? 'voter' : 'everybody';
  const seen = mayShowTotals(of, to);
  const drawn = drawDecision(of, tally, coalition, reader);
  const parts: (Part | null | false)[] = drawn.parts.filter((part) => part.part !== 'buttons');
  if (seen && !mayShowTotals(of, 'everybody')) parts.push(tallyPart(of, tally, reader));
  if (of.state !== 'open') parts.push(...agreedParts(of, reader).slice(0, 2));
  if (seen && !of.terms.anonymous) parts.push(...(await votesParts(of, asked, tools)));
  if (of.terms.anonymous && of.state === 'closed') {
    const reasons = await listReasons(tools.database, coalition.id, of.id);
    parts.push(
      ...reasonParts(
        reasons.map((each) => ({ label: null, text: each.text })),
        reader,
      ),
    );
  }
  if (of.state === 'open' && member.standing === 'backbone')
    parts.push(...(await silentParts(of, asked, tools)));
  parts.push(...(await correctionParts(of, asked, tools)), ...doneParts(of, mayWrite(of, member), reader));
  const decider = of.terms.rule.rule === 'advice' && of.terms.rule.decider === member.id;
  if (of.state === 'closed' && (mayWrite(of, member) || decider)) {
    parts.push(
      buttons(
        { id: statePress.encode({ decision: of.id }), label: say.plain(reader, 'button.statement') },
        { id: correctPress.encode({ decision: of.id }), label: say.plain(reader, 'button.correct') },
      ),
    );
  }
  parts.push(...(of.state === 'open' ? drawn.parts.filter((part) => part.part === 'buttons') : []));
  return fitted(parts, reader);
}

export function mayWrite(of: Decision, member: Member): boolean {
  return member.standing === 'backbone' || of.openedById === member.id;
}

/** Who said what, and why: only where the terms said so from the start. */
async function votesParts(of: Decision, { coalition, reader }: By, tools: Tools): Promise<Part[]> {
  const cast = await listBallots(tools.database, of, mostNamed);
  if (cast.length === 0) return [];
  const lines = cast.map(({ voice, ballot }) =>
    say(reader, ballot.spoken ? 'show.spoken' : 'show.vote', {
      voice: voice.name,
      mark: markText(ballot.mark, of, reader),
    }),
  );
  // After the close the kept reasons are shown, so that one that was taken back is gone here too.
  const kept = of.state === 'closed' ? await listReasons(tools.database, coalition.id, of.id) : null;
  const reasons = cast.map(({ voice, ballot }) => ({
    name: voice.name,
    key: wordOfMark(ballot.mark) ?? '',
    text: kept ? (kept.find((each) => each.voiceId === voice.id)?.text ?? '') : ballot.reason,
  }));
  return [list(lines), ...reasonParts(groupedReasons(reasons, of, reader), reader)];
}

/** For staff: who has not answered. Never how anybody did. */
async function silentParts(of: Decision, { reader }: By, tools: Tools): Promise<Part[]> {
  const silent = await listSilent(tools.database, of, mostNamed);
  if (silent.length === 0) return [];
  return [note(say(reader, 'show.silent', { names: silent.map(({ name }) => name).join(', ') }))];
}

async function correctionParts(of: Decision, { coalition, reader }: By, tools: Tools): Promise<Part[]> {
  if (of.state === 'open') return [];
  const entries = await listEntries(tools.database, coalition.id, { decisionId: of.id });
  return entries
    .filter((entry) => entry.kind === 'correction')
    .map((entry) => {
      const { text: said = '' } = JSON.parse(entry.body) as { text?: string };
      const at = instant(entry.at, coalition.timeZone);
      return note(say(reader, 'show.correction', { at, text: said, entry: entry.position }));
    });
}

/** What waits for my organisation. */
export const mine = defineCommand({
  name: 'decide mine',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { reader } = asked;
    const parts = await waitingParts(asked.coalition, asked.member, reader, tools);
    return shown(card(...(parts.length > 0 ? parts : [paragraph(say(reader, 'mine.nothing'))])));
  },
});

export async function waitingParts(
  coalition: Coalition,
  member: Member,
  reader: By['reader'],
  tools: Tools,
): Promise<Part[]> {
  const waiting = await listWaitingFor(tools.database, coalition.id, member);
  if (waiting.length === 0) return [];
  return [
    heading(say.plain(reader, 'mine.title', { count: waiting.length })),
    list(
      waiting.map((each) =>
        say(reader, 'list.line-open', {
          title: { bold: [titleOf(each, reader)] },
          closes: instant(each.closesAt, coalition.timeZone),
        }),
      ),
    ),
    buttons(
      ...waiting.slice(0, 5).map(({ number }) => ({
        id: showPress.encode({ number }),
        label: say.plain(reader, 'button.show', { number }),
      })),
    ),
  ];
}
