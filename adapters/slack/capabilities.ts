import { slackLimits } from './limits.ts';

/** What Slack can and cannot do, for the tests that run the same conversation everywhere. */
export const capabilities = {
  platform: 'slack',
  /** A workspace has no calendar of its own that a bot could write to. */
  calendar: false,
  /** A form's wrong fields are shown in the form, which stays open. */
  showsProblemsInForms: true,
  /** Sub-commands and options are typed as text; a wrong or missing option opens as a form. */
  typesOptions: false,
  suggestsOptions: false,
  asksBeforePressing: true,
  takesFilesInForms: true,
  /** A private answer holds no file: it goes to the direct messages instead. */
  filesInPrivateAnswers: false,
  /** Pictures that a card carries are shown in channels and direct messages; a private answer names them. */
  picturesInPrivateAnswers: false,
  /** `done` removes a private message; a message in a channel stays and is redrawn. */
  privateMessagesVanish: true,
  /** Colours beside a message need attachments, which Slack has called legacy since 2019. */
  tones: false,
  instantsInReadersZone: true,
  home: true,
  /** Introductions happen in a conversation of those who meet. */
  groupConversations: true,
  /** What can follow who holds a role: user groups, with two optional scopes. */
  groups: 'user-groups',
  /** Milliseconds within which a form must be opened after a click or command. */
  formWithinMs: 3000,
  /** An answer that takes longer goes out as a message of its own. */
  answerWithinMs: 30 * 60_000,
  limits: slackLimits,
} as const;
