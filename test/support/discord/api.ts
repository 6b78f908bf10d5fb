import { commandProblems, messageProblems, modalProblems } from './missing-rules.ts';
import type { OfficialSpec } from './official-spec.ts';
import type { MessageBody, Modal, PeerCommand, PeerFile, PeerInteraction, World } from './world.ts';

export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | null;
  readonly body: unknown;
  readonly files: readonly PeerFile[];
};
export type ApiResponse = { readonly status: number; readonly body?: unknown };

const firstResponseMs = 3_000;
const tokenMs = 15 * 60_000;
/** "The past few minutes" (resources/message): the peer forgets a nonce after three. */
const nonceMs = 3 * 60_000;
const ephemeral = 1 << 6;

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

type Context = ApiRequest & {
  readonly world: World;
  readonly parts: readonly string[];
  readonly shards: () => number;
  readonly gatewayUrl: () => string;
};
type Route = readonly [
  method: string,
  template: string,
  withToken: boolean,
  handler: (of: Context) => ApiResponse,
];

const failure = (status: number, code: number, message: string): ApiResponse => ({
  status,
  body: { code, message },
});
const unknownMessage = failure(404, 10008, 'Unknown Message');

const channelMessages = '/channels/{channel_id}/messages';
const callback = '/interactions/{interaction_id}/{interaction_token}/callback';
const webhook = '/webhooks/{webhook_id}/{webhook_token}';
const original = `${webhook}/messages/@original`;
const commands = '/applications/{application_id}/commands';

const routes: readonly Route[] = [
  ['GET', '/gateway/bot', true, ({ gatewayUrl, shards }) => ok(drawGatewayBot(gatewayUrl(), shards()))],
  ['GET', commands, true, ({ world }) => ok(world.commands)],
  ['PUT', commands, true, putCommands],
  ['POST', '/users/@me/channels', true, openDirect],
  ['POST', channelMessages, true, postMessage],
  ['GET', channelMessages, true, listMessages],
  ['PATCH', `${channelMessages}/{message_id}`, true, editMessage],
  ['POST', callback, false, respond],
  ['PATCH', original, false, editOriginal],
  ['DELETE', original, false, deleteOriginal],
  ['POST', webhook, false, follow],
];

function matchPath(template: string, path: string): string[] | null {
  const pattern = template.replace(/\{\w+\}/g, '([^/]+)');
  return new RegExp(`^${pattern}$`).exec(path)?.slice(1) ?? null;
}

const ok = (body: unknown): ApiResponse => ({ status: 200, body });

function bodyProblems(template: string, request: ApiRequest, spec: OfficialSpec | null): string[] {
  const { method, body } = request;
  const official = spec?.check(method, template, body) ?? [];
  const files = request.files.map(({ name }) => name);
  if (template === commands) return [...official, ...commandProblems(body as PeerCommand[])];
  if (template === '/users/@me/channels') return official;
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

/** What is wrong with writing into a channel, or null. */
function channelTrouble({ world, parts: [channel = ''] }: Context): ApiResponse | null {
  const person = [...world.direct].find(([, id]) => id === channel)?.[0];
  if (person !== undefined) {
    return world.closedDirect.has(person) ? failure(403, 50007, 'Cannot send messages to this user') : null;
  }
  const known = [...world.guilds.values()].some(({ channels }) => channels.has(channel));
  if (!known) return failure(404, 10003, 'Unknown Channel');
  const code = world.forbidden.get(channel);
  if (code === undefined) return null;
  return failure(403, code, code === 50001 ? 'Missing Access' : 'Missing Permissions');
}

function postMessage(of: Context): ApiResponse {
  const { world, body, files } = of;
  const trouble = channelTrouble(of);
  if (trouble) return trouble;
  const channelId = of.parts[0] ?? '';
  const { nonce, enforce_nonce } = body as { nonce?: string; enforce_nonce?: boolean };
  const earlier = [...world.messages.values()].find(
    (each) =>
      enforce_nonce &&
      each.nonce === nonce &&
      each.channelId === channelId &&
      world.now() - each.postedAt < nonceMs,
  );
  const message = earlier ?? addMessage(world, { channelId, body: body as MessageBody, files, nonce });
  return ok(drawMessage(message, world));
}

export function addMessage(
  world: World,
  of: {
    channelId: string;
    body: MessageBody;
    files: readonly PeerFile[];
    nonce?: string | undefined;
    interactionId?: string;
    ephemeral?: boolean;
  },
) {
  const message = {
    id: world.snowflake(),
    channelId: of.channelId,
    nonce: of.nonce ?? null,
    postedAt: world.now(),
    body: numbered(of.body),
    files: [...of.files],
    ephemeral: of.ephemeral ?? false,
    gone: false,
    edits: 0,
    interactionId: of.interactionId ?? null,
  };
  world.messages.set(message.id, message);
  return message;
}

/** Discord numbers the components that have no id of their own. */
function numbered(body: MessageBody): MessageBody {
  let next = 1;
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null || !('type' in node)) return node;
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
    if (copy.id === undefined) {
      copy.id = next;
      next += 1;
    }
    return copy;
  };
  return { ...body, components: walk(body.components ?? []) as NonNullable<MessageBody['components']> };
}

