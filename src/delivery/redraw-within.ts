/**
 * What `delivery.redraw` does, as parts of a statement that writes what the card shows, for what is done too often
 * to be a transaction of several. A message that is on its way has no posting yet which such a statement could see:
 * while there is one, the statement must do nothing (`unsent`), and its caller takes the usual way.
 *
 * Each argument is SQL: a numbered value, cast to its type.
 */
export function redrawWithin(at: { coalitionId: string; view: string; subject: string }): {
  /** A query with a row for each message of this view that is on its way. */
  readonly unsent: string;
  /** @param written the part whose row says that something has changed */
  after(written: string): string;
} {
  const subject = (table: string) =>
    `${table}."coalitionId" = ${at.coalitionId} and ${table}."view" = ${at.view} and ${table}."subject" = ${at.subject}`;
  return {
    unsent: `select 1 from "Outgoing" o where o."state" in ('waiting', 'paused', 'sending') and ${subject('o')}`,
    after: (written) => `
      update "Posting" p set "wantedVersion" = p."wantedVersion" + 1, "stale" = true from ${written}
      where ${subject('p')} and p."goneAt" is null
      returning p."laneId"::text as "laneId"`,
  };
}
