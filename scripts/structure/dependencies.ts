import { readText } from './files.ts';

const page = 'docs/dependencies.md';

type Package = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** Each direct dependency stands in the list with its reason, in one exact version, and nothing else stands there. */
export function checkDependencies(of: { manifest: string; list: string } = ours()): string[] {
  const { dependencies, devDependencies } = JSON.parse(of.manifest) as Package;
  const direct = Object.entries({ ...dependencies, ...devDependencies });
  const reasons = readReasons(of.list);
  const known = new Set(direct.map(([name]) => name));
  return [
    ...direct
      .filter(([name]) => !reasons.get(name))
      .map(([name]) => `${page} gives no reason for ${name}. Say there what it is for, or do without it.`),
    ...direct
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))
      .map(([name, version]) => `package.json takes ${name} as ${version}. Name one exact version.`),
    ...[...reasons.keys()]
      .filter((name) => !known.has(name))
      .map((name) => `${page} lists ${name}, which package.json does not. Take it out of the list.`),
  ];
}

const ours = () => ({ manifest: readText('package.json'), list: readText(page) });

/** The rows of the tables: names in code marks, and what stands behind them. */
function readReasons(list: string): Map<string, string> {
  const rows = [...list.matchAll(/^\| *(`[^|]*`) *\|([^|]*)\|/gm)];
  return new Map(
    rows.flatMap(([, names = '', reason = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']): [string, string] => [name, reason.trim()]),
    ),
  );
}
