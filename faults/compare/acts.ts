import type { Server } from '../server.ts';
import type { Findings } from './findings.ts';

/** Whatever was acknowledged to somebody stands in the rows, once. */
export function compareActs(
  expected: ReadonlyMap<string, readonly string[]>,
  rows: readonly { readonly thing: string; readonly what: string }[],
): Findings {
  const lost: string[] = [];
  const duplicates: string[] = [];
  const found = new Map<string, string[]>();
  for (const { thing, what } of rows) found.set(thing, [...(found.get(thing) ?? []), what]);
  for (const [thing, may] of expected) {
    const [what] = found.get(thing) ?? [];
    if (what === undefined) lost.push(`${thing} was acknowledged (${may[0]}) and is not there`);
    else if (!may.includes(what))
      lost.push(`${thing} was acknowledged as ${may.join(' or ')} and is ${what}`);
  }
  for (const [thing, all] of found) {
    if (all.length > 1) duplicates.push(`${thing} is there ${all.length} times`);
  }
  return { lost, duplicates, allowed: [] };
}

/** The rows by the names that the ledger gives to things. */
export function readActs(server: Server): Promise<{ thing: string; what: string }[]> {
  return server.rows(`
    select 'partner/' || p."name" as "thing", 'joined' as "what"
      from "Partner" p join "Member" m on m."partnerId" = p."id"
    union all
    select 'vote/' || regexp_replace(d."question", '^Shall we open the (.*)\\?$', '\\1') || '/' || v."name",
        initcap(coalesce(b."mark" ->> 'position', b."mark" ->> 'mark'))
      from "DecisionBallot" b join "DecisionVoice" v on v."id" = b."voiceId"
      join "Decision" d on d."id" = b."decisionId"
    union all
    select 'sign-up/' || r."title" || '/' || p."name", 'in'
      from (select "roleId", "partnerId" from "RoleTerm" where "current"
            union all select "roleId", "partnerId" from "RoleWaiting"
            union all select "roleId", "partnerId" from "RoleSeatOffer" where "current") s
      join "Role" r on r."id" = s."roleId" join "Partner" p on p."id" = s."partnerId"
    union all
    select 'answer/' || m."title" || '/' || s."position" || '/' || g."name", a."answer"
      from "MeetingAnswer" a join "MeetingSlot" s on s."id" = a."slotId"
      join "MeetingGuest" g on g."id" = a."guestId" join "Meeting" m on m."id" = a."meetingId"
    union all
    select 'figure/' || e."name" || '/' || p."name", s."given" -> 'figure' ->> 'value'
      from "MeasureSubmission" s join "MeasureRequest" q on q."id" = s."requestId"
      join "Measure" e on e."id" = q."measureId" join "Partner" p on p."id" = q."partnerId" where s."current"
    union all
    select 'announcement/' || "text", 'in' from "Announcement"`);
}
