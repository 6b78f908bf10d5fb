import { randomBytes } from 'node:crypto';
import { type BaseInteraction, MessageFlags, type REST } from 'discord.js';
import { type Answer, type Answers, type OpenForm, refused } from '../../src/core/answer.ts';
import { type Card, card, paragraph } from '../../src/core/card.ts';
import { reopen } from '../../src/core/corrections.ts';
import type { Dispatch, Plan } from '../../src/core/dispatch.ts';
import type { Drawn, Tools } from '../../src/core/ports.ts';
import { pressName } from '../../src/core/press.ts';
import type { Reader } from '../../src/core/reader.ts';
import type { Text } from '../../src/core/text.ts';
import { within } from '../../src/core/within.ts';
import { drawAnswer } from '../../src/delivery/draw-for.ts';
import { completed } from './complete.ts';
import { drawCard } from './draw-card.ts';
import { drawForm } from './draw-form.ts';
import { type LateForms, offerForm } from './late-forms.ts';
import { type DiscordMessenger, markIn } from './messenger.ts';
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
  readonly messenger: DiscordMessenger;
  readonly lateForms: LateForms;
  readonly spareFields: SpareFields;
  readonly apiUrl: string | null;
  /** How long an acknowledgement waits for the answer itself; 0 acknowledges everything at once. */
  readonly directlyWithinMs: number;
  /** How many interactions are being answered at this moment. */
  readonly underWay: { count: number };
};

/**
 * An answer that is ready this soon is the first response itself: one call instead of two, and no "thinking" that
 * flashes by. What takes longer is acknowledged then, long before the 3 seconds that Discord waits.
 */
export const directlyWithinMs = 400;
/** With so many at once nobody's acknowledgement waits for the answers of the others: each is sent first. */
const busyFrom = 8;
/**
 * A form has to be the first response. After this long the person is told to wait, and the form is offered by a
 * button; the rest of the 3 seconds is for the way.
 */
const formWithinMs = 1_800;

/** What has been responded so far: nothing, an acknowledgement, or too late for either. */
type First = 'open' | 'acknowledged' | 'lost';

/** Runs what one interaction asks for, acknowledges it in time, and brings the answer. Never throws. */
export async function answerInteraction(
  interaction: BaseInteraction,
  received: Received,
  answering: Answering,
): Promise<void> {
  const { tools, dispatch, underWay } = answering;
  underWay.count += 1;
  try {
    const first = dispatch.plan(received.incoming);
    const mode = modeOf(first, isFromMessage(interaction));
    const replies = repliesTo(interaction, answering.rest);
    const readying = ready(received, first, answering);
    const state = await acknowledgeInTime(readying, mode, replies, answering);
    const readied = await readying;
    if (readied.answer === 'duplicate') return;
    const told = { ...readied, answer: readied.answer, mode, state, interaction, received, replies };
    try {
      await tell(told, answering);
    } catch (error) {
      const answer = explain(error, received, tools);
      const shown = await draw(answer, readied.plan, received, tools);
      await tell({ ...told, answer, shown }, answering);
    }
  } catch (error) {
    tools.log.error({ error: error as Error }, 'discord.answer-lost');
  } finally {
    underWay.count -= 1;
  }
}

/** Our own bug, such as a card that cannot be drawn: logged once, and told with the same reference. */
function explain(error: unknown, received: Received, tools: Tools): Answer {
  const reference = randomBytes(4).toString('hex');
  tools.log.error({ error: error as Error, reference }, 'discord.broken');
  const { language = 'en' } = received.incoming.account;
  return refused('discord.broken', say({ language, timeZone: 'UTC' }, 'broken', { reference }));
}

/** What came of it, with everything that has to be looked up for showing it. `shown`: null where it is no card. */
type Readied = {
  readonly plan: Plan;
  readonly answer: Answer | 'duplicate';
  readonly shown: Shown | null;
};
/** `privately`: for the person alone, whatever the mode. */
type Shown = { readonly drawn: Drawn; readonly privately: boolean };

