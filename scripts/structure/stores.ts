import { listFiles, readText } from './files.ts';

/** An exported function of a store that reads or writes; whoever does neither gets no way to the database. */
type StoreFunction = {
  /** `features/roles/seats/store.ts takeSeat` */
  readonly name: string;
  /** The types of what it takes, behind its way to the database. */
  readonly takes: readonly string[];
};

export function listStoreFunctions(files: readonly string[] = listFiles()): StoreFunction[] {
  return files
    .filter((file) => /^src\/(.*\/)?store\.ts$/.test(file))
    .flatMap((file) => readStore(file.replace('src/', ''), readText(file)));
}

const declared = /^export (?:(?:async )?function (\w+)(?:<[^(]*>)?|const (\w+) = (?:async )?)\(/gm;
const toDatabase = /^(Writing(\['tx'\])?|Reading|Tx|Database|Tools|Pick<(Writing|Tools), [^>]*>)$/;

export function readStore(file: string, text: string): StoreFunction[] {
  return [...text.matchAll(declared)].flatMap((found) => {
    const takes = splitParameters(text.slice(found.index + found[0].length));
    if (!takes.some((type) => toDatabase.test(type))) return [];
    return [
      { name: `${file} ${found[1] ?? found[2]}`, takes: takes.filter((type) => !toDatabase.test(type)) },
    ];
  });
}

/** The types of the parameters whose list begins here. */
function splitParameters(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let now = '';
  for (const [index, sign] of [...text].entries()) {
    const isArrow = sign === '>' && text[index - 1] === '=';
    if ('([{<'.includes(sign)) depth += 1;
    if (')]}>'.includes(sign) && !isArrow) depth -= 1;
    if (depth < 0 || (depth === 0 && sign === ',')) {
      if (now.trim() !== '') found.push(typeOf(now));
      now = '';
    } else now += sign;
    if (depth < 0) break;
  }
  return found;
}

/** `of: { id: string }` and `{ tx, now }: Writing` have their type behind the first colon outside brackets. */
function typeOf(parameter: string): string {
  let depth = 0;
  for (const [index, sign] of [...parameter].entries()) {
    if ('([{<'.includes(sign)) depth += 1;
    if (')]}>'.includes(sign)) depth -= 1;
    if (depth === 0 && sign === ':')
      return parameter
        .slice(index + 1)
        .replace(/\s+/g, ' ')
        .trim();
  }
  return parameter.trim();
}

/** The coalition itself, or a row that was found under it and says whose it is. */
const saysWhose =
  /^(CoalitionId|Coalition|Decision|Meeting|Series|Who|By|Pick<(Coalition|Meeting), [^>]*'(id|coalitionId)'[^>]*>)$|\bcoalitionId: CoalitionId\b|\bcoalition: (Coalition|CoalitionId)\b|\bdecision: Decision\b|\bid: CoalitionId\b/;

const byCode = 'a code is found by its hash alone: whoever types it does not know yet whose it is';
const byUpkeep = 'a worker keeps one group in step whose id the sweep found; no button carries that id here';
const inOutreach = 'called by the outreach door with rows that it found under their coalition';

/** Functions that take something else first, each with its reason. Nothing that a person sends reaches them unchecked. */
export const takesNoCoalition: Readonly<Record<string, string>> = {
  'features/directory/linking/codes/store.ts lockCode': byCode,
  'features/directory/linking/codes/store.ts holdCode': byCode,
  'features/directory/linking/codes/store.ts spendCode': byCode,
  'features/directory/linking/codes/store.ts takeTry':
    'tries are counted by account, before anything is found',
  'features/directory/linking/codes/store.ts giveTryBack': 'tries are counted by account',
  'features/roles/groups/store.ts listOutOfStep': 'the sweep looks through every coalition',
  'features/roles/groups/store.ts findGroup': byUpkeep,
  'features/roles/groups/store.ts hasChanged': byUpkeep,
  'features/roles/groups/store.ts listWanted': byUpkeep,
  'features/roles/groups/store.ts takeGroup': byUpkeep,
  'features/roles/groups/store.ts letGroupGo': byUpkeep,
  'features/roles/groups/store.ts recordFound': byUpkeep,
  'features/roles/groups/store.ts recordStep': byUpkeep,
  'features/roles/groups/store.ts recordAdding': byUpkeep,
  'features/roles/groups/store.ts recordRemoving': byUpkeep,
  'features/roles/groups/store.ts recordChanged': byUpkeep,
  'features/check-ins/concerns/store.ts listBoxes': 'the sweep looks through every coalition',
  'features/directory/coalition/store.ts openCoalition': 'there is no coalition yet',
  'features/measures/exports/store.ts findToken': 'the token says which coalition it opens',
  'outreach/store.ts record': 'the message holds its coalition',
  'outreach/store.ts replaceEarlier': inOutreach,
  'outreach/store.ts lockPerson': inOutreach,
  'outreach/store.ts listIn': inOutreach,
  'outreach/store.ts recordTouchpoint': inOutreach,
};

/** Functions that would change a row of another coalition if its ids came from what somebody sent; they never do. */
export const trustsItsIds: Readonly<Record<string, string>> = {
  'features/decisions/proposing/store.ts propose': 'the workspace in which somebody asks',
  'features/directory/joining/store.ts saveJoinDraft': 'the account and workspace of whoever asks',
  'features/directory/linking/codes/store.ts makeLinkCode': 'the member who asks',
  'identity/store.ts recordPlace': 'the workspace in which somebody asks',
};

/** Every store function takes the coalition first, so that no id alone leads to a row. */
export function checkStoreFunctions(functions: readonly StoreFunction[] = listStoreFunctions()): string[] {
  const names = new Set(functions.map(({ name }) => name));
  return [
    ...functions
      .filter(({ name, takes: [first = ''] }) => !saysWhose.test(first) && !(name in takesNoCoalition))
      .map(
        ({ name, takes: [first] }) =>
          `${name} takes ${first ?? 'nothing'} first. Take the coalition first and find nothing of another's.`,
      ),
    ...functions
      .filter(({ name, takes: [first = ''] }) => saysWhose.test(first) && name in takesNoCoalition)
      .map(({ name }) => `${name} takes its coalition first: take it out of the exceptions.`),
    ...[...Object.keys(takesNoCoalition), ...Object.keys(trustsItsIds)]
      .filter((name) => !names.has(name))
      .map((name) => `${name} is an exception that does not exist: take it out.`),
  ];
}
