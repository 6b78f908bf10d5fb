import type { Answer, Answers, OpenForm } from '../../src/core/answer.ts';
import type { Asked } from '../../src/core/asked.ts';
import { buttons, type Card, card } from '../../src/core/card.ts';
import { PlatformError } from '../../src/core/errors.ts';
import type { Destination, Tools } from '../../src/core/ports.ts';
import { type Lost, recordLost } from '../../src/delivery/lost.ts';
import { type CardFile, type DrawnCard, type DrawScope, drawCard, drawWords, filesIn } from './draw-card.ts';
import { drawForm } from './draw-form.ts';
import type { TextScope } from './draw-text.ts';
import { slackLimits } from './limits.ts';
import { quiet, type SlackMessenger } from './messenger.ts';
import { type Pictures, pictureFilesIn } from './pictures.ts';
import { againPress } from './receive.ts';
import type { Respond } from './respond.ts';
import { keepRoute, type Route } from './route.ts';
import { slackCode } from './trouble.ts';
import type { SlackApi } from './web-api.ts';
import { say } from './words.ts';

export type Answering = {
  readonly api: SlackApi;
  readonly respond: Respond;
  readonly messenger: SlackMessenger;
  readonly pictures: Pictures;
  readonly tools: Tools;
};

/** One answer: where it goes, in whose words, and whom staff are told of when it is lost. */
export type Told = {
  readonly answer: Answer;
  readonly acknowledged: Answers;
  readonly route: Route;
  readonly scope: TextScope;
  /** Null when it could not be found out who asked. */
  readonly asked: Asked | null;
};

type Telling = Answering & { lost(what: Lost, error: unknown): Promise<void> };

/** Tells people what came of what they did. Never throws: what no way reaches them with is told to staff as lost. */
export async function tellAnswer(told: Told, answering: Answering): Promise<void> {
  const { tools } = answering;
  const { log } = tools;
  async function lost(what: Lost, error: unknown) {
    log.error({ error: error as Error, answer: told.answer.answer }, `slack.${what}-lost`);
    await recordLost(tools, told.asked, what).catch((again: Error) =>
      log.error({ error: again }, `slack.${what}-lost`),
    );
  }
  try {
    await tell(told, { ...answering, lost });
  } catch (error) {
    await lost('answer', error);
  }
}

async function tell({ answer, acknowledged, route, scope }: Told, answering: Telling): Promise<void> {
  switch (answer.answer) {
    case 'done':
      // A live card is redrawn by delivery; a private message has nothing more to say.
      if (route.message?.ephemeral && acknowledged === 'by-updating') {
        await answering.respond(route.respondUrl, route.receivedAt, { delete_original: true });
      }
      return;
    case 'form':
      return openForm(answer.form, route, scope, answering);
    case 'refused': {
      const drawn = drawWords(answer.text, { ...scope, files: 'direct-message' });
      return tellPrivately(drawn, null, route, answering);
    }
    case 'card': {
      const where = answer.aside ? 'privately' : acknowledged;
      const files = where === 'in-channel' && route.place ? 'here' : 'direct-message';
      const drawing: DrawScope = { ...scope, files };
      if (where === 'in-channel') return tellChannel(answer.card, drawing, route, answering);
      if (where === 'by-updating' && (route.message || route.home)) {
        return updateMessage(answer.card, drawing, route, answering);
      }
      const drawn = drawCard(answer.card, drawing);
      return tellPrivately(drawn, answer.card, route, answering);
    }
    default:
      return answer satisfies never;
  }
}

/** By the response URL; else to the person alone where they are; else as a direct message. */
async function tellPrivately(drawn: DrawnCard, of: Card | null, route: Route, answering: Telling) {
  const { api, respond, messenger } = answering;
  const files = of ? [...filesIn(of), ...pictureFilesIn(of)] : [];
  const person = { workspaceRef: route.teamId, placeRef: `@${route.userId}` };
  const { teamId, userId, place } = route;
  const told =
    !route.home &&
    ((await respond(route.respondUrl, route.receivedAt, {
      ...drawn,
      response_type: 'ephemeral',
      replace_original: false,
    })) ||
      (place !== null &&
        (await works(answering, () =>
          api.call(teamId, 'chat.postEphemeral', { channel: place.ref, user: userId, ...drawn, ...quiet }),
        ))));
  if (!told) await messenger.tell(person, drawn);
  // No private message holds a file, so those go to the direct messages whatever became of the words.
  await bring(files, person, answering);
}

/** The files of an answer whose words stand. */
async function bring(files: readonly CardFile[], to: Destination, { messenger, lost }: Telling) {
  if (files.length > 0) await messenger.bring(to, files).catch((error) => lost('file', error));
}

