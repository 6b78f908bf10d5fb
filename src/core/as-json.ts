/** Rows as a file can hold them: moments as text, nothing that JSON does not know. */
export function asJson(rows: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(rows)) as Record<string, unknown>;
}
