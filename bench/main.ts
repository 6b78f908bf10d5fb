// npm run bench -- NAME: runs one benchmark. Each compares with a baseline in the same run and ends in one JSON line.
import { readdirSync } from 'node:fs';
import path from 'node:path';

const names = readdirSync(import.meta.dirname)
  .filter((file) => /^[a-z-]+\.js$/.test(file) && file !== 'main.js')
  .map((file) => file.replace('.js', ''));
const [name = '', ...options] = process.argv.slice(2);

if (!names.includes(name)) {
  console.error(`There is no benchmark “${name}”. There are: ${names.join(', ')}.`);
  process.exit(1);
}
const { run } = (await import(path.join(import.meta.dirname, `${name}.js`))) as {
  run(options: readonly string[]): Promise<Record<string, unknown>>;
};
console.log(JSON.stringify(await run(options)));
