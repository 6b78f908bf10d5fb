import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { sayDate } from '../../../core/plain-text.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { signPress } from '../versions/cards.ts';
import { findAdopted } from '../versions/store.ts';
import { say } from '../words.ts';
import { signersPress } from './cards.ts';
import { showSigners } from './commands.ts';
import { setRenewal } from './jobs.ts';
import { signingNow } from './rules.ts';
import { findSignature, recordSignature } from './store.ts';

const sign = defineButton({
  press: signPress,
  answers: 'by-updating',
  by: 'voice',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const partner = member.partner;
    const outcome = await tools.write(async (writing) => {
      const version = await findAdopted(writing.tx, coalition.id);
      if (version?.id !== payload.version) return 'replaced';
      const last = await findSignature(writing.tx, coalition.id, version.id, partner.id);
      const today = localDate(writing.now, coalition.timeZone);
      const next = signingNow(last, today, version.renewMonths);
      if (next === 'signed-already') return { version, renewsOn: last?.renewsOn ?? null, fresh: false };
      const signature = { versionId: version.id, partnerId: partner.id, memberId: member.id, ...next };
      const id = await recordSignature(writing, coalition.id, signature);
      if (id && next.renewsOn) await setRenewal(writing, tools, coalition, { id, renewsOn: next.renewsOn });
      return { version, renewsOn: next.renewsOn, fresh: id !== null };
    });
    if (outcome === 'replaced') return refused('agreement.replaced', say(reader, 'sign.replaced'));
    const { version, renewsOn, fresh } = outcome;
    const facts = { partner: partner.name, number: version.number };
    const words = say(reader, fresh ? 'sign.done' : 'sign.before', facts);
    const until = renewsOn ? [' ', ...say(reader, 'sign.until', { date: sayDate(reader, renewsOn) })] : [];
    return shown(card(paragraph([...words, ...until])));
  },
});

const seeSigners = defineButton({
  press: signersPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) => showSigners(asked, tools, payload.which, Math.max(0, payload.page)),
});

export const signingButtons = [sign, seeSigners];
