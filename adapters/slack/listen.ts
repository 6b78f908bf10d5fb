import type { AckFn, App } from '@slack/bolt';
import { z } from 'zod';
import type { Bot } from '../../bot.ts';
import { type Answer, refused } from '../../src/core/answer.ts';
import type { Asked } from '../../src/core/asked.ts';
import { card } from '../../src/core/card.ts';
import type { Plan } from '../../src/core/dispatch.ts';
import { PersonError } from '../../src/core/errors.ts';
import type { Incoming } from '../../src/core/incoming.ts';
import type { Reader } from '../../src/core/reader.ts';
import { within } from '../../src/core/within.ts';
import { drawAnswer } from '../../src/delivery/draw-for.ts';
import type { SlackAccount, SlackAccounts } from './accounts.ts';
import { type Answering, tellAnswer } from './answer.ts';
import type { TextScope } from './draw-text.ts';
import { homeCommand, publishHome } from './home.ts';
import { recordRemoved } from './installation-store.ts';
import { deliveryEvent, type Receipts } from './receipts.ts';
import {
  type Delivery,
  type HomeTeam,
  receiveAction,
  receiveCommand,
  receiveHome,
  receiveSubmission,
} from './receive.ts';
import type { Tokens } from './tokens.ts';

type Listening = {
  readonly bot: Bot;
  readonly accounts: SlackAccounts;
  readonly answering: Answering;
  readonly receipts: Receipts;
  readonly tokens: Tokens;
  homeTeam(): HomeTeam;
  fetchText(file: Delivery['files'][number], teamId: string, reader: Reader): Promise<string>;
};

/** A form's trigger lives three seconds: who it is may take a part of that, and no more. */
const askWhoWithinMs = 700;

/** Joins Bolt's listeners to the core. Everything is acknowledged before anything is looked up. */
export function listen(app: App, listening: Listening): { finish(): Promise<void> } {
  const { bot, receipts } = listening;
  const { log } = bot.tools;
  const working = new Set<Promise<void>>();

  /** Work that goes on after Slack has its acknowledgement, and that stopping waits for. */
  function begin(work: Promise<void>): Promise<void> {
    const safe = work.catch((error) => log.error({ error }, 'slack.broken'));
    working.add(safe);
    return safe.finally(() => working.delete(safe));
  }

  /** The same, but Slack is not told that we heard when it failed, so that it tells us again. */
  async function beginToKeep(work: Promise<void>): Promise<void> {
    await Promise.all([begin(work), work]);
  }

  app.command(/.*/, async ({ body, ack }) => {
    await begin(handle(receiveCommand(body, listening.homeTeam()), ack, listening));
  });
  app.action(/.*/, async ({ body, ack }) => {
    await begin(handle(receiveAction(body, listening.homeTeam()), ack, listening));
  });
  app.view({ callback_id: /.*/, type: 'view_submission' }, async ({ body, ack }) => {
    await begin(handle(receiveSubmission(body, listening.homeTeam()), ack, listening));
  });
  app.event('app_home_opened', async ({ body }) => {
    const delivery = receiveHome(body, homeCommand, listening.homeTeam());
    if (delivery) await begin(showHome(delivery, listening));
  });
  app.event('message_metadata_posted', async ({ body }) => {
    const receipt = readReceipt(body, listening.homeTeam());
    if (receipt) await beginToKeep(receipts.record(receipt));
  });
  app.event('app_uninstalled', async ({ body }) => {
    await beginToKeep(removed(body, listening));
  });
  app.event('tokens_revoked', async ({ body }) => {
    // Revoked tokens of people are none of ours: we hold only the bot's.
    if (revokedBody.parse(body).event.tokens.bot?.length) await beginToKeep(removed(body, listening));
  });
  app.error(async (error) => {
    log.error({ error }, 'slack.listener');
    throw error;
  });

  return {
    finish: async () => {
      await Promise.all(working);
    },
  };
}

