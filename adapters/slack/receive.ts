import { z } from 'zod';
import type { Act, Incoming } from '../../src/core/incoming.ts';
import { pressOf } from './draw-card.ts';
import { unescapeMrkdwn } from './draw-text.ts';
import { type FileRef, readForm, viewState } from './read-form.ts';
import { keptRoute, type Route } from './route.ts';

/** What Slack delivered: the core's part, where the answer goes, and what has still to be fetched. */
export type Delivery = {
  readonly incoming: Incoming;
  readonly route: Route;
  readonly files: readonly FileRef[];
};

/** The button that opens a form again; its value is the command as it was typed. */
export const againPress = 'slack.again';

const commandBody = z.object({
  command: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
  team_id: z.string(),
  team_domain: z.string().default(''),
  user_id: z.string(),
  user_name: z.string().default(''),
  channel_id: z.string(),
  channel_name: z.string().default(''),
  response_url: z.string().nullish(),
});

export function receiveCommand(body: unknown, home: HomeTeam): Delivery {
  const sent = commandBody.parse(body);
  const name = sent.command.replace(/^\//, '');
  const typed = readTyped(sent.text);
  return deliver({
    key: `command:${sent.team_id}:${sent.user_id}:${sent.trigger_id}`,
    team: { id: home?.id ?? sent.team_id, name: home?.name ?? sent.team_domain },
    user: { id: sent.user_id, name: sent.user_name },
    place: { ref: sent.channel_id, name: sent.channel_name },
    respondUrl: sent.response_url ?? null,
    triggerId: sent.trigger_id,
    message: null,
    home: false,
    again: { command: name, typed },
    act: { act: 'command', name, typed },
  });
}

const action = z.object({
  action_id: z.string(),
  action_ts: z.string(),
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});
const team = z.object({ id: z.string(), domain: z.string().default('') });
const user = z.object({
  id: z.string(),
  name: z.string().optional(),
  username: z.string().optional(),
  team_id: z.string().optional(),
});
const actionsBody = z.object({
  trigger_id: z.string(),
  team: team.nullish(),
  user,
  channel: z.object({ id: z.string(), name: z.string().default('') }).nullish(),
  container: z
    .object({
      type: z.string(),
      message_ts: z.string().optional(),
      channel_id: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
      view_id: z.string().optional(),
    })
    .nullish(),
  message: z.object({ team: z.string().optional() }).nullish(),
  view: z.object({ type: z.string() }).nullish(),
  response_url: z.string().nullish(),
  actions: z.array(action).min(1),
});

export function receiveAction(body: unknown, home: HomeTeam): Delivery {
  const sent = actionsBody.parse(body);
  const pressed = sent.actions[0] as z.output<typeof action>;
  // A message's own team is where we posted it; across Slack Connect the presser's may be another.
  const teamId = home?.id ?? sent.message?.team ?? sent.team?.id ?? sent.user.team_id ?? '';
  const { container } = sent;
  const place = sent.channel ? { ref: sent.channel.id, name: sent.channel.name } : null;
  const stands = container?.message_ts ?? container?.view_id ?? '';
  const press = pressOf(pressed.action_id);
  const picked = pressed.selected_option ? [pressed.selected_option.value] : [];
  const again = press === againPress ? readAgain(pressed.value ?? '') : null;
  const act: Act = again
    ? { act: 'command', name: again.command, typed: again.typed }
    : { act: 'press', id: press, picked };
  return deliver({
    key: `action:${teamId}:${sent.user.id}:${stands}:${pressed.action_id}:${pressed.action_ts}`,
    team: { id: teamId, name: home?.name ?? sent.team?.domain ?? '' },
    user: { id: sent.user.id, name: sent.user.username ?? sent.user.name ?? '' },
    place,
    respondUrl: sent.response_url ?? null,
    triggerId: sent.trigger_id,
    message:
      place && container?.message_ts
        ? { channel: place.ref, ts: container.message_ts, ephemeral: container.is_ephemeral ?? false }
        : null,
    home: sent.view?.type === 'home',
    again: again ?? { press },
    act,
  });
}

const submissionBody = z.object({
  team: team.nullish(),
  user,
  view: z.object({
    id: z.string(),
    hash: z.string().default(''),
    callback_id: z.string(),
    private_metadata: z.string().default(''),
    app_installed_team_id: z.string().nullish(),
    state: viewState,
  }),
});

export function receiveSubmission(body: unknown, home: HomeTeam): Delivery {
  const { view, ...sent } = submissionBody.parse(body);
  const teamId = home?.id ?? view.app_installed_team_id ?? sent.team?.id ?? sent.user.team_id ?? '';
  const kept = keptRoute(view.private_metadata);
  const { values, files } = readForm(view.state);
  const delivery = deliver({
    key: `view:${view.id}:${view.hash}`,
    team: { id: teamId, name: home?.name ?? sent.team?.domain ?? '' },
    user: { id: sent.user.id, name: sent.user.username ?? sent.user.name ?? '' },
    place: kept?.place ?? null,
    respondUrl: kept?.respondUrl ?? null,
    triggerId: null,
    message: kept?.message ?? null,
    home: kept?.home ?? false,
    again: null,
    act: { act: 'submit', id: view.callback_id, values },
  });
  const route = kept ? { ...delivery.route, receivedAt: kept.at } : delivery.route;
  return { ...delivery, route, files };
}

const homeBody = z.object({
  team_id: z.string(),
  event_id: z.string(),
  event: z.object({ user: z.string(), tab: z.string().default('home') }),
});

/** Somebody opened the App Home: what a command would tell them stands there. Null for its other tabs. */
export function receiveHome(body: unknown, command: string, home: HomeTeam): Delivery | null {
  const sent = homeBody.parse(body);
  if (sent.event.tab !== 'home') return null;
  const [name = '', ...rest] = command.split(' ');
  return deliver({
    key: `event:${sent.event_id}`,
    team: { id: home?.id ?? sent.team_id, name: home?.name ?? '' },
    user: { id: sent.event.user, name: '' },
    place: null,
    respondUrl: null,
    triggerId: null,
    message: null,
    home: true,
    again: null,
    act: { act: 'command', name, typed: rest.join(' ') },
  });
}

/** The one workspace of a bot with one token, whatever workspace a guest comes from; null with many. */
export type HomeTeam = { readonly id: string; readonly name: string } | null;

function deliver(of: {
  key: string;
  team: { id: string; name: string };
  user: { id: string; name: string };
  place: Route['place'];
  respondUrl: string | null;
  triggerId: string | null;
  message: Route['message'];
  home: boolean;
  again: Route['again'];
  act: Act;
}): Delivery {
  const { place, respondUrl, triggerId, message, home, again } = of;
  return {
    incoming: {
      platform: 'slack',
      deliveryKey: of.key,
      workspace: { ref: of.team.id, name: of.team.name || of.team.id },
      account: { ref: of.user.id, name: of.user.name || of.user.id },
      place,
      ...of.act,
    },
    route: {
      teamId: of.team.id,
      userId: of.user.id,
      place,
      respondUrl,
      triggerId,
      message,
      home,
      again,
      receivedAt: Date.now(),
    },
    files: [],
  };
}

/** Links come as `<https://…|shown>`: people typed what is shown. Mentions stay, for fields to resolve. */
function readTyped(text: string): string {
  const words = text.replace(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, (_, address, shown) =>
    shown && !address.startsWith('mailto:') && !address.includes(shown)
      ? `${shown} (${address})`
      : typedLink(address, shown),
  );
  return unescapeMrkdwn(words);
}

const typedLink = (address: string, shown: string | undefined) =>
  address.startsWith('mailto:') ? (shown ?? address.slice('mailto:'.length)) : (shown ?? address);

function readAgain(value: string): { command: string; typed: string } {
  const [command = '', ...typed] = value.split(' ');
  return { command, typed: typed.join(' ') };
}
