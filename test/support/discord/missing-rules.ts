/**
 * What Discord refuses and its OpenAPI file does not say. Sources: discord/discord-api-docs, the pages
 * components/reference, resources/message and interactions/application-commands.
 */
type Node = {
  readonly type?: number;
  readonly id?: number;
  readonly custom_id?: string;
  readonly content?: string;
  readonly url?: string;
  readonly components?: readonly Node[];
  readonly component?: Node;
  readonly accessory?: Node;
  readonly file?: { readonly url: string };
  readonly items?: readonly { readonly media: { readonly url: string } }[];
  readonly options?: readonly { readonly value: string }[];
};

type Message = {
  readonly content?: string | null;
  readonly embeds?: readonly unknown[] | null;
  readonly components?: readonly Node[] | null;
  readonly flags?: number | null;
  readonly nonce?: string;
  readonly enforce_nonce?: boolean;
  readonly allowed_mentions?: { readonly parse?: readonly string[]; readonly users?: readonly string[] };
  readonly attachments?: readonly { readonly filename?: string }[];
};

const componentsV2 = 1 << 15;
const [actionRow, button, textDisplay] = [1, 2, 10];

export function messageProblems(body: Message, files: readonly string[], isNew: boolean): string[] {
  const problems: string[] = [];
  const all = flat(body.components ?? []);
  const v2 = ((body.flags ?? 0) & componentsV2) !== 0;
  if ((body.content ?? '').length > 2000) problems.push('content: over 2000 characters');
  if (v2 && (body.content || body.embeds?.length)) problems.push('content or embeds beside Components V2');
  if (!v2 && all.some(({ type = 0 }) => type >= 9 && type <= 17))
    problems.push('components of V2 without the flag');
  if (isNew && !body.content && !body.embeds?.length && all.length === 0) problems.push('an empty message');
  if (all.length > 40) problems.push(`${all.length} components, of at most 40`);
  const text = all.reduce(
    (sum, { type, content = '' }) => sum + (type === textDisplay ? content.length : 0),
    0,
  );
  if (text > 4000) problems.push(`${text} characters in text displays, of at most 4000`);
  problems.push(...doubles(all.map(({ custom_id }) => custom_id)).map((id) => `custom_id ${id} twice`));
  problems.push(...doubles(all.map(({ id }) => id)).map((id) => `component id ${id} twice`));
  for (const row of all.filter(({ type }) => type === actionRow)) problems.push(...rowProblems(row));
  for (const { type, custom_id, url } of all)
    if (type === button && !custom_id && !url) problems.push('a button that leads nowhere');
  for (const select of all.filter(({ options }) => options))
    if (doubles((select.options ?? []).map(({ value }) => value)).length > 0)
      problems.push(`${select.custom_id}: an option value twice`);
  const named = (body.attachments ?? []).map(({ filename }) => filename);
  for (const url of all.flatMap(mediaUrls)) {
    const name = /^attachment:\/\/(.*)$/.exec(url)?.[1];
    if (name !== undefined && !files.includes(name)) problems.push(`${url} was not sent along`);
    if (name !== undefined && named.length > 0 && !named.includes(name))
      problems.push(`${url} is not attached`);
  }
  const { parse = [], users = [] } = body.allowed_mentions ?? { parse: ['everyone'] };
  if (parse.includes('users') && users.length > 0) problems.push('allowed_mentions: users named and parsed');
  // Not a rule of Discord's but one of ours: nothing but named people is ever mentioned.
  if (parse.length > 0) problems.push(`allowed_mentions parses ${parse.join(', ')}`);
  if (body.enforce_nonce && !body.nonce) problems.push('enforce_nonce without a nonce');
  return problems;
}

function rowProblems({ components = [] }: Node): string[] {
  const buttons = components.filter(({ type }) => type === button).length;
  if (buttons > 0 && buttons < components.length) return ['a row with buttons and something else'];
  if (buttons > 5) return [`${buttons} buttons in a row, of at most 5`];
  return buttons === 0 && components.length !== 1 ? ['a row with more than one select'] : [];
}

export function modalProblems(modal: { readonly components: readonly Node[] }): string[] {
  const problems: string[] = [];
  const { components } = modal;
  if (components.length < 1 || components.length > 5) problems.push(`${components.length} parts, of 1 to 5`);
  problems.push(...doubles(flat(components).map((each) => each.custom_id)).map((id) => `${id} twice`));
  return problems;
}

function flat(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => [
    node,
    ...flat(node.components ?? []),
    ...flat(node.component ? [node.component] : []),
    ...flat(node.accessory ? [node.accessory] : []),
  ]);
}

const mediaUrls = ({ file, items }: Node): string[] => [
  ...(file ? [file.url] : []),
  ...(items ?? []).map(({ media }) => media.url),
];

function doubles<T>(values: readonly (T | undefined)[]): T[] {
  const given = values.filter((value): value is T => value !== undefined);
  return given.filter((value, index) => given.indexOf(value) !== index);
}

type InLocales = Readonly<Record<string, string>> | null;

type CommandNode = {
  readonly name: string;
  readonly name_localizations?: InLocales;
  readonly description?: string;
  readonly description_localizations?: InLocales;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly options?: readonly CommandNode[];
  readonly choices?: readonly {
    readonly name: string;
    readonly name_localizations?: InLocales;
    readonly value: unknown;
  }[];
};

export function commandProblems(commands: readonly CommandNode[]): string[] {
  const problems = doubles(commands.map(({ name }) => name)).map((name) => `command ${name} twice`);
  if (commands.length > 100) problems.push(`${commands.length} commands, of at most 100`);
  for (const command of commands) {
    const length = commandLength(command);
    if (length > 8000) problems.push(`${command.name}: ${length} characters, of at most 8000`);
    problems.push(...optionProblems(command));
  }
  return problems;
}

function optionProblems(node: CommandNode): string[] {
  const { name, options = [], choices = [], autocomplete } = node;
  const problems: string[] = [];
  for (const each of [name, ...Object.values(node.name_localizations ?? {})])
    if (!/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(each) || each !== each.toLowerCase())
      problems.push(`${each} is no name`);
  for (const [locale, { length }] of Object.entries(node.description_localizations ?? {}))
    if (length < 1 || length > 100) problems.push(`${name}: ${length} characters describe it in ${locale}`);
  for (const [locale, { length }] of choices.flatMap((each) => Object.entries(each.name_localizations ?? {})))
    if (length < 1 || length > 100) problems.push(`${name}: a choice of ${length} characters in ${locale}`);
  if (autocomplete && choices.length > 0) problems.push(`${name}: autocomplete and choices`);
  if (choices.some(({ value }) => String(value).length > 100)) problems.push(`${name}: a choice over 100`);
  problems.push(...doubles(options.map((each) => each.name)).map((double) => `option ${double} twice`));
  const order = options.filter((each) => each.required !== undefined).map((each) => each.required);
  if (order.lastIndexOf(true) > order.indexOf(false) && order.includes(false))
    problems.push(`${name}: a required option behind an optional one`);
  return [...problems, ...options.flatMap(optionProblems)];
}

/** Only the longest of each field's languages counts. */
function commandLength(node: CommandNode): number {
  const { options = [], choices = [] } = node;
  const most = (word: string | undefined, others: InLocales | undefined) =>
    Math.max(...[word ?? '', ...Object.values(others ?? {})].map(({ length }) => length));
  let length = most(node.name, node.name_localizations);
  length += most(node.description, node.description_localizations);
  for (const each of choices) length += most(each.name, each.name_localizations) + String(each.value).length;
  for (const each of options) length += commandLength(each);
  return length;
}
