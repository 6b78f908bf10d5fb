/**
 * The strictest limit of all platforms, so that one card and one form fit everywhere. Lengths are UTF-16 code
 * units, which is what both platforms count. Sources: Slack's Block Kit reference and `@slack/types`;
 * Discord's API reference and OpenAPI file.
 */
export const limits = {
  /** Slack header 150; Discord embed title 256. */
  heading: 150,
  /** Slack section text 3000; Discord text display 4000 (and about 4000 over a whole message). */
  text: 3000,
  /** Everything readable in one card: Discord's 4000 over all text displays. */
  cardText: 3900,
  /** Words of others on one page of several; ours: what stands around them fits beside them into `cardText`. */
  pageText: 2800,
  /** Slack button text 75; Discord label 80. */
  buttonLabel: 75,
  /** Slack actions block 25; Discord action row 5. A part with more is drawn on several rows. */
  buttonsPerRow: 5,
  buttonsPerCard: 20,
  /** Discord custom_id; Slack action_id 255. */
  pressId: 100,
  /** Discord select 25; Slack static select 100. */
  choices: 25,
  /** Slack option text 75; Discord 100. */
  choiceLabel: 75,
  choiceDescription: 75,
  /** Discord text input 100, select 150; Slack 150. */
  placeholder: 100,
  /** Slack modal title 24; Discord 45. */
  formTitle: 24,
  /** Discord modal 5 components; Slack 100 blocks. */
  formFields: 5,
  /** Discord label 45; Slack input label 2000. */
  fieldLabel: 45,
  /** Discord label description 100; Slack hint 2000. */
  fieldHint: 100,
  /** Slack plain_text_input 3000; Discord text input 4000. */
  fieldText: 3000,
  /** What of one field is kept while its mistakes are put right; ours. Longer ones are sent again. */
  keptText: 20_000,
  /** Slack section fields 10, each 2000. */
  cardFields: 10,
  /** Discord components in one message 40 (nested ones counted); Slack blocks 50. */
  cardParts: 25,
  /** Slack confirm text 300. */
  confirm: 300,
  /** Discord command description 100. */
  commandSummary: 100,
  optionSummary: 100,
  /** Discord autocomplete and choices 25. */
  suggestions: 25,
  /** Discord choice name and string value 100. */
  suggestionLabel: 100,
  /** Slack image alt_text 2000; Discord media description 1024. */
  alt: 1024,
} as const;