export function drawMessage(message: ReturnType<typeof addMessage>, world: World) {
  const { id, channelId, body } = message;
  return {
    id,
    channel_id: channelId,
    type: 0,
    content: '',
    author: { id: world.botId, username: 'common-thread', discriminator: '0', avatar: null, bot: true },
    application_id: world.applicationId,
    timestamp: new Date(message.postedAt).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    flags: (body.flags ?? 0) | (message.ephemeral ? ephemeral : 0),
    components: body.components ?? [],
  };
}

function listMessages(of: Context): ApiResponse {
  const { world, query, parts } = of;
  const [channel = ''] = parts;
  if (world.unreadable.has(channel)) return ok([]);
  const after = BigInt(query.get('after') ?? 0);
  const found = [...world.messages.values()]
    .filter((each) => each.channelId === channel && !each.gone && BigInt(each.id) > after)
    .slice(0, Number(query.get('limit') ?? 50));
  return ok(found.reverse().map((message) => drawMessage(message, world)));
}

function editMessage(of: Context): ApiResponse {
  const { world, parts, body, files } = of;
  const trouble = channelTrouble(of);
  if (trouble) return trouble;
  const message = world.messages.get(parts[1] ?? '');
  if (!message || message.gone || message.channelId !== parts[0]) return unknownMessage;
  applyEdit(message, body as MessageBody, files);
  return ok(drawMessage(message, world));
}

function applyEdit(
  message: ReturnType<typeof addMessage>,
  body: MessageBody,
  files: readonly PeerFile[],
): void {
  message.body = numbered({ ...message.body, ...body });
  message.files = [...files];
  message.edits += 1;
}

function respond({ world, parts, body, files }: Context): ApiResponse {
  const interaction = world.interactions.get(parts[0] ?? '');
  const late = interaction && world.now() - interaction.createdAt > firstResponseMs;
  if (!interaction || interaction.token !== parts[1] || (late && interaction.acknowledged === null))
    return failure(404, 10062, 'Unknown interaction');
  if (interaction.acknowledged !== null)
    return failure(400, 40060, 'Interaction has already been acknowledged.');
  const { type, data } = body as { type: number; data?: MessageBody };
  const updates = type === 6 || type === 7;
  if ((updates && interaction.fromMessage === null) || (type === 9 && interaction.isSubmit))
    return failure(400, 50035, 'Invalid Form Body');
  interaction.acknowledged = type;
  interaction.ephemeral = ((data?.flags ?? 0) & ephemeral) !== 0;
  interaction.thinking = type === 5;
  if (updates) interaction.original = interaction.fromMessage;
  if (type === 4 && data)
    interaction.original = answerMessage(world, interaction, data, files, interaction.ephemeral);
  if (type === 8) interaction.choices = (data as unknown as { choices: [] }).choices;
  if (type === 9) interaction.modal = data as unknown as Modal;
  return { status: 204 };
}

function answerMessage(
  world: World,
  { id, channelId }: PeerInteraction,
  body: MessageBody,
  files: readonly PeerFile[],
  toOneAlone: boolean,
): string {
  return addMessage(world, { channelId, body, files, interactionId: id, ephemeral: toOneAlone }).id;
}

/** The interaction behind a webhook's token, or why it cannot be used. */
function interactionOf({ world, parts }: Context): PeerInteraction | ApiResponse {
  const found = [...world.interactions.values()].find(({ token }) => token === parts[1]);
  if (!found || found.acknowledged === null) return failure(404, 10015, 'Unknown Webhook');
  if (world.now() - found.createdAt > tokenMs) return failure(401, 50027, 'Invalid Webhook Token');
  return found;
}

function editOriginal(of: Context): ApiResponse {
  const found = interactionOf(of);
  if ('status' in found) return found;
  const { world, body, files } = of;
  if (found.thinking) {
    found.thinking = false;
    found.original = answerMessage(world, found, body as MessageBody, files, found.ephemeral);
    return ok(drawMessage(world.messages.get(found.original) as never, world));
  }
  const message = world.messages.get(found.original ?? '');
  if (!message || message.gone) return unknownMessage;
  applyEdit(message, body as MessageBody, files);
  return ok(drawMessage(message, world));
}

function deleteOriginal(of: Context): ApiResponse {
  const found = interactionOf(of);
  if ('status' in found) return found;
  if (found.thinking) {
    found.thinking = false;
    return { status: 204 };
  }
  const message = of.world.messages.get(found.original ?? '');
  if (!message || message.gone) return unknownMessage;
  message.gone = true;
  return { status: 204 };
}

function follow(of: Context): ApiResponse {
  const found = interactionOf(of);
  if ('status' in found) return found;
  const { world, body, files } = of;
  const wanted = (((body as MessageBody).flags ?? 0) & ephemeral) !== 0;
  // The first message behind "thinking" takes its place, and is as visible as that was.
  const toOneAlone = found.thinking ? found.ephemeral : wanted;
  const id = answerMessage(world, found, body as MessageBody, files, toOneAlone);
  if (found.thinking) {
    found.thinking = false;
    found.original = id;
  } else found.follows.push(id);
  return ok(drawMessage(world.messages.get(id) as never, world));
}
