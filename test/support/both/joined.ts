import { features } from '../../../src/features/all.ts';
import type { Seen } from '../../adapters/contract.ts';
import { type Both, openBoth } from './under-test.ts';

const codeIn = (text: string) => /[\dA-Z]{4}-[\dA-Z]{4}-[\dA-Z]{4}/.exec(text)?.[0] ?? '';

/** A coalition in both places that people have joined themselves. Ana is its staff and has an account in each. */
export type Joined = Both & {
  /** What somebody on Slack sees next after they have done something. */
  next(name: string, does: () => Promise<unknown>): Promise<Seen>;
  /** Opens a form on Slack and fills it; what comes next is the answer. */
  fillsOnSlack(
    name: string,
    opens: () => Promise<unknown>,
    values: Readonly<Record<string, string>>,
  ): Promise<Seen>;
};

/** @param people who speaks for which organisation, and where they are */
export async function openJoined(
  people: readonly { name: string; organisation: string; on: 'slack' | 'discord' }[],
): Promise<Joined> {
  const both = await openBoth({ features });

  async function next(name: string, does: () => Promise<unknown>): Promise<Seen> {
    const person = both.onSlack(name);
    const before = person.screen().length;
    await does();
    return both.slack.until(() => person.screen()[before], `an answer to ${name}`);
  }
  const fillsOnSlack: Joined['fillsOnSlack'] = async (name, opens, values) => {
    const person = both.onSlack(name);
    await opens();
    await both.slack.until(() => person.form(), `a form for ${name}`);
    return next(name, () => person.fills(values));
  };

  const ana = both.onSlack('Ana');
  const setup = { name: 'Ready by Five', zone: 'UTC', language: 'en' };
  await fillsOnSlack('Ana', () => ana.says('/coalition setup'), setup);
  const link = await next('Ana', () => ana.says('/coalition link'));
  await both.onDiscord('Installer').runs('coalition link', { code: codeIn(link.text) });
  const own = await next('Ana', () => ana.says('/coalition link-me'));
  await both.onDiscord('Ana').runs('coalition link-me', { code: codeIn(own.text) });
  for (const { name, organisation, on } of people) {
    const joining = { organisation, standing: 'representative', zone: 'UTC' };
    if (on === 'slack') await fillsOnSlack(name, () => both.onSlack(name).says('/coalition join'), joining);
    else {
      const person = both.onDiscord(name);
      await person.fills(joining, await person.runs('coalition join'));
    }
  }
  return { ...both, next, fillsOnSlack };
}
