import { randomBytes } from 'node:crypto';
import { type BaseInteraction, MessageFlags, type REST } from 'discord.js';
import { type Answer, type Answers, type OpenForm, refused } from '../../src/core/answer.ts';
import { type Card, card, paragraph } from '../../src/core/card.ts';
import { reopen } from '../../src/core/corrections.ts';
import type { Dispatch, Plan } from '../../src/core/dispatch.ts';
import type { Drawn, Messenger, Tools } from '../../src/core/ports.ts';
import { pressName } from '../../src/core/press.ts';
import type { Reader } from '../../src/core/reader.ts';
import type { Text } from '../../src/core/text.ts';
import { drawAnswer } from '../../src/delivery/draw-for.ts';
import { completed } from './complete.ts';
import { drawCard } from './draw-card.ts';
import { drawForm } from './draw-form.ts';
import { type LateForms, offerForm } from './late-forms.ts';
import type { Received } from './receive.ts';
import { type Replies, repliesTo } from './replies.ts';
import { sendInstead } from './send-instead.ts';
import type { SpareFields } from './spare-fields.ts';
import { isAcknowledged, isExpired, isOurBug } from './trouble.ts';
import { say } from './words.ts';

export type Answering = {
  readonly dispatch: Dispatch;
  readonly tools: Tools;
  /** The client for interactions. It may wait for its turn: somebody is waiting, and the queue is not. */
  readonly rest: REST;
  readonly messenger: Messenger;
  readonly lateForms: LateForms;
  readonly spareFields: SpareFields;
  readonly apiUrl: string | null;
};

/**
 * A form has to be the first response, so its handler runs before anything is acknowledged. After this long
 * the person is told to wait, and the form is offered by a button; the rest of the 3 seconds is for the way.
 */
const formWithinMs = 1_800;

/** What has been responded so far: nothing, an acknowledgement, or too late for either. */
type First = 'open' | 'acknowledged' | 'lost';

/** Acknowledges one interaction, runs what it asks for, and brings the answer. Never throws. */
export async function answerInteraction(
  interaction: BaseInteraction,
  received: Received,
  answering: Answering,
): Promise<void> {
  const { tools, dispatch } = answering;
  try {
    const first = dispatch.plan(received.incoming);
    const mode = modeOf(first, isFromMessage(interaction));
    const replies = repliesTo(interaction, answering.rest);
    const acknowledging = mode === 'with-form' ? null : acknowledge(replies, mode, tools);
    const running = run(received, first, answering);
    const state = await (acknowledging ?? untilLate(running, replies, tools));
    const { plan, answer } = await running;
    if (answer === 'duplicate') return;
    const told = { answer, mode, state, plan, interaction, received, replies };
    try {
      await tell(told, answering);
    } catch (error) {
      await tell({ ...told, answer: explain(error, received, tools) }, answering);
    }
  } catch (error) {
    tools.log.error({ error: error as Error }, 'discord.answer-lost');
  }
}

/** Our own bug, such as a card that cannot be drawn: logged once, and told with the same reference. */
function explain(error: unknown, received: Received, tools: Tools): Answer {
  const reference = randomBytes(4).toString('hex');
  tools.log.error({ error: error as Error, reference }, 'discord.broken');
  const { language = 'en' } = received.incoming.account;
  return refused('discord.broken', say({ language, timeZone: 'UTC' }, 'broken', { reference }));
}

type Told = {
  readonly answer: Answer;
  readonly mode: Answers;
  readonly state: First;
  readonly plan: Plan;
  readonly interaction: BaseInteraction;
  readonly received: Received;
  readonly replies: Replies;
};

const isFromMessage = (interaction: BaseInteraction) =>
  interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());

/** What is known to be wrong with the fields is told to the person alone, and no message changes for it. */
function modeOf(plan: Plan, fromMessage: boolean): Answers {
  if (plan.problems) return 'privately';
  return plan.acknowledge === 'by-updating' && !fromMessage ? 'privately' : plan.acknowledge;
}

/** Sent before any I/O of ours, while the plan is already running. */
async function acknowledge(
  replies: Replies,
  mode: Exclude<Answers, 'with-form'>,
  tools: Tools,
): Promise<First> {
  try {
    if (mode === 'by-updating') await replies.deferUpdate();
    else await replies.defer({ privately: mode === 'privately' });
    return 'acknowledged';
  } catch (error) {
    if (isAcknowledged(error)) return 'acknowledged';
    tools.log.warn({ error: error as Error, expired: isExpired(error) }, 'discord.acknowledge-failed');
    return 'lost';
  }
}

/** Waits for the answer with nothing acknowledged, and asks for patience when it does not come in time. */
async function untilLate(running: Promise<unknown>, replies: Replies, tools: Tools): Promise<First> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), formWithinMs);
  });
  const ended = await Promise.race([running, late]);
  clearTimeout(timer);
  return ended === 'late' ? acknowledge(replies, 'privately', tools) : 'open';
}