async function tellChannel(of: Card, scope: DrawScope, route: Route, answering: Telling) {
  const { api, respond } = answering;
  const { teamId, place } = route;
  const drawn = drawCard(of, scope);
  const files = filesIn(of);
  const post = (shown: DrawnCard) => () =>
    api.call(teamId, 'chat.postMessage', { channel: place?.ref, ...shown, ...quiet });
  const said =
    (place !== null && (await worksWithPictures(of, scope, teamId, answering, post))) ||
    (await respond(route.respondUrl, route.receivedAt, {
      ...drawn,
      response_type: 'in_channel',
      replace_original: false,
    })) ||
    (place !== null && (await works(answering, post(drawn))));
  if (!said) return tellPrivately(drawn, of, route, answering);
  if (place) await bring(files, { workspaceRef: teamId, placeRef: place.ref }, answering);
}

async function updateMessage(of: Card, scope: DrawScope, route: Route, answering: Telling) {
  const { api, respond } = answering;
  const { teamId, message } = route;
  const drawn = drawCard(of, scope);
  const isEverybodys = message !== null && !message.ephemeral;
  const update = (shown: DrawnCard) => () =>
    api.call(teamId, 'chat.update', { channel: message?.channel, ts: message?.ts, ...shown, ...quiet });
  const pictured = isEverybodys && (await worksWithPictures(of, scope, teamId, answering, update));
  const updated =
    pictured ||
    (await respond(route.respondUrl, route.receivedAt, { ...drawn, replace_original: true })) ||
    (isEverybodys && (await works(answering, update(drawn))));
  if (!updated) return tellPrivately(drawn, of, route, answering);
  const files = pictured ? filesIn(of) : [...filesIn(of), ...pictureFilesIn(of)];
  await bring(files, { workspaceRef: teamId, placeRef: `@${route.userId}` }, answering);
}

/** Slack gives a form three seconds from the click; after that, one more click opens it. */
async function openForm(form: OpenForm, route: Route, scope: TextScope, answering: Telling) {
  const { reader } = scope;
  const { api } = answering;
  const { log } = answering.tools;
  if (route.triggerId) {
    const view = drawForm(form, reader, keepRoute(route));
    try {
      await api.call(route.teamId, 'views.open', { trigger_id: route.triggerId, view });
      return;
    } catch (error) {
      if (slackCode(error) === 'invalid_arguments') throw error;
      log.info({ code: slackCode(error), error: error as Error }, 'slack.form-too-late');
    }
  }
  const late = drawWords(say(reader, 'form.late'), { ...scope, files: 'direct-message' });
  const open = againButton(route, scope);
  await tellPrivately(open ? { ...late, blocks: [...late.blocks, open] } : late, null, route, answering);
}

function againButton({ again }: Route, scope: TextScope) {
  if (!again) return null;
  const label = say.plain(scope.reader, 'form.open');
  const id = 'press' in again ? again.press : againPress;
  const button = card(buttons({ id, label, look: 'primary' }));
  const [drawn] = drawCard(button, { ...scope, files: 'direct-message' }).blocks;
  if (drawn?.type !== 'actions' || 'press' in again) return drawn ?? null;
  // The command travels as it was typed; one too long for a button is opened empty.
  const whole = `${again.command} ${again.typed}`;
  const [root = '', sub = ''] = [again.command, again.typed.split(/\s/, 1)[0]];
  const value = whole.length <= slackLimits.buttonValue ? whole : `${root} ${sub}`;
  return { ...drawn, elements: drawn.elements.map((element) => ({ ...element, value })) };
}

/**
 * Shows a card whose pictures only the Web API can show: Slack takes no file of an app's by a response URL, nor in a
 * message to one person (java-slack-sdk#1349, node-slack-sdk#1790). False when there is none to show.
 */
async function worksWithPictures(
  of: Card,
  scope: DrawScope,
  teamId: string,
  answering: Telling,
  call: (drawn: DrawnCard) => () => Promise<unknown>,
): Promise<boolean> {
  if (pictureFilesIn(of).length === 0) return false;
  return works(answering, () =>
    answering.pictures.sendWith(teamId, of, (pictures) => {
      if (pictures.size === 0)
        throw new PlatformError('refused', 'slack', { detail: 'no picture was taken' });
      return call(drawCard(of, { ...scope, pictures }))();
    }),
  );
}

async function works({ tools: { log } }: Telling, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    log.info({ code: slackCode(error), error: error as Error }, 'slack.answer-refused');
    return false;
  }
}
