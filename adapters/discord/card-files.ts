import { discordLimits as limits } from './limits.ts';

/** The files that travel with one message. */
export type CardFiles = {
  readonly list: readonly CardFile[];
  /** Returns the name by which the message refers to it. */
  add(name: string, data: Buffer, contentType: string, description?: string): string;
};

type CardFile = { name: string; data: Buffer; contentType: string; description: string | undefined };

export function makeCardFiles(): CardFiles {
  const list: CardFile[] = [];
  return {
    list,
    add(wanted, data, contentType, description) {
      // Discord renames what is not a letter, digit, dot, dash or underscore, and the reference would be lost.
      const plain = wanted.normalize('NFKD').replace(/\p{M}/gu, '');
      const safe = plain.replace(/[^\w.-]+/g, '_') || 'file';
      const name = list.some((file) => file.name === safe) ? `${list.length}_${safe}` : safe;
      list.push({ name, data, contentType, description });
      if (list.length > limits.attachments)
        throw new Error(`A card has more than ${limits.attachments} files`);
      return name;
    },
  };
}
