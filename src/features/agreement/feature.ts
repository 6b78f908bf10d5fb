import type { Part } from '../../core/card.ts';
import { defineFeature, type Feature } from '../../core/command.ts';
import { commitmentNames } from '../../core/commitment.ts';
import type { PartnerId } from '../../core/ids.ts';
import type { Text } from '../../core/text.ts';
import type { Coalition } from '../../core/who.ts';
import type { Reading } from '../../database.ts';
import { localDate } from '../../time/wall-clock.ts';
import { signingButtons } from './signing/buttons.ts';
import { ownParts } from './signing/cards.ts';
import { signingCommands, standingOf } from './signing/commands.ts';
import { adoptVersion, handedOver, signingJobs } from './signing/jobs.ts';
import { holdsSignature } from './signing/rules.ts';
import { findSignature, forgetMember, hasSignedBefore, listStored, moveMember } from './signing/store.ts';
import { versionButtons } from './versions/buttons.ts';
import { versionCommands } from './versions/commands.ts';
import { adoptForm, commentForm, promisesForm, signingForm, textForm } from './versions/forms.ts';
import { findAdopted, findDraft } from './versions/store.ts';
import { say } from './words.ts';

/** The partner agreement: what everybody promised, in plain words, who signed it and how it stands. */
export const agreement = defineFeature({
  name: 'agreement',
  say,
  commands: [...signingCommands, ...versionCommands],
  buttons: [...signingButtons, ...versionButtons],
  forms: [textForm, promisesForm, signingForm, commentForm, adoptForm],
  jobs: signingJobs,
  adds: {
    myPlace,
    async decided({ coalition, decision, writing, tools }) {
      const draft = await findDraft(writing.tx, coalition.id);
      if (!decision.passed || draft?.decisionId !== decision.id) return;
      const why = say.plain(coalition, 'adopt.decided', { number: decision.number });
      await adoptVersion(writing, tools, coalition, { version: draft.id, by: null, why });
    },
    handedOver,
    stored: ({ coalition, member, tools }) => listStored(tools.database, coalition.id, member.id),
    merged: ({ coalitionId, from, into, writing }) => moveMember(writing, coalitionId, from, into),
    forget: ({ coalitionId, memberId, writing }) => forgetMember(writing, coalitionId, memberId),
  },
});

/** A partner sees its own promises first and alone: nobody else is shown how they stand. */
async function myPlace({
  coalition,
  member,
  tools,
  reader,
}: Parameters<NonNullable<Feature['adds']['myPlace']>>[0]): Promise<readonly Part[]> {
  const version = await findAdopted(tools.database, coalition.id);
  const { partner } = member;
  if (!version || !partner) return [];
  const now = tools.clock.now();
  const { standing } = await standingOf({ coalition, member, reader, now }, tools, version);
  const since = version.adoptedAt ?? now;
  const kept: Text[] = [];
  for (const name of commitmentNames) {
    const much = version[name];
    const seen = tools
      .features()
      .flatMap(({ adds }) => adds.commitments?.filter((each) => each.name === name) ?? []);
    if (much === 0 || seen.length === 0) continue;
    const all = await Promise.all(
      seen.map((each) => each.measure({ coalition, partnerId: partner.id, since, tools })),
    );
    const done = all.reduce((sum, each) => sum + each.done, 0);
    const of = all.reduce((sum, each) => sum + (each.of ?? 0), 0);
    kept.push(say(reader, `kept.${name}`, { done, of, much }));
  }
  return ownParts({ standing, kept });
}

/** Whether the agreement lets a partner take roles: not signing blocks nothing unless the agreement says so. */
export async function mayTakeRoles(
  reading: Reading,
  coalition: Coalition,
  partnerId: PartnerId,
  now: Date,
): Promise<boolean> {
  const version = await findAdopted(reading, coalition.id);
  if (!version?.signingNeeded) return true;
  return holdsSignature({
    last: await findSignature(reading, coalition.id, version.id, partnerId),
    today: localDate(now, coalition.timeZone),
    signedBefore: await hasSignedBefore(reading, coalition.id, version.id, partnerId),
    adoptedOn: localDate(version.adoptedAt ?? now, coalition.timeZone),
  });
}
