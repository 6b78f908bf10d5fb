import type { CoalitionId } from '../../../core/ids.ts';
import type { Reading } from '../../../database.ts';
import type { Share } from './rules.ts';

/** What every partner took part in since then, counted from the rows of every feature. */
export async function listShares(reading: Reading, coalitionId: CoalitionId, since: Date): Promise<Share[]> {
  return reading.$queryRaw<Share[]>`
    with "introductions" as (
      select s."partnerId" as "id", count(*)::int as "many"
      from "IntroSeat" s join "IntroGroup" g on g."id" = s."groupId"
      where s."coalitionId" = ${coalitionId}::uuid and g."sentAt" >= ${since} group by 1
    ), "turns" as (
      select t."partnerId" as "id", count(*)::int as "many" from "SpotlightTurn" t
      where t."coalitionId" = ${coalitionId}::uuid and t."state" = 'shown' and t."shownAt" >= ${since} group by 1
    ), "asks" as (
      select t."partnerId" as "id", count(*)::int as "many" from "Touchpoint" t
      where t."coalitionId" = ${coalitionId}::uuid and t."kind" = 'ask' and t."at" >= ${since} group by 1
    ), "votes" as (
      select v."partnerId" as "id", count(*)::int as "many",
        (count(*) filter (where v."answered" or b."voiceId" is not null))::int as "said"
      from "DecisionVoice" v join "Decision" d on d."id" = v."decisionId"
      left join "DecisionBallot" b on b."voiceId" = v."id"
      where v."coalitionId" = ${coalitionId}::uuid and d."openedAt" >= ${since} and d."state" <> 'withdrawn'
      group by 1
    ), "held" as (
      select r."partnerId" as "id", count(*)::int as "many" from "RoleTerm" r
      where r."coalitionId" = ${coalitionId}::uuid and r."current" group by 1
    )
    select p."id" as "partnerId", p."name", p."sector", p."sizeBand",
      coalesce(i."many", 0) as "introduced", coalesce(t."many", 0) as "spotlighted",
      coalesce(a."many", 0) as "reminded", coalesce(v."many", 0) as "voices", coalesce(v."said", 0) as "voted",
      coalesce(h."many", 0) as "roles"
    from "Partner" p
    left join "introductions" i on i."id" = p."id" left join "turns" t on t."id" = p."id"
    left join "asks" a on a."id" = p."id" left join "votes" v on v."id" = p."id"
    left join "held" h on h."id" = p."id"
    where p."coalitionId" = ${coalitionId}::uuid and p."leftAt" is null
    order by p."name"`;
}
