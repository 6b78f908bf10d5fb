import { defineFeature } from '../../core/command.ts';
import { setup } from './commands.ts';
import { setupForm } from './forms.ts';
import { say } from './words.ts';

/** Who is here: the coalition, its partner organisations and the people who represent them. */
export const directory = defineFeature({
  name: 'directory',
  say,
  commands: [setup],
  forms: [setupForm],
});
