import { addMessage, applyEdit, drawMessage, ephemeral } from './api-messages.ts';
import { type ApiResponse, type Context, failure, ok, unknownMessage } from './api-request.ts';
import type { MessageBody, Modal, PeerFile, PeerInteraction, World } from './world.ts';

const firstResponseMs = 3_000;
const tokenMs = 15 * 60_000;

export function respond({ world, parts, body, files }: Context): ApiResponse {
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
  const pressed = world.messages.get(interaction.fromMessage ?? '');
  if (type === 7 && data && pressed) applyEdit(pressed, data, files);
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

export function editOriginal(of: Context): ApiResponse {
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

export function deleteOriginal(of: Context): ApiResponse {
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

export function follow(of: Context): ApiResponse {
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
