/** A person as a disc with their initials, always in the same colour. */
export function Avatar({ name, isSmall = false }: { name: string; isSmall?: boolean }) {
  return (
    <span class={`avatar hue-${hueOf(name)}${isSmall ? ' avatar-small' : ''}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** How many colours theme.css has for people. */
const hues = 7;

function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % hues;
}

function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/);
  const first = [...(parts[0] ?? '')][0] ?? '?';
  const last = parts.length > 1 ? ([...(parts.at(-1) ?? '')][0] ?? '') : '';
  return `${first}${last}`.toUpperCase();
}
