// npm run structure: keeps the house in the shape that docs/architecture.md describes. Each message says how to mend it.
import { checkDependencies } from './structure/dependencies.ts';
import { checkDocs } from './structure/docs.ts';
import { listFiles, readSources } from './structure/files.ts';
import { checkImports } from './structure/imports.ts';
import { checkNames } from './structure/names.ts';
import { checkSizes } from './structure/sizes.ts';
import { checkStoreFunctions } from './structure/stores.ts';

const files = listFiles();
const sources = readSources(files);
const problems = [
  ...checkImports(sources),
  ...checkNames(files),
  ...checkSizes(sources),
  ...checkDocs(files, sources),
  ...checkDependencies(),
  ...checkStoreFunctions(),
];
for (const problem of problems) console.error(problem);
console.log(`${sources.length} source files, ${problems.length} structure problems`);
if (problems.length > 0) process.exit(1);
