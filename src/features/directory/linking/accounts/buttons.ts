import { refused, shown } from '../../../../core/answer.ts';
import { defineButton } from '../../../../core/command.ts';
import { code } from '../../../../core/text.ts';
import { say } from '../../words.ts';
import { refuseCode } from '../codes/cards.ts';
import { triesAnHour } from '../codes/rules.ts';
import { accountKey, lockHeldCode } from '../codes/store.ts';
import {
  accountUnlinkedCard,
  mergePress,
  unlinkAccountCard,
  unlinkAccountConfirmPress,
  unlinkAccountPress,
} from './cards.ts';
import { recordLinked, refuseMerging } from './commands.ts';
import { listOwnAccounts, mergeMembers, removeAccount } from './store.ts';

/** Only for the account that typed the code, and as long as the code lives. */
export const merge = defineButton({
  press: mergePress,
  answers: 'by-updating',
  by: 'member',
  run: ({ payload, asked, tools }) =>
    tools.write(async (writing) => {
      const { coalition, member, reader } = asked;
      const found = await lockHeldCode(writing, coalition.id, payload.code, accountKey(asked));
      if (typeof found === 'string') return refuseCode(found, 'account', triesAnHour, asked);
      const of = { from: member.id, into: found.memberId };
      if (of.from === of.into) {
        const words = say(reader, 'link-me.before', { me: code('/coalition me') });
        return refused('directory.link-me-before', words);
      }
      const merged = await mergeMembers(writing, coalition.id, of, tools);
      if (!merged.merged) return refuseMerging(merged, reader);
      return shown(await recordLinked(writing, found.id, merged.member, asked, tools));
    }),
});

export const unlinkAccount = defineButton({
  press: unlinkAccountPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const own = await listOwnAccounts(tools.database, coalition.id, member.id);
    const account = own.find(({ id }) => id === payload.account);
    return account ? shown(unlinkAccountCard(account, reader)) : shown(accountUnlinkedCard(reader));
  },
});

export const unlinkAccountConfirm = defineButton({
  press: unlinkAccountConfirmPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const removed = await tools.write((writing) =>
      removeAccount(writing, coalition.id, member.id, payload.account),
    );
    if (removed === 'last') {
      const leave = code('/coalition leave');
      return refused('directory.last-account', say(reader, 'unlink-me.last', { leave }));
    }
    return shown(accountUnlinkedCard(reader));
  },
});
