import { existsSync } from 'node:fs';
import path from 'node:path';

/** Programs stand here even where the PATH of whoever starts us leaves the folder out. */
const usualFolders = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/** Where a program is, or null when it is not installed. */
export function findBinary(name: string): string | null {
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter).filter(path.isAbsolute),
    ...usualFolders,
  ];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}
