import { expect } from 'vitest';
import type { Card } from '../../src/core/card.ts';
import type { Feature } from '../../src/core/command.ts';
import { reopen } from '../../src/core/corrections.ts';
import { splitItem } from '../../src/core/joined-id.ts';
import { pressName } from '../../src/core/press.ts';
import { registerFeatures } from '../../src/core/registry.ts';
import { makeMemory } from './apart/earlier.ts';
import { keepApart } from './apart/keep-apart.ts';
import { keepStoreCalls } from './apart/store-calls.ts';
import { listDue } from './apart/who-walks.ts';
import { openTestBot, type TestBot } from './bot.ts';
import { makeCoalition, type TestCoalition } from './coalition.ts';
import { type Crawl, makeCrawl } from './crawl.ts';
import { findCardProblems, findFormProblems } from './drawings.ts';
import { findInjected, findInjectedInForm } from './find-injected.ts';
import { forget } from './forgotten.ts';
import { liveOn } from './later-life.ts';
import { inputs } from './longest-inputs.ts';
import { inEveryStyle, letters, longName, partnerName } from './longest-letters.ts';
import { buttonsOf, type Person, type Reply } from './person.ts';

export const reader = { language: 'en', timeZone: 'America/Argentina/ComodRivadavia' };
const many = (count: number, length: number) =>
  Array.from({ length: count }, (_, n) => longName(`${n}`, length));

/** Presses what has to be there, by its label or public name, and fills the form of it; that has to be taken. */
export async function does(
  person: Person,
  what: string,
  on: { readonly card: Card | null } | undefined,
  values?: Readonly<Record<string, string>>,
): Promise<Reply> {
  const all = on?.card ? buttonsOf(on.card) : [];
  const button = all.find(({ id, label }) => label === what || pressName(id) === what);
  if (!button)
    throw new Error(`No ${what} for ${person.name}, only: ${all.map((each) => each.id).join(', ')}`);
  const pressed = await person.pressesId(button.id, [], { in: 'general' });
  const reply = values ? await person.fills(values) : pressed;
  expect(reply.refused, reply.text).toBeNull();
  expect(reply.text).not.toContain('Open it again');
  return reply;
}

export type LongestStage = {
  readonly bot: TestBot;
  readonly coalition: TestCoalition;
  readonly staff: Person;
  readonly voices: readonly Person[];
  readonly crawl: Crawl;
  /** Of the features, without those that come last. */
  readonly commands: readonly string[];
};

/** Plays in a coalition whose every name and sentence is as long as allowed, then draws all that anybody was shown. */
export async function playLongest(
  of: {
    features: readonly Feature[];
    /** Commands that end what the others are about. */
    last?: readonly string[];
    there?: readonly string[];
    timesEach?: number;
    mostSteps?: number;
    partners?: number;
    /** When it begins: before 2 March 2026 at 15:00 UTC, when the crawl's own times are still to come. */
    at?: string;
    /** Who else does everything: people by name, joined or not. */
    others?: readonly string[];
    /**
     * What may stay unreached, each with its reason. Chance (ids, seeds, what arrives first) leads a play to some of
     * it at times, so being reached is no fault; naming what there is not is.
     */
    except?: Readonly<Record<string, string>>;
    /** Another play of the same feature calls all its store functions. */
    besides?: true;
    /** Who is forgotten at the end, left out Voice 1: somebody who still has their account then. */
    forgets?: string;
  },
  play: (stage: LongestStage) => Promise<void>,
): Promise<void> {
  const bot = await openTestBot({ at: of.at ?? '2026-03-02T15:00:00Z' });
  const kept = keepStoreCalls();
  bot.messengers.console.allowGroups();
  const coalition = await makeCoalition(bot, {
    name: longName('C', 80),
    timeZone: reader.timeZone,
    staff: ['Staff 1', 'Staff 2'],
    partners: Array.from({ length: of.partners ?? 5 }, (_, n) => n + 1).map((n) => ({
      name: partnerName(n),
      sector: longName(`S${n % 2}`, 60),
      does: letters(300),
      offers: many(5, 50),
      needs: many(5, 50),
      spotlightConsent: true,
      joinedAt: '2025-01-01T12:00:00Z',
      voices: [`Voice ${n}`, `Alternate ${n}`],
      members: [`Member ${n}`],
    })),
  });
  const { workspaceId, id: coalitionId } = coalition;
  const memory = await makeMemory(bot.databaseUrl, coalitionId);
  kept.rememberBy(memory, coalitionId);
  await bot.database.place.create({
    data: { coalitionId, workspaceId, ref: 'general', name: letters(80) },
  });
  for (const [n, member] of (await bot.database.member.findMany({ orderBy: { id: 'asc' } })).entries()) {
    await bot.database.member.update({ where: { id: member.id }, data: { name: longName(`M${n}`, 100) } });
  }
  const [staff, ...voices] = ['Staff 1', 'Voice 1', 'Voice 2'].map((who) => coalition.person(who));
  if (!staff) throw new Error('Nobody is on staff');
  const others = (of.others ?? []).map((who) => coalition.person(who));
  const crawl = makeCrawl(bot, [staff, ...voices, ...others], {
    inputs,
    there: of.there ?? ['1', partnerName(2)],
    timesEach: of.timesEach ?? 3,
    mostSteps: of.mostSteps ?? 2000,
  });
  const commands = of.features
    .flatMap((each) => each.commands.map((command) => command.name))
    .filter((each) => !of.last?.includes(each));
  await play({ bot, coalition, staff, voices, crawl, commands });
  await crawl.sayAll(of.last ?? []);
  await crawl.doTheDangerous();
  const all = listAll(of.features);
  const reached = await listReached(bot);
  const apart = await keepTwinApart(bot, coalition, kept, of);
  await memory.end();
  await bot.end();
  expect(apart.remembered).toEqual([]);
  expect(apart.problems).toEqual([]);
  expect(findProblems(bot)).toEqual([]);
  expect(findDead(bot)).toEqual([]);
  expect(bot.log.lines.filter(({ event }) => event.endsWith('.broken'))).toEqual([]);
  const except = Object.keys(of.except ?? {});
  expect(except.filter((each) => !all.includes(each))).toEqual([]);
  const unreached = all.filter((each) => !reached.has(each) && !except.includes(each));
  const why = unreached.map((each) => `${each}: ${bot.shown.did.get(each) ?? 'never shown'}`).join('\n');
  expect(unreached, why).toEqual([]);
  expect(apart.uncalled).toEqual([]);
}

