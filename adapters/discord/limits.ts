/**
 * Discord's own limits, in UTF-16 units, from its API reference (discord/discord-api-docs) and OpenAPI file.
 * What features must keep to stands in `src/core/limits.ts`; here is what this adapter checks once more.
 */
export const discordLimits = {
  /** All text displays of one message together. Assumed from practice: the file only says 4000 for each. */
  messageText: 4000,
  /** Components of one message, nested ones counted (components/reference). */
  components: 40,
  buttonsPerRow: 5,
  buttonLabel: 80,
  customId: 100,
  options: 25,
  optionLabel: 100,
  selectPlaceholder: 150,
  attachments: 10,
  mediaDescription: 1024,
  mediaUrl: 2048,
  /** `allowed_mentions.users` (resources/message). */
  mentions: 100,
  modalTitle: 45,
  modalComponents: 5,
  label: 45,
  labelDescription: 100,
  textInput: 4000,
  textInputPlaceholder: 100,
  /** `nonce` of a message (resources/message). */
  nonce: 25,
  /** Options of a command, and choices of an option (interactions/application-commands). */
  commandOptions: 25,
  commandName: 32,
  commandDescription: 100,
  choiceName: 100,
  stringOption: 6000,
  /** Names, descriptions and values of one command together. */
  commandText: 8000,
  commands: 100,
} as const;
