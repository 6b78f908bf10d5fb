import { setTimeout as sleep } from 'node:timers/promises';
import type { CoalitionClock } from '../clock.ts';
import type { Ledger } from '../ledger.ts';
import { makePersonOnConsole } from '../people/on-console.ts';
import { makePersonOnDiscord } from '../people/on-discord.ts';
import { makePersonOnSlack } from '../people/on-slack.ts';
import type { Person, Told } from '../people/person.ts';
import type { Stage } from '../stage.ts';

/** The coalition of a run: its staff, who has an account on two platforms, and those who speak for a partner each. */
export type Coalition = {
  readonly stage: Stage;
  readonly clock: CoalitionClock;
  readonly ledger: Ledger;
  readonly ana: { readonly onSlack: Person; readonly onDiscord: Person };
  readonly voices: readonly Person[];
};

const names = ['Ben', 'Cleo', 'Dan', 'Eva', 'Finn', 'Gita', 'Hugo', 'Ines', 'Jon'];
const organisations = [
  ...['Clinic', 'Food Bank', 'Library', 'Mosque', 'School', 'Theatre', 'Hospice', 'Shelter', 'Garden'],
];
const platforms = ['slack', 'discord', 'slack', 'discord', 'console'] as const;
const codeIn = (text: string) => /[\dA-Z]{4}-[\dA-Z]{4}-[\dA-Z]{4}/.exec(text)?.[0] ?? '';

/** A Monday morning: everybody is there, nobody has joined. */
const firstHour = 8;
/** Long enough for every process to have looked what time it is. */
const followMs = 2_500;

/** Sets a coalition up in all three places and plans its week. Nothing goes wrong yet. */
export async function openCoalition(
  stage: Stage,
  clock: CoalitionClock,
  ledger: Ledger,
  size: number,
): Promise<Coalition> {
  await clock.moveTo(nextMonday(clock.now()));
  await sleep(followMs);
  const staff = { name: 'Ana', organisation: '' };
  const ana = {
    onSlack: makePersonOnSlack(stage.slack, staff),
    onDiscord: makePersonOnDiscord(stage.discord, staff),
  };
  const consoleUrl = () => stage.fleet.url('console');
  const installers = {
    discord: makePersonOnDiscord(stage.discord, { name: 'Installer', organisation: '' }),
    console: await makePersonOnConsole(consoleUrl, { name: 'Installer', organisation: '' }),
  };
  const { onSlack, onDiscord } = ana;
  await must(onSlack.runs('coalition setup', {}, 'form'));
  await must(onSlack.fills({ name: 'Ready by Five', zone: 'UTC', language: 'en' }, /is set up/));
  for (const installer of [installers.discord, installers.console]) {
    const code = codeIn(await must(onSlack.runs('coalition link', {}, /[\dA-Z]{4}-[\dA-Z]{4}-/)));
    await must(installer.runs('coalition link', { code }, /Ready by Five/));
  }
  const own = codeIn(await must(onSlack.runs('coalition link-me', {}, /[\dA-Z]{4}-[\dA-Z]{4}-/)));
  await must(onDiscord.runs('coalition link-me', { code: own }, /accounts are joined/));
  // Nobody is spared: what is looked at is whether messages arrive, not when people may be written to.
  await stage.server.rows(
    `update "Coalition" set "quietHoursStart" = '00:00', "quietHoursEnd" = '00:00', "workingDays" = '{1,2,3,4,5,6,7}'`,
  );
  await stage.server.rows(
    `insert into "Attention" ("coalitionId", "perWeek", "perDay", "asksInRow")
     select "id", 50, 20, 50 from "Coalition"`,
  );
  await planDigest(ana, stage);
  await describeMeasure(onSlack);

  const voices: Person[] = [];
  for (const [at, name] of names.slice(0, size).entries()) {
    const who = { name, organisation: organisations[at] ?? name };
    const on = platforms[at % platforms.length];
    if (on === 'slack') voices.push(makePersonOnSlack(stage.slack, who));
    else if (on === 'discord') voices.push(makePersonOnDiscord(stage.discord, who));
    else voices.push(await makePersonOnConsole(consoleUrl, who));
  }
  return { stage, clock, ledger, ana, voices };
}

async function planDigest({ onSlack, onDiscord }: Coalition['ana'], { discord }: Stage): Promise<void> {
  const when = { weekday: 'thursday', time: '09:00' };
  await must(onSlack.runs('digest schedule', { ...when, channel: '#digest' }, /Thursday/));
  await must(onDiscord.runs('digest schedule', { ...when, channel: discord.channels.digest }, /Thursday/));
}

async function describeMeasure(ana: Person): Promise<void> {
  const described = { name: 'Meals', purpose: 'To plan the winter', kind: 'number', unit: 'meals' };
  await must(ana.runs('data measure', {}, 'form'));
  await must(ana.fills(described, /Meals/));
  const draft = await ana.sees('Meals', 'Start asking');
  if (!draft) throw new Error('The draft of the measure is not there');
  await must(ana.presses('Start asking', draft, /is asked for from now on/));
}

/** While nothing goes wrong, everything is as expected. */
async function must(doing: Promise<Told>): Promise<string> {
  const { told, seen } = await doing;
  if (told !== 'as expected') throw new Error(`Setting up: ${told}: ${seen?.text ?? ''}`);
  return seen?.text ?? '';
}

function nextMonday(from: Date): Date {
  const days = (8 - from.getUTCDay()) % 7 || 7;
  return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate() + days, firstHour));
}
