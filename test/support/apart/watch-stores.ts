import type { Plugin } from 'vitest/config';

/**
 * Lets a test see every call of an exported store function: behind each of them stands one that tells
 * `globalThis.onStoreCall` first, where a test has set it.
 */
export function watchStores(): Plugin {
  return {
    name: 'watch-stores',
    enforce: 'pre',
    transform(code, id) {
      const file = /\/(src\/(?:.*\/)?store\.ts)$/.exec(id)?.[1];
      if (!file) return null;
      const assignable = code.replace(/^export const (\w+) = (?=async\b|\(|<)/gm, 'export let $1 = ');
      const names = [...assignable.matchAll(/^export (?:(?:async )?function|let) (\w+)/gm)];
      const behind = names.map(([, name]) => {
        const called = `globalThis.onStoreCall?.('${file}', '${name}', own, given);`;
        return `{ const own = ${name}; ${name} = (...given) => { ${called} return own(...given); }; }`;
      });
      return { code: [assignable, ...behind].join('\n'), map: null };
    },
  };
}

declare global {
  var onStoreCall:
    | ((file: string, name: string, own: (...given: unknown[]) => unknown, given: unknown[]) => void)
    | undefined;
}
