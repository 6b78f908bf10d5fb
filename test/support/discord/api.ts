import { changeEvent, listEvents, postEvent } from './api-events.ts';
import { deleteOriginal, editOriginal, follow, respond } from './api-interactions.ts';
import { editMessage, ephemeral, listMessages, postMessage } from './api-messages.ts';
import { type ApiRequest, type ApiResponse, type Context, ok } from './api-request.ts';
import { changeRole, findMember, listRoles } from './api-roles.ts';
import { commandProblems, messageProblems, modalProblems } from './missing-rules.ts';
import type { OfficialSpec } from './official-spec.ts';
import type { MessageBody, Modal, PeerCommand, World } from './world.ts';

/** Discord's REST API, as far as a bot like ours uses it. Every body is checked before anything is done. */
export function makeApi(
  world: World,
  of: { spec: OfficialSpec | null; violations: string[]; shards: () => number; gatewayUrl: () => string },
): (request: ApiRequest) => ApiResponse {
  return (request) => {
    const { method, path } = request;
    for (const [wanted, template, withToken, handler] of routes) {
      const match = wanted === method ? matchPath(template, path) : null;
      if (!match) continue;
      if (withToken && request.authorization !== `Bot ${world.token}`) {
        return { status: 401, body: { message: '401: Unauthorized', code: 0 } };
      }
      const problems = request.body === undefined ? [] : bodyProblems(template, request, of.spec);
      if (problems.length > 0) {
        of.violations.push(...problems.map((problem) => `${method} ${template}: ${problem}`));
        return { status: 400, body: { code: 50035, message: 'Invalid Form Body', errors: { problems } } };
      }
      return handler({ ...request, world, parts: match, ...of });
    }
    of.violations.push(`${method} ${path} is nothing that Discord has`);
    return { status: 404, body: { message: '404: Not Found', code: 0 } };
  };
}

type Route = readonly [
  method: string,
  template: string,
  withToken: boolean,
  handler: (of: Context) => ApiResponse,
];

const channelMessages = '/channels/{channel_id}/messages';
const callback = '/interactions/{interaction_id}/{interaction_token}/callback';
const webhook = '/webhooks/{webhook_id}/{webhook_token}';
const original = `${webhook}/messages/@original`;
const guildEvents = '/guilds/{guild_id}/scheduled-events';
const commands = '/applications/{application_id}/commands';

const routes: readonly Route[] = [
  ['GET', '/gateway/bot', true, ({ gatewayUrl, shards }) => ok(drawGatewayBot(gatewayUrl(), shards()))],
  ['GET', commands, true, ({ world }) => ok(world.commands)],
  ['PUT', commands, true, putCommands],
  ['POST', '/users/@me/channels', true, openDirect],
  ['GET', '/users/@me', true, ({ world }) => ok({ id: world.botId, username: 'common-thread', bot: true })],
  ['GET', '/guilds/{guild_id}/roles', true, listRoles],
  ['GET', '/guilds/{guild_id}/members/{user_id}', true, findMember],
  ['PUT', '/guilds/{guild_id}/members/{user_id}/roles/{role_id}', true, changeRole],
  ['DELETE', '/guilds/{guild_id}/members/{user_id}/roles/{role_id}', true, changeRole],
  ['POST', channelMessages, true, postMessage],
  ['GET', channelMessages, true, listMessages],
  ['PATCH', `${channelMessages}/{message_id}`, true, editMessage],
  ['POST', callback, false, respond],
  ['PATCH', original, false, editOriginal],
  ['DELETE', original, false, deleteOriginal],
  ['POST', webhook, false, follow],
  ['GET', guildEvents, true, listEvents],
  ['POST', guildEvents, true, postEvent],
  ['PATCH', `${guildEvents}/{guild_scheduled_event_id}`, true, changeEvent],
];

function matchPath(template: string, path: string): string[] | null {
  const pattern = template.replace(/\{\w+\}/g, '([^/]+)');
  return new RegExp(`^${pattern}$`).exec(path)?.slice(1) ?? null;
}

function bodyProblems(template: string, request: ApiRequest, spec: OfficialSpec | null): string[] {
  const { method, body } = request;
  const official = spec?.check(method, template, body) ?? [];
  const files = request.files.map(({ name }) => name);
  if (template === commands) return [...official, ...commandProblems(body as PeerCommand[])];
  if (template === '/users/@me/channels' || template.startsWith(guildEvents)) return official;
  if (template !== callback)
    return [...official, ...messageProblems(body as MessageBody, files, method === 'POST')];
  const { type, data } = body as { type: number; data?: unknown };
  if (type === 4 || type === 7)
    return [...official, ...messageProblems(data as MessageBody, files, type === 4)];
  if (type === 5 && ((data as MessageBody | undefined)?.flags ?? 0) & ~ephemeral)
    return [...official, 'a deferred answer takes no flag but EPHEMERAL'];
  return type === 9 ? [...official, ...modalProblems(data as Modal)] : official;
}

const drawGatewayBot = (url: string, shards: number) => ({
  url,
  shards,
  session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
});

function putCommands({ world, body }: Context): ApiResponse {
  world.commands = (body as PeerCommand[]).map((command) => ({
    ...withoutEmpty(command),
    name: command.name,
    id: world.snowflake(),
    application_id: world.applicationId,
    version: world.snowflake(),
    default_member_permissions: null,
    nsfw: false,
  }));
  return ok(world.commands);
}

/** Discord leaves out what is at its default, so that what comes back is not what was sent. */
function withoutEmpty(value: unknown): Record<string, unknown> {
  const kept = Object.entries(value as Record<string, unknown>).filter(
    ([key, each]) =>
      !(each === false && (key === 'required' || key === 'autocomplete')) && !isEmptyList(each),
  );
  return Object.fromEntries(
    kept.map(([key, each]) => [key, key === 'options' ? (each as unknown[]).map(withoutEmpty) : each]),
  );
}
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

function openDirect({ world, body }: Context): ApiResponse {
  const { recipient_id: user } = body as { recipient_id: string };
  const channel = world.direct.get(user) ?? world.snowflake();
  world.direct.set(user, channel);
  return ok({ id: channel, type: 1, recipients: [{ id: user, username: 'somebody' }] });
}
