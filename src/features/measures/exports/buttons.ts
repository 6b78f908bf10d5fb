import { shown } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { revokePress, tokensCard } from './cards.ts';
import { listTokens, revokeToken } from './store.ts';

const revoke = defineButton({
  press: revokePress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked: { coalition, reader }, tools }) {
    await tools.write((writing) => revokeToken(writing, coalition.id, payload.token));
    const all = await listTokens(tools.database, coalition.id);
    return shown(tokensCard(all, coalition.timeZone, reader));
  },
});

export const exportButtons = [revoke];
