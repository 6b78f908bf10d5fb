import { type ApiResponse, type Context, failure, ok, unknownMessage } from './api-request.ts';
import { botUser, messageFrame } from './frames.ts';
import type { MessageBody, PeerFile, PeerMessage, World } from './world.ts';

/** "The past few minutes" (resources/message): the peer forgets a nonce after three. */
const nonceMs = 3 * 60_000;
export const ephemeral = 1 << 6;

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

export function postMessage(of: Context): ApiResponse {
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

export function drawMessage(message: PeerMessage, world: World) {
  const { id, channelId, postedAt, body, ephemeral: toOneAlone } = message;
  const author = botUser(world.botId);
  return messageFrame(
    { id, channelId, author, postedAt: new Date(postedAt) },
    {
      application_id: world.applicationId,
      flags: (body.flags ?? 0) | (toOneAlone ? ephemeral : 0),
      components: body.components ?? [],
    },
  );
}

export function listMessages(of: Context): ApiResponse {
  const { world, query, parts } = of;
  const [channel = ''] = parts;
  if (world.unreadable.has(channel)) return ok([]);
  const after = BigInt(query.get('after') ?? 0);
  const found = [...world.messages.values()]
    // Answers to somebody alone are no messages of the channel.
    .filter((each) => !each.ephemeral && each.channelId === channel && !each.gone && BigInt(each.id) > after)
    .slice(0, Number(query.get('limit') ?? 50));
  return ok(found.reverse().map((message) => drawMessage(message, world)));
}

export function editMessage(of: Context): ApiResponse {
  const { world, parts, body, files } = of;
  const trouble = channelTrouble(of);
  if (trouble) return trouble;
  const message = world.messages.get(parts[1] ?? '');
  if (!message || message.gone || message.channelId !== parts[0]) return unknownMessage;
  applyEdit(message, body as MessageBody, files);
  return ok(drawMessage(message, world));
}

export function applyEdit(
  message: ReturnType<typeof addMessage>,
  body: MessageBody,
  files: readonly PeerFile[],
): void {
  message.body = numbered({ ...message.body, ...body });
  message.files = [...files];
  message.edits += 1;
}
