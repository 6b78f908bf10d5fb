import { defineCommand } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { say } from '../words.ts';
import { joinForm, refuseElsewhere } from './forms.ts';

export const joinCommand = defineCommand({
  name: 'coalition join',
  answers: 'with-form',
  by: 'visitor',
  async run({ asked }) {
    const { member, reader } = asked;
    if (member?.partner) return refuseElsewhere(member.partner.name, asked);
    const initial = { standing: 'member', zone: reader.timeZone } as const;
    return { answer: 'form', form: openForm(joinForm, say, reader, {}, initial) };
  },
});