async function handle(delivery: Delivery, ack: AckFn<never>, listening: Listening): Promise<void> {
  const { bot, accounts, answering } = listening;
  const { route, files } = delivery;
  const known = accounts.known(route.teamId, route.userId);
  const plan = bot.dispatch.plan(withAccount(delivery.incoming, known));

  if (delivery.incoming.act === 'submit' && files.length === 0 && plan.problems) {
    await (ack as AckFn<object>)({ response_action: 'errors', errors: plan.problems });
    return;
  }
  // Slack delivers again what it has no acknowledgement for, so losing one loses nothing.
  await ack().catch((error) => bot.tools.log.warn({ error }, 'slack.ack-lost'));

  const found = known ?? (await within(accounts.find(route.teamId, route.userId), askWhoWithinMs));
  const account = found === 'late' ? null : found;
  let incoming: Incoming;
  try {
    incoming = await withFiles(delivery, listening, readerOf(account));
  } catch (error) {
    if (!(error instanceof PersonError)) throw error;
    const unread = refused(error.code, error.words);
    const scope = { reader: readerOf(account), accounts: new Map() };
    const told = { answer: unread, acknowledged: plan.acknowledge, route, scope, asked: null };
    return tellAnswer(told, answering);
  }
  // Read once where nothing was learnt since.
  const whole = account === known && incoming === delivery.incoming ? plan : null;
  const { answer, scope, asked } = await run(withAccount(incoming, account), listening, whole);
  if (answer === 'duplicate') return;
  await tellAnswer({ answer, acknowledged: plan.acknowledge, route, scope, asked }, answering);
  if (route.home) await refreshHome(delivery, listening);
}

/** Runs it, and finds out what its answer needs to be drawn for whoever asked. */
async function run(
  incoming: Incoming,
  { bot }: Listening,
  planned: Plan | null = null,
): Promise<{ answer: Answer | 'duplicate'; scope: TextScope; asked: Asked | null }> {
  const plan = planned ?? bot.dispatch.plan(incoming);
  const answer = await plan.run();
  const shown = answer !== 'duplicate' && answer.answer === 'card' ? answer.card : card();
  const asked = plan.asked();
  return { answer, asked, scope: await drawAnswer(bot.tools, asked, shown) };
}

async function withFiles(delivery: Delivery, listening: Listening, reader: Reader): Promise<Incoming> {
  const { incoming, files, route } = delivery;
  if (incoming.act !== 'submit' || files.length === 0) return incoming;
  const values: Record<string, string> = { ...incoming.values };
  for (const file of files) values[file.field] = await listening.fetchText(file, route.teamId, reader);
  return { ...incoming, values };
}

async function showHome(delivery: Delivery, listening: Listening): Promise<void> {
  const { accounts, answering } = listening;
  const { route } = delivery;
  const account = await accounts.find(route.teamId, route.userId);
  const { answer, scope } = await run(withAccount(delivery.incoming, account), listening);
  if (answer !== 'duplicate') await publishHome(answer, route, scope, answering);
}

/** After something was pressed in the App Home, it shows what came of it. */
async function refreshHome(delivery: Delivery, listening: Listening): Promise<void> {
  const [name = '', ...typed] = homeCommand.split(' ');
  const { platform, workspace, account, place, deliveryKey } = delivery.incoming;
  const incoming: Incoming = {
    ...{ platform, workspace, account, place },
    deliveryKey: `${deliveryKey}:home`,
    act: 'command',
    name,
    typed: typed.join(' '),
  };
  await showHome({ ...delivery, incoming, files: [] }, listening);
}

function withAccount(incoming: Incoming, account: SlackAccount | null): Incoming {
  if (!account) return incoming;
  const { name, language, timeZone } = account;
  return {
    ...incoming,
    account: {
      ref: incoming.account.ref,
      name: name || incoming.account.name,
      ...(language ? { language } : {}),
      ...(timeZone ? { timeZone } : {}),
    },
  };
}

const readerOf = (account: SlackAccount | null): Reader => ({
  language: account?.language ?? 'en',
  timeZone: account?.timeZone ?? 'UTC',
});

const eventBody = z.object({ team_id: z.string(), event_time: z.number().optional() });
const revokedBody = z.object({
  event: z.object({ tokens: z.object({ bot: z.array(z.string()).optional() }) }),
});
const receiptBody = z.object({
  team_id: z.string(),
  api_app_id: z.string(),
  event: z.object({
    app_id: z.string(),
    channel_id: z.string(),
    message_ts: z.string(),
    metadata: z.object({
      event_type: z.literal(deliveryEvent),
      event_payload: z.object({ delivery_id: z.string().max(100) }),
    }),
  }),
});

/** Null for another app's message: anybody may write metadata that looks like ours. */
function readReceipt(body: unknown, home: HomeTeam): Parameters<Receipts['record']>[0] | null {
  const { success, data } = receiptBody.safeParse(body);
  if (!success || data.event.app_id !== data.api_app_id) return null;
  const { channel_id, message_ts, metadata } = data.event;
  return {
    deliveryId: metadata.event_payload.delivery_id,
    teamId: home?.id ?? data.team_id,
    channel: channel_id,
    ts: message_ts,
  };
}

async function removed(body: unknown, { bot, tokens }: Listening): Promise<void> {
  const { team_id, event_time } = eventBody.parse(body);
  await recordRemoved(bot.tools, team_id, new Date((event_time ?? Date.now() / 1000) * 1000));
  tokens.forget(team_id);
}