type Told = Omit<Readied, 'answer'> & {
  readonly answer: Answer;
  readonly mode: Answers;
  readonly state: First;
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

/** Waits for the answer with nothing acknowledged, and asks for patience when it does not come soon. */
async function acknowledgeInTime(
  readying: Promise<Readied>,
  mode: Answers,
  replies: Replies,
  answering: Answering,
): Promise<First> {
  const isBusy = answering.underWay.count >= busyFrom;
  const withinMs = mode === 'with-form' ? formWithinMs : isBusy ? 0 : answering.directlyWithinMs;
  const ended = withinMs === 0 ? 'late' : await within(readying, withinMs);
  // Files are on their way for longer than an acknowledgement may be.
  if (ended !== 'late' && !hasFiles(ended)) return 'open';
  return acknowledge(replies, mode === 'with-form' ? 'privately' : mode, answering.tools);
}

/** Runs the plan, and looks up what showing its answer needs. Never throws. */
async function ready(received: Received, first: Plan, answering: Answering): Promise<Readied> {
  const { tools } = answering;
  const { plan, answer } = await run(received, first, answering);
  try {
    return { plan, answer, shown: await draw(answer, plan, received, tools) };
  } catch (error) {
    return { plan, answer: explain(error, received, tools), shown: null };
  }
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

async function draw(
  answer: Answer | 'duplicate',
  plan: Plan,
  received: Received,
  tools: Tools,
): Promise<Shown | null> {
  if (answer === 'duplicate' || answer.answer === 'form' || answer.answer === 'done') return null;
  const shown = answer.answer === 'card' ? answer.card : words(answer.text);
  const privately = answer.answer === 'refused' || Boolean(answer.aside) || isCorrection(shown);
  return { drawn: await drawn(shown, plan, received, tools), privately };
}

async function drawn(shown: Card, plan: Plan, received: Received, tools: Tools): Promise<Drawn> {
  const asked = plan.asked();
  return { ...(await drawAnswer(tools, asked, shown)), reader: readerOf(plan, received) };
}

const readerOf = (plan: Plan, { incoming }: Received): Reader =>
  plan.asked()?.reader ?? { language: incoming.account.language ?? 'en', timeZone: 'UTC' };

async function tell(told: Told, answering: Answering): Promise<void> {
  const { answer, plan, received } = told;
  const { tools } = answering;
  let { shown } = told;
  if (answer.answer === 'form') {
    const reader = readerOf(plan, received);
    const form = fitted(answer.form, told, answering);
    if (told.state === 'open' && (await attempt(() => told.replies.showForm(drawForm(form, reader)), tools)))
      return;
    // Discord let go of the interaction, or was asked for patience: the form waits behind a button in a message.
    const waiting = await offerLate(answer.form, form, told, reader, answering);
    shown = { drawn: await drawn(waiting, plan, received, tools), privately: true };
  }
  if (shown === null) return conclude(told, tools);
  const message = shown;
  const sent = told.state !== 'lost' && (await attempt(() => tellCard(told, message), tools));
  if (!sent) await sendInstead({ ...told, ...message, asked: plan.asked() }, answering);
}

/** The card that offers a form. Where it waits is for the core to say; what may not be stored waits here. */
async function offerLate(
  form: OpenForm,
  fitting: OpenForm,
  told: Told,
  reader: Reader,
  { dispatch, lateForms }: Answering,
): Promise<Card> {
  const { incoming } = told.received;
  // A direct message names no server: its workspace was found on the way.
  const ref = told.plan.asked()?.workspaceRef ?? incoming.workspace.ref;
  const kept = await dispatch.keepForm(form, { ...incoming, workspace: { ...incoming.workspace, ref } });
  return offerForm(kept ?? lateForms.keep(fitting, reader, told.interaction.user.id), reader);
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

const hasFiles = ({ shown }: Readied) =>
  shown?.drawn.card.parts.some(
    (part) => part.part === 'file' || (part.part === 'image' && part.url.startsWith('data:')),
  ) ?? false;

const words = (text: Text): Card => card(paragraph(text));

/** What cannot be taken is nobody else's business, and must not replace the message that was pressed. */
function isCorrection({ parts }: Card): boolean {
  return parts.some(
    (part) => part.part === 'buttons' && part.buttons.some(({ id }) => pressName(id) === reopen.name),
  );
}

async function tellCard(told: Told, { drawn, privately }: Shown): Promise<void> {
  const { state, mode, replies, interaction } = told;
  const changes = mode === 'by-updating' && !privately;
  const message = drawCard(drawn, changes ? markIn(interaction) : undefined);
  if (state === 'open') {
    if (privately || mode === 'privately' || mode === 'with-form') return replies.reply(message);
    return mode === 'by-updating' ? replies.update(message) : replies.replyToAll(message);
  }
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
    // An earlier try of the same call arrived, though nobody heard so.
    if (isAcknowledged(error)) return true;
    if (isOurBug(error)) throw error;
    tools.log.warn({ error: error as Error, expired: isExpired(error) }, 'discord.respond-failed');
    return false;
  }
}
