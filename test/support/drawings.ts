import { drawCard as drawForConsole } from '../../adapters/console/draw-card.ts';
import { drawForm as drawConsoleForm } from '../../adapters/console/draw-form.ts';
import { drawCard as drawForDiscord } from '../../adapters/discord/draw-card.ts';
import { drawForm as drawDiscordForm } from '../../adapters/discord/draw-form.ts';
import { drawCard as drawForSlack } from '../../adapters/slack/draw-card.ts';
import { drawForm as drawSlackForm } from '../../adapters/slack/draw-form.ts';
import type { OpenForm } from '../../src/core/answer.ts';
import type { Card } from '../../src/core/card.ts';
import { limits } from '../../src/core/limits.ts';
import type { Reader } from '../../src/core/reader.ts';
import { messageProblems, modalProblems } from './discord/missing-rules.ts';
import { openOfficialSpec } from './discord/official-spec.ts';
import type { MessageBody, Modal } from './discord/world.ts';
import { findBlockProblems, findViewProblems } from './slack/block-rules.ts';

/**
 * Draws cards and forms as every platform does, and says what that platform would refuse: Slack's limits as the peer
 * enforces them, Discord's official file with the rules it lacks. Empty when all of them take it.
 */
export function findCardProblems(card: Card, reader: Reader): string[] {
  const accounts = new Map();
  return [
    ...attempt('Slack', () => {
      const { blocks, text } = drawForSlack(card, { reader, accounts, files: 'here' });
      return [...findBlockProblems(blocks, 'message'), ...(text.length > 40_000 ? ['msg_too_long'] : [])];
    }),
    ...attempt('Discord', () => {
      const { body, files } = drawForDiscord({ card, reader, accounts });
      const names = files.map(({ name }) => name);
      // As discord.js sends it: what is not defined is not there.
      const sent = JSON.parse(JSON.stringify(body)) as MessageBody;
      return [
        ...(spec()?.check('POST', '/channels/{channel_id}/messages', sent) ?? []),
        ...messageProblems(sent, names, true),
      ];
    }),
    ...attempt('the console', () => {
      const viewer = { reader, accounts, account: 'ana', now: new Date(0), fileHref: String };
      drawForConsole(card, viewer);
      return [];
    }),
  ];
}

/**
 * The same card with an address of its own for every control, as long as it was: for cards made of one row many times,
 * which platforms would refuse for the sameness alone.
 */
export function withOwnIds(card: Card): Card {
  let made = 0;
  const own = (address: string) => {
    made += 1;
    return address.slice(0, -3) + String(made).padStart(3, '0');
  };
  const parts = card.parts.map((part) => {
    if (part.part === 'buttons') {
      return { ...part, buttons: part.buttons.map((button) => ({ ...button, id: own(button.id) })) };
    }
    if (part.part !== 'select') return part;
    const choices = part.select.choices.map((each) => ({ ...each, value: own(each.value) }));
    return { ...part, select: { ...part.select, id: own(part.select.id), choices } };
  });
  return { ...card, parts };
}

export function findFormProblems(form: OpenForm, reader: Reader): string[] {
  const where = { teamId: 'T0000000001', place: null };
  return [
    ...attempt('Slack', () => findViewProblems(drawSlackForm(form, reader, JSON.stringify(where)))),
    ...attempt('Discord', () => {
      // What does not fit is kept aside by the adapter and asked for again.
      const fitting = { ...form, fields: form.fields.slice(0, limits.formFields) };
      const modal = JSON.parse(JSON.stringify(drawDiscordForm(fitting, reader))) as Modal;
      const callback = '/interactions/{interaction_id}/{interaction_token}/callback';
      return [...(spec()?.check('POST', callback, { type: 9, data: modal }) ?? []), ...modalProblems(modal)];
    }),
    ...attempt('the console', () => {
      drawConsoleForm(form, { in: 'general', on: null }, { people: [], places: [] });
      return [];
    }),
  ];
}

function attempt(platform: string, draw: () => readonly string[]): string[] {
  try {
    return draw().map((problem) => `${platform}: ${problem}`);
  } catch (error) {
    return [`${platform}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

let opened: ReturnType<typeof openOfficialSpec> | undefined;
function spec() {
  opened ??= openOfficialSpec();
  return opened;
}
