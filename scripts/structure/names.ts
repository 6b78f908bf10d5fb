import path from 'node:path';

/** The closed list of what a feature folder may hold. */
const featureFiles = new Set([
  ...['feature.ts', 'commands.ts', 'buttons.ts', 'forms.ts', 'jobs.ts', 'rules.ts', 'store.ts', 'cards.ts'],
  ...['sections.ts', 'fields.ts', 'words.ts', 'README.md'],
]);
const banned = /^(utils?|helpers?|common|misc|types|index|[a-z-]*-?manager|[a-z-]*-?service)\.(ts|tsx)$/;

export function checkNames(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const name = path.posix.basename(file);
    const problems: string[] = [];
    if (
      /^src\/features\/.+\//.test(file) &&
      !featureFiles.has(name) &&
      !/^words\.[a-z-]+\.json$/i.test(name)
    ) {
      problems.push(
        `${file}: a feature folder holds only ${[...featureFiles].join(', ')} and words.*.json. Rename it, or split the feature into sub-folders by topic with these names inside.`,
      );
    }
    if (banned.test(name)) problems.push(`${file}: name the file for what is inside, not "${name}".`);
    if (/\.(ts|tsx)$/.test(name) && !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.(ts|tsx)$/.test(name)) {
      problems.push(`${file}: file names are kebab-case.`);
    }
    return problems;
  });
}