/** A twin of the coalition beside it is neither read nor changed, and somebody who asks is forgotten. */
async function keepTwinApart(
  bot: TestBot,
  coalition: TestCoalition,
  kept: Parameters<typeof keepApart>[2]['kept'],
  of: { features: readonly Feature[]; besides?: true; forgets?: string },
) {
  const remembered: string[] = [];
  const apart = await keepApart(bot, coalition, {
    kept,
    features: of.features,
    due: of.besides ? [] : of.features.flatMap(({ name }) => listDue(name)),
    async meanwhile() {
      await liveOn(bot, coalition, of.features);
      remembered.push(...(await forget(bot, coalition, of.forgets ?? 'Voice 1')));
    },
  });
  return { ...apart, remembered };
}

function findProblems({ shown }: TestBot): string[] {
  const found = [...shown.all.values()].flatMap((drawn) =>
    'card' in drawn
      ? inEveryStyle(drawn.card).flatMap(([style, card]) =>
          [...findCardProblems(card, drawn.reader), ...findInjected(card, drawn.reader)].map(
            (problem) => `${style}: ${problem}: ${begin(card)}`,
          ),
        )
      : inEveryStyle(drawn.form).flatMap(([style, form]) =>
          [...findFormProblems(form, drawn.reader), ...findInjectedInForm(form, drawn.reader)].map(
            (problem) => `${style}: ${problem}: ${form.id}`,
          ),
        ),
  );
  return [...new Set(found)];
}

/** Buttons and selects that lead nowhere, because what stands in their address is not what is read from it. */
function findDead({ shown, dispatch }: TestBot): string[] {
  const cards = [...shown.all.values()].flatMap((drawn) => ('card' in drawn ? [drawn.card] : []));
  const selects = cards.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.part === 'select' ? [part.select.id] : [])),
  );
  const ids = [...cards.flatMap(buttonsOf).map(({ id }) => id), ...selects];
  const pressOf = (name: string) =>
    name === reopen.name ? reopen : dispatch.registry.buttons.get(name)?.definition.press;
  const isRead = (id: string) => pressOf(pressName(id))?.decode(splitItem(id).address);
  return [...new Set(ids.filter((id) => !isRead(id)))];
}

const begin = (card: unknown) => JSON.stringify(card).slice(0, 300);

/** What somebody did without being refused, and what happened by itself. */
async function listReached(bot: TestBot): Promise<ReadonlySet<string>> {
  const postings = await bot.database.posting.findMany({ distinct: ['view'], select: { view: true } });
  return new Set([
    ...[...bot.shown.did].filter(([, refusal]) => refusal === null).map(([each]) => each),
    ...postings.map(({ view }) => `view ${view}`),
  ]);
}

/** What there is to do in the features, and what happens in them by itself. */
function listAll(features: readonly Feature[]): readonly string[] {
  const registry = registerFeatures(features);
  return [
    ...[...registry.commands.keys()].map((each) => `/${each}`),
    ...[...registry.buttons.keys()].map((each) => `button ${each}`),
    ...[...registry.forms.keys()].map((each) => `form ${each}`),
    ...features.flatMap(({ jobs }) => jobs.map(({ kind }) => `job ${kind}`)),
    ...features.flatMap(({ views }) => views.map((view) => `view ${view.id}`)),
    ...features.flatMap(({ longWork }) => longWork.map(({ kind }) => `long work ${kind}`)),
  ];
}
