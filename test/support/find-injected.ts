import { drawCard as drawForDiscord } from '../../adapters/discord/draw-card.ts';
import { drawForm as drawDiscordForm } from '../../adapters/discord/draw-form.ts';
import { drawCard as drawForSlack } from '../../adapters/slack/draw-card.ts';
import { drawForm as drawSlackForm } from '../../adapters/slack/draw-form.ts';
import { escapeMrkdwn } from '../../adapters/slack/draw-text.ts';
import type { OpenForm } from '../../src/core/answer.ts';
import type { Card } from '../../src/core/card.ts';
import { limits } from '../../src/core/limits.ts';
import type { Reader } from '../../src/core/reader.ts';
import { findActingInDiscord } from './discord/find-acting.ts';
import type { MessageBody } from './discord/world.ts';
import { findActing } from './slack/read-blocks.ts';

/** What in a card would call somebody, lead elsewhere than it says, or be markup, and is not the card's own link. */
export function findInjected(card: Card, reader: Reader): string[] {
  const accounts = new Map();
  const links = linksIn(card);
  const { blocks, text } = drawForSlack(card, { reader, accounts, files: 'here' });
  const meant = links.map((link) => `<${escapeMrkdwn(link)}|`);
  const onSlack = findActing({ text, blocks: asSent(blocks) }).filter(
    (found) => !meant.some((each) => found.startsWith(each)),
  );
  const { body } = drawForDiscord({ card, reader, accounts });
  const targets = links.map((link) => new URL(link).href.replaceAll('(', '%28').replaceAll(')', '%29'));
  const onDiscord = findActingInDiscord(asSent(body) as unknown as MessageBody, [], targets);
  return [...onSlack.map((found) => `Slack: ${found}`), ...onDiscord.map((found) => `Discord: ${found}`)];
}

export function findInjectedInForm(form: OpenForm, reader: Reader): string[] {
  const where = JSON.stringify({ teamId: 'T0000000001', place: null });
  const view = drawSlackForm(form, reader, where);
  const onSlack = findActing({ text: '', blocks: [asSent(view)] });
  const fitting = { ...form, fields: form.fields.slice(0, limits.formFields) };
  const modal = asSent(drawDiscordForm(fitting, reader)) as unknown as MessageBody;
  const onDiscord = findActingInDiscord({ ...modal, allowed_mentions: { parse: [] } }, []);
  return [...onSlack.map((found) => `Slack: ${found}`), ...onDiscord.map((found) => `Discord: ${found}`)];
}

/** As a client library sends it: what is not defined is not there. */
const asSent = <T>(drawn: T): T => JSON.parse(JSON.stringify(drawn)) as T;

function linksIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linksIn);
  if (typeof value !== 'object' || value === null) return [];
  const { link } = value as { link?: unknown };
  const own = typeof link === 'string' && /^https?:/i.test(link) && URL.canParse(link) ? [link] : [];
  return [...own, ...Object.values(value).flatMap(linksIn)];
}
