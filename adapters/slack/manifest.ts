import type { Registry } from '../../src/core/registry.ts';
import { commandWords } from '../../src/core/registry.ts';
import { redirectPath } from './install.ts';
import { deliveryEvent } from './receipts.ts';
import { botEvents, botScopes } from './scopes.ts';

const reader = { language: 'en', timeZone: 'UTC' };
/** api.slack.com/reference/manifests: description of a slash command 2000, usage hint 1000. */
const mostHint = 1000;

/**
 * The app as Slack is told of it, made from the commands themselves.
 * @param publicUrl where Slack reaches us by HTTPS; null: Socket Mode, where we call Slack
 * @param rotatesTokens tokens end after 12 hours and are renewed: only for many workspaces by OAuth, whose tokens we
 *   store. A token in the environment cannot be renewed, and Slack lets nobody switch rotation off again
 *   (docs.slack.dev, "Using token rotation").
 */
export function makeManifest(registry: Registry, publicUrl: string | null, rotatesTokens = false) {
  const events = publicUrl && new URL('/slack/events', publicUrl).toString();
  const url = events ? { url: events } : {};
  const requestUrl = events ? { request_url: events } : {};
  return {
    display_information: {
      name: 'Common Thread',
      description:
        'Holds a coalition together: introductions, roles, meetings, decisions, measures, digests.',
      background_color: '#2b4c5c',
      long_description:
        'Common Thread helps coalitions of organisations work together where their people already are. It keeps ' +
        'the directory of partners, tells everybody weekly what is new and who is in the spotlight, finds meeting ' +
        'times, records decisions and votes, and reminds kindly. It reads no messages: it sees only the commands ' +
        'people type to it and the buttons they press. Type /coalition help to begin.',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'Common Thread', always_online: true },
      slash_commands: registry.roots.map((root) => ({
        command: `/${root}`,
        description: describeRoot(registry, root),
        usage_hint: usageHint(registry, root),
        // Mentions then arrive with ids, which names alone would leave to guessing.
        should_escape: true,
        ...url,
      })),
    },
    oauth_config: {
      ...(publicUrl ? { redirect_urls: [new URL(redirectPath, publicUrl).toString()] } : {}),
      scopes: { bot: [...botScopes] },
    },
    settings: {
      event_subscriptions: {
        ...requestUrl,
        bot_events: [...botEvents],
        // Any app's: our own id is known only once the app is there. Other apps' are dropped on arrival.
        metadata_subscriptions: [{ app_id: '*', event_type: deliveryEvent }],
      },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: publicUrl === null,
      token_rotation_enabled: rotatesTokens,
    },
  };
}

function commandsOf(registry: Registry, root: string) {
  return [...registry.commands.values()].filter(({ definition }) => definition.name.split(' ')[0] === root);
}

/** What the bare command does, or else what its first sub-command does. */
function describeRoot(registry: Registry, root: string): string {
  const commands = commandsOf(registry, root);
  const shown = commands.find(({ definition }) => definition.bare) ?? commands[0];
  return shown ? shown.say.plain(reader, commandWords(shown.definition)) : `/${root}`;
}

function usageHint(registry: Registry, root: string): string {
  const subs = commandsOf(registry, root).flatMap(({ definition }) => definition.name.split(' ').slice(1, 2));
  const hint = `[${subs.join(' | ')}]`;
  return hint.length <= mostHint ? hint : `${hint.slice(0, hint.lastIndexOf(' |', mostHint - 5))} | …]`;
}
