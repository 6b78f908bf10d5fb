import type { Source } from './files.ts';

/** Which folders a folder may import from, besides itself. Everything flows one way. */
const mayImport: readonly [folder: string, from: readonly string[]][] = [
  ['src/core/', ['src/database.ts']],
  ['src/time/', ['src/core/', 'src/database.ts']],
  ['src/identity/', ['src/core/', 'src/database.ts', 'src/time/']],
  ['src/timers/', ['src/core/', 'src/database.ts', 'src/identity/', 'src/time/']],
  ['src/delivery/', ['src/core/', 'src/database.ts', 'src/database-trouble.ts', 'src/identity/']],
  ['src/outreach/', ['src/core/', 'src/database.ts', 'src/identity/', 'src/time/']],
  ['src/charts/', ['src/core/']],
  ['src/csv/', []],
  ['src/long-work/', ['src/core/', 'src/database.ts', 'src/database-trouble.ts', 'src/identity/']],
  ['src/features/', ['src/']],
  ['src/', ['src/', 'prisma/client/']],
  ['jobs/', ['src/core/']],
  ['adapters/', ['src/', 'bot.ts', 'prisma/']],
  ['web/', ['src/core/', 'bot.ts']],
];

/** Packages that only one folder knows, so that they can be exchanged there. */
const ownedPackages: readonly [pattern: RegExp, owners: readonly string[]][] = [
  [/^(bullmq|ioredis)$/, ['jobs/']],
  [/^@slack\//, ['adapters/slack/']],
  [/^(discord\.js|@discordjs\/)/, ['adapters/discord/']],
  [/^@prisma\//, ['src/database.ts', 'prisma/']],
  [/^(chrono-node|@date-fns\/tz|date-fns)/, ['src/time/']],
  [/^csv-(parse|stringify)/, ['src/csv/']],
  [/^(@resvg\/|d3-scale|dejavu-fonts-ttf)/, ['src/charts/']],
  [/^@hono\/node-server/, ['web/', 'adapters/']],
];

const unchecked = /^(test|bench|faults|scripts)\//;

export function checkImports(sources: readonly Source[]): string[] {
  return [
    ...sources.flatMap(checkDirection),
    ...sources.flatMap(checkPackages),
    ...sources.flatMap(checkFeatureImports),
    ...sources.flatMap(checkEnvironment),
    ...sources.flatMap(checkStores),
    ...checkCycles(sources),
  ];
}

function checkDirection({ file, imports }: Source): string[] {
  const rule = mayImport.find(([folder]) => file.startsWith(folder));
  if (!rule || file === 'src/database.ts') return [];
  const [own, allowed] = rule;
  return imports
    .filter((name) => /^(src|adapters|jobs|web|prisma|main\.ts|bot\.ts)/.test(name))
    .filter((name) => !name.startsWith(own) && !allowed.some((from) => name.startsWith(from)))
    .map(
      (name) =>
        `${file} imports ${name}: imports flow main → adapters, jobs → features → the folders beside core → core. Move the code down, or pass it in.`,
    );
}

function checkPackages({ file, imports }: Source): string[] {
  if (unchecked.test(file)) return [];
  return ownedPackages.flatMap(([pattern, owners]) => {
    if (owners.some((owner) => file.startsWith(owner))) return [];
    return imports
      .filter((name) => pattern.test(name))
      .map(
        (name) =>
          `${file} imports ${name}: only ${owners.join(', ')} may. Ask for what you need through a port in src/core/ports.ts.`,
      );
  });
}

const featureOf = (file: string) => /^src\/features\/([^/]+)\//.exec(file)?.[1];

function checkFeatureImports({ file, imports }: Source): string[] {
  const own = featureOf(file);
  if (!own) return [];
  return imports
    .filter((name) => {
      const other = featureOf(name);
      return other && other !== own && name !== `src/features/${other}/feature.ts`;
    })
    .map(
      (name) =>
        `${file} imports ${name}: of another feature only its feature.ts may be imported. Export it there.`,
    );
}

function checkEnvironment({ file, text }: Source): string[] {
  if (unchecked.test(file) || file === 'src/config.ts' || !/process\.env/.test(text)) return [];
  return [`${file} reads process.env: only src/config.ts does. Add the setting there and to .env.example.`];
}

function checkStores({ file, text }: Source): string[] {
  if (!featureOf(file) || file.endsWith('/store.ts')) return [];
  return /\b(tx|database)\s*\.\s*[a-zA-Z$]+\s*(\.|`|\()/.test(text)
    ? [`${file} talks to the database: in a feature only store.ts does. Put a named function there.`]
    : [];
}

/** Features that import each other, directly or in a circle. */
function checkCycles(sources: readonly Source[]): string[] {
  const edges = new Map<string, Set<string>>();
  for (const { file, imports } of sources) {
    const own = featureOf(file);
    if (!own) continue;
    const others = imports.map(featureOf).filter((name): name is string => Boolean(name) && name !== own);
    edges.set(own, new Set([...(edges.get(own) ?? []), ...others]));
  }
  const problems: string[] = [];
  const walk = (at: string, path: readonly string[]) => {
    if (path.includes(at)) {
      problems.push(
        `Features import each other in a circle: ${[...path, at].join(' → ')}. Break it with an extension point in Feature['adds'].`,
      );
      return;
    }
    for (const next of edges.get(at) ?? []) walk(next, [...path, at]);
  };
  for (const name of edges.keys()) walk(name, []);
  return problems.slice(0, 1);
}