/** Runs the plan, once the files have been fetched and a direct message's workspace is known. Never throws. */
async function run(
  received: Received,
  first: Plan,
  { dispatch, tools, apiUrl }: Answering,
): Promise<{ plan: Plan; answer: Answer | 'duplicate' }> {
  try {
    if (received.files.size === 0 && !received.direct) return { plan: first, answer: await first.run() };
    const whole = await completed(received, { tools, apiUrl });
    if ('refused' in whole) return { plan: first, answer: whole.refused };
    const plan = dispatch.plan(whole.incoming);
    return { plan, answer: await plan.run() };
  } catch (error) {
    return { plan: first, answer: explain(error, received, tools) };
  }
}

async function tell(told: Told, answering: Answering): Promise<void> {
  const { answer, plan } = told;
  const { tools } = answering;
  const asked = plan.asked();
  const reader = asked?.reader ?? {
    language: told.received.incoming.account.language ?? 'en',
    timeZone: 'UTC',
  };

  if (answer.answer === 'form' && told.state === 'open') {
    const form = fitted(answer.form, told, answering);
    const sent = await attempt(() => told.replies.showForm(drawForm(form, reader)), tools);
    if (sent) return;
    // Discord let go of the interaction: the form waits behind a button in a message.
  }
  const shown =
    answer.answer === 'form'
      ? { card: await offerLate(answer.form, told, reader, answering), privately: true }
      : cardOf(answer);
  if (shown === null) return conclude(told, tools);
  const drawn = { ...(await drawAnswer(tools, asked, shown.card)), reader };
  const sent = told.state !== 'lost' && (await attempt(() => tellCard(told, drawn, shown.privately), tools));
  if (!sent) await sendInstead({ ...told, drawn, privately: shown.privately, asked }, answering);
}

/** The fields that a modal has room for, those with a problem first. */
function fitted(form: OpenForm, { interaction, received }: Told, answering: Answering): OpenForm {
  const values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
  const { problems } = answering.dispatch.plan({
    ...received.incoming,
    act: 'submit',
    id: form.id,
    values,
  });
  return answering.spareFields.fit(form, interaction.user.id, Object.keys(problems ?? {}));
}

/** Where the form waits is for the core to say; what may not be stored waits here. */
async function offerLate(form: OpenForm, told: Told, reader: Reader, answering: Answering): Promise<Card> {
  const { incoming } = told.received;
  // A direct message names no server: its workspace was found on the way.
  const ref = told.plan.asked()?.workspaceRef ?? incoming.workspace.ref;
  const sender = { ...incoming, workspace: { ...incoming.workspace, ref } };
  const kept = await answering.dispatch.keepForm(form, sender);
  if (kept !== null) return offerForm(kept, reader);
  const user = told.interaction.user.id;
  return offerForm(answering.lateForms.keep(fitted(form, told, answering), reader, user), reader);
}

/** The card for an answer, and whether it is for the person alone whatever the mode. */
function cardOf(answer: Exclude<Answer, { answer: 'form' }>): { card: Card; privately: boolean } | null {
  switch (answer.answer) {
    case 'card':
      return { card: answer.card, privately: Boolean(answer.aside) || isCorrection(answer.card) };
    case 'refused':
      return { card: words(answer.text), privately: true };
    case 'done':
      return null;
    default:
      return answer satisfies never;
  }
}

const words = (text: Text): Card => card(paragraph(text));

/** What cannot be taken is nobody else's business, and must not replace the message that was pressed. */
function isCorrection({ parts }: Card): boolean {
  return parts.some(
    (part) => part.part === 'buttons' && part.buttons.some(({ id }) => pressName(id) === reopen.name),
  );
}

async function tellCard({ state, mode, replies }: Told, drawn: Drawn, privately: boolean): Promise<void> {
  const message = drawCard(drawn);
  if (state === 'open') return replies.reply(message);
  if (mode === 'by-updating') return privately ? replies.follow(message) : replies.edit(message);
  if (mode === 'in-channel' && privately) {
    // The first answer after a public "thinking" becomes public itself, so that goes first.
    await replies.remove();
    return replies.follow(message);
  }
  return replies.edit(message);
}

/** Nothing to say: the "thinking" goes, and so does a private message whose button was pressed. */
async function conclude({ state, mode, replies, interaction }: Told, tools: Tools): Promise<void> {
  if (state === 'lost') return;
  const pressed =
    interaction.isMessageComponent() || interaction.isModalSubmit() ? interaction.message : null;
  const updating = pressed !== null && (mode === 'by-updating' || state === 'open');
  if (state === 'open') {
    await attempt(() => (updating ? replies.deferUpdate() : replies.defer({ privately: true })), tools);
  }
  const stays = updating && !pressed.flags.has(MessageFlags.Ephemeral);
  if (!stays) await attempt(() => replies.remove(), tools);
}

/** False when Discord did not take it; what it refuses as malformed is a bug of ours, and thrown. */
async function attempt(respond: () => Promise<void>, tools: Tools): Promise<boolean> {
  try {
    await respond();
    return true;
  } catch (error) {
    if (isOurBug(error)) throw error;
    tools.log.warn({ error: error as Error, expired: isExpired(error) }, 'discord.respond-failed');
    return false;
  }
}
