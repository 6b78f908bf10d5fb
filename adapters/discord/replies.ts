import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  type BaseInteraction,
  InteractionResponseType,
  MessageFlags,
  type REST,
  type RESTPostAPIInteractionCallbackJSONBody,
  Routes,
} from 'discord.js';
import type { DiscordMessage } from './draw-card.ts';

/**
 * The ways to respond to one interaction. The first response is due within 3 seconds; with the token the
 * later ones work for 15 minutes (interactions/receiving-and-responding). None of these endpoints counts
 * towards the bot's global rate limit.
 */
export type Replies = {
  /** First response: "thinking", to be replaced by `edit`. */
  defer(how: { privately: boolean }): Promise<void>;
  /** First response to a press: the message stays as it is for now. */
  deferUpdate(): Promise<void>;
  /** First response: an answer to the person alone. */
  reply(message: DiscordMessage): Promise<void>;
  /** First response: an answer that everybody sees. */
  replyToAll(message: DiscordMessage): Promise<void>;
  /** First response to a press: the pressed message becomes this one. */
  update(message: DiscordMessage): Promise<void>;
  /** First response. */
  showForm(modal: APIModalInteractionResponseCallbackData): Promise<void>;
  /** First response to an option being typed. */
  suggest(choices: APIApplicationCommandOptionChoice<string>[]): Promise<void>;
  /** Replaces what was deferred: the "thinking" message, or the message that was pressed. */
  edit(message: DiscordMessage): Promise<void>;
  /** One more message, to the person alone. */
  follow(message: DiscordMessage): Promise<void>;
  /** Takes the deferred answer, or the pressed message, away. */
  remove(): Promise<void>;
};

export function repliesTo(interaction: BaseInteraction, rest: REST): Replies {
  const { id, token, applicationId } = interaction;
  const original = Routes.webhookMessage(applicationId, token, '@original');

  async function respond(body: RESTPostAPIInteractionCallbackJSONBody, files: DiscordMessage['files'] = []) {
    await rest.post(Routes.interactionCallback(id, token), { body, files, auth: false });
  }

  return {
    defer: ({ privately }) =>
      respond({
        type: InteractionResponseType.DeferredChannelMessageWithSource,
        data: privately ? { flags: MessageFlags.Ephemeral } : {},
      }),
    deferUpdate: () => respond({ type: InteractionResponseType.DeferredMessageUpdate }),
    reply: (message) => {
      const { body, files } = toPersonAlone(message);
      return respond({ type: InteractionResponseType.ChannelMessageWithSource, data: body }, files);
    },
    replyToAll: ({ body, files }) =>
      respond({ type: InteractionResponseType.ChannelMessageWithSource, data: body }, files),
    update: ({ body, files }) => respond({ type: InteractionResponseType.UpdateMessage, data: body }, files),
    showForm: (data) => respond({ type: InteractionResponseType.Modal, data }),
    suggest: (choices) =>
      respond({ type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } }),
    async edit({ body, files }) {
      await rest.patch(original, { body, files: [...files], auth: false });
    },
    async follow(message) {
      const { body, files } = toPersonAlone(message);
      await rest.post(Routes.webhook(applicationId, token), { body, files: [...files], auth: false });
    },
    async remove() {
      await rest.delete(original, { auth: false });
    },
  };
}

function toPersonAlone({ body, files }: DiscordMessage): DiscordMessage {
  return { body: { ...body, flags: body.flags | MessageFlags.Ephemeral }, files };
}
