import { say } from '../core/core-words.ts';
import { type Field, type Parsed, resolved, text } from '../core/field.ts';
import { isId, type MemberId } from '../core/ids.ts';
import { limits } from '../core/limits.ts';
import { shortened } from '../core/plain-text.ts';
import type { Member, PlatformName } from '../core/who.ts';
import {
  findMember,
  findMemberByAccount,
  findPlace,
  listMembersNamed,
  listMembersWith,
  listPlacesWith,
  type Place,
  recordPlace,
} from './store.ts';

/**
 * Somebody who has joined. Takes the platform's account id, a mention as Slack and Discord write it, or a
 * name with or without @.
 */
export function memberField(): Field<Member> {
  const typed: Field<string> = { ...text({ max: 100 }), kind: 'member' };
  return resolved(
    typed,
    async (value, { coalition, workspace, reader }, { database }): Promise<Parsed<Member>> => {
      const mention = /^<@!?([^|>]+)(?:\|[^>]*)?>$/.exec(value);
      const ref = mention?.[1] ?? value;
      const notFound = { ok: false, problem: say(reader, 'problem.member', { got: value }) } as const;
      if (!coalition || !workspace) return notFound;
      const byAccount = await findMemberByAccount(database, coalition.id, workspace.id, ref);
      if (byAccount) return { ok: true, value: byAccount };
      if (mention) return notFound;
      if (isId<MemberId>(value)) {
        const byId = await findMember(database, coalition.id, value);
        return byId ? { ok: true, value: byId } : notFound;
      }
      const name = value.replace(/^@/, '').trim();
      const [first, ...others] = await listMembersNamed(database, coalition.id, name);
      if (!first) return notFound;
      if (others.length === 0) return { ok: true, value: first };
      return { ok: false, problem: say(reader, 'problem.member-several', { got: name }) };
    },
    async (value, { coalition }, { database }) => {
      if (!coalition) return [];
      const found = await listMembersWith(
        database,
        coalition.id,
        value.replace(/^@/, ''),
        limits.suggestions,
      );
      return found.map(({ id, name, partner }) => ({
        value: id,
        label: shortened(partner ? `${name} (${partner.name})` : name, limits.suggestionLabel),
      }));
    },
  );
}

/** A channel the bot may write to; left empty, the one where it is asked. */
export function placeField(): Field<Place> {
  const typed: Field<string> = { ...text({ max: 100 }), kind: 'place', required: false };
  const field = resolved(
    typed,
    async (value, asked, { database }): Promise<Parsed<Place>> => {
      const { coalition, workspace, placeHere, placeNames, reader } = asked;
      const mention = /^<#([^|>]+)(?:\|([^>]*))?>$/.exec(value);
      const wanted = mention?.[1] ?? value.replace(/^#/, '');
      const notFound = { ok: false, problem: say(reader, 'problem.place', { got: value }) } as const;
      if (!coalition || !workspace) return notFound;
      const here = placeHere && [placeHere.ref, placeHere.name].includes(wanted) ? placeHere : null;
      const known = await findPlace(database, coalition.id, workspace.id, wanted);
      if (known && !here) return { ok: true, value: known };
      const ref = here?.ref ?? wanted;
      if (!here && !mention && !channelRef[workspace.platform].test(ref)) return notFound;
      const place = { ref, name: here?.name ?? (mention?.[2] || placeNames[ref] || ref) };
      return { ok: true, value: await recordPlace(database, coalition.id, workspace.id, place) };
    },
    async (value, { coalition, workspace }, { database }) => {
      if (!coalition || !workspace) return [];
      const begun = value.replace(/^#/, '');
      const found = await listPlacesWith(database, coalition.id, workspace.id, begun, limits.suggestions);
      return found.map(({ ref, name }) => ({
        value: ref,
        label: shortened(`#${name}`, limits.suggestionLabel),
      }));
    },
  );
  return {
    ...field,
    async whenEmpty({ coalition, workspace, placeHere, reader }, { database }) {
      if (!coalition || !workspace || !placeHere)
        return { ok: false, problem: say(reader, 'problem.place-missing') };
      return { ok: true, value: await recordPlace(database, coalition.id, workspace.id, placeHere) };
    },
  };
}

/**
 * What a channel id looks like, so that a mistyped name is refused instead of posted to. Slack: C or G and at
 * least eight capitals and digits. Discord: a snowflake of 17 to 20 digits. The console's ids are names.
 */
const channelRef: Record<PlatformName, RegExp> = {
  slack: /^[CG][A-Z0-9]{8,}$/,
  discord: /^\d{17,20}$/,
  console: /^[\w-]{1,80}$/,
};
