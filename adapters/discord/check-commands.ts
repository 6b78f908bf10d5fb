import { discordLimits as limits } from './limits.ts';

type Option = {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly options?: readonly Option[];
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
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
  const { name, description, options = [], choices = [] } = option;
  if (!namePattern.test(name)) problems.push(`${at}: the name has something else than letters, digits and -`);
  if (name !== name.toLowerCase()) problems.push(`${at}: the name has capitals`);
  if (description.length < 1 || description.length > limits.commandDescription)
    problems.push(`${at}: the description has ${description.length} characters, of 1 to 100`);
  if (options.length > limits.commandOptions)
    problems.push(`${at}: ${options.length} options, of at most ${limits.commandOptions}`);
  if (choices.length > limits.commandOptions)
    problems.push(`${at}: ${choices.length} choices, of at most ${limits.commandOptions}`);
  for (const { value } of choices)
    if (String(value).length > limits.choiceName) problems.push(`${at}: a choice is too long`);
  for (const double of doubles(options.map((each) => each.name))) problems.push(`${at} ${double}: twice`);
  const firstOptional = options.findIndex((each) => each.required === false);
  if (firstOptional !== -1 && options.slice(firstOptional).some((each) => each.required))
    problems.push(`${at}: a required option stands behind an optional one`);
  return [...problems, ...options.flatMap((each) => checkOne(each, `${at} ${each.name}`))];
}

const doubles = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

function checkLength(command: Option): string[] {
  const length = textLength(command);
  if (length <= limits.commandText) return [];
  return [`/${command.name}: ${length} characters in all, of at most ${limits.commandText}`];
}

function textLength({ name, description, options = [], choices = [] }: Option): number {
  const inChoices = choices.reduce((sum, each) => sum + each.name.length + String(each.value).length, 0);
  return (
    name.length +
    description.length +
    inChoices +
    options.reduce((sum, option) => sum + textLength(option), 0)
  );
}
