import { shown } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { helpCard, helpPress } from './cards.ts';

export const turnHelp = defineButton({
  press: helpPress,
  answers: 'by-updating',
  by: 'anyone',
  async run({ payload, asked, tools }) {
    const { member, reader } = asked;
    const hasCoalition = asked.coalition !== null;
    return shown(helpCard({ features: tools.features(), member, hasCoalition, page: payload.page }, reader));
  },
});
