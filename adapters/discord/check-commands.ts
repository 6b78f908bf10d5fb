import { discordLimits as limits } from './limits.ts';

/** Words by Discord's locales. */
type Localised = Readonly<Record<string, string | null>> | null;

type Choice = {
  readonly name: string;
  readonly name_localizations?: Localised;
  readonly value: string | number;
};

type Option = {
  readonly name: string;
  readonly name_localizations?: Localised;
  readonly description: string;
  readonly description_localizations?: Localised;
  readonly required?: boolean;
  readonly options?: readonly Option[];
  readonly choices?: readonly Choice[];
};

/** Names of commands and options (interactions/application-commands, "Application Command Naming"). */
const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Throws with everything that Discord would refuse about a set of commands. */
export function checkCommands(commands: readonly object[]): void {
  const all = commands as readonly Option[];
  const problems = [
    ...(all.length > limits.commands ? [`${all.length} commands, of at most ${limits.commands}`] : []),
    ...doubles(all.map(({ name }) => name)).map((name) => `/${name} stands there twice`),
    ...all.flatMap((command) => [...checkOne(command, `/${command.name}`), ...checkLength(command)]),
  ];
  if (problems.length > 0) throw new Error(`Discord would refuse these commands:\n${problems.join('\n')}`);
}

function checkOne(option: Option, at: string): string[] {
  const problems: string[] = [];
  const { options = [], choices = [] } = option;
  for (const [name, where] of inEach(option.name, option.name_localizations, at)) {
    if (!namePattern.test(name))
      problems.push(`${where}: the name has something else than letters, digits and -, or over 32 of them`);
    if (name !== name.toLowerCase()) problems.push(`${where}: the name has capitals`);
  }
  for (const [{ length }, where] of inEach(option.description, option.description_localizations, at))
    if (length < 1 || length > limits.commandDescription)
      problems.push(
        `${where}: the description has ${length} characters, of 1 to ${limits.commandDescription}`,
      );
  if (options.length > limits.commandOptions)
    problems.push(`${at}: ${options.length} options, of at most ${limits.commandOptions}`);
  if (choices.length > limits.commandOptions)
    problems.push(`${at}: ${choices.length} choices, of at most ${limits.commandOptions}`);
  for (const { name, name_localizations, value } of choices) {
    if (String(value).length > limits.choiceName) problems.push(`${at}: a choice is too long`);
    for (const [{ length }, where] of inEach(name, name_localizations, at))
      if (length < 1 || length > limits.choiceName)
        problems.push(
          `${where}: the name of a choice has ${length} characters, of 1 to ${limits.choiceName}`,
        );
  }
  for (const double of doubles(options.map(({ name }) => name))) problems.push(`${at} ${double}: twice`);
  const firstOptional = options.findIndex(({ required }) => required === false);
  if (firstOptional !== -1 && options.slice(firstOptional).some(({ required }) => required))
    problems.push(`${at}: a required option stands behind an optional one`);
  return [...problems, ...options.flatMap((deeper) => checkOne(deeper, `${at} ${deeper.name}`))];
}

const doubles = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

function checkLength(command: Option): string[] {
  const length = textLength(command);
  if (length <= limits.commandText) return [];
  return [`/${command.name}: ${length} characters in all, of at most ${limits.commandText}`];
}

/** Of words in several languages only the longest count (interactions/application-commands, "Slash Commands"). */
function textLength(option: Option): number {
  const { name, description, options = [], choices = [] } = option;
  const inChoices = choices.map(
    (choice) => longest(choice.name, choice.name_localizations) + String(choice.value).length,
  );
  return [
    longest(name, option.name_localizations),
    longest(description, option.description_localizations),
    ...inChoices,
    ...options.map(textLength),
  ].reduce((sum, length) => sum + length, 0);
}

const longest = (words: string, localised: Localised | undefined) =>
  Math.max(...inEach(words, localised, '').map(([{ length }]) => length));

/** The words in every language, with where they stand. */
function inEach(words: string, localised: Localised | undefined, at: string): [string, string][] {
  const others = Object.entries(localised ?? {}).map(([locale, other]): [string, string] => [
    other ?? '',
    `${at} (${locale})`,
  ]);
  return [[words, at], ...others];
}
