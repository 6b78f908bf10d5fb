/** Slack's own limits on what we draw. Where sources disagree, the smaller number (`@slack/types`, slack_sdk). */
export const slackLimits = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** One text object, or one string in rich text. */
  text: 3000,
  header: 150,
  actions: 25,
  selectOptions: 100,
  contextElements: 10,
  confirmTitle: 100,
  confirmAnswer: 30,
  viewTitle: 24,
  inputText: 3000,
  privateMetadata: 3000,
  buttonValue: 2000,
  altText: 2000,
  url: 3000,
} as const;
