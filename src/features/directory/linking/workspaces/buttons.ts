import { type Answer, refused, shown } from '../../../../core/answer.ts';
import { defineButton } from '../../../../core/command.ts';
import { isId, type WorkspaceId } from '../../../../core/ids.ts';
import type { Reader } from '../../../../core/reader.ts';
import { code } from '../../../../core/text.ts';
import { say } from '../../words.ts';
import {
  keptCard,
  unlinkAskCard,
  unlinkConfirmPress,
  unlinkedCard,
  unlinkKeepPress,
  unlinkPickPress,
} from './cards.ts';
import { findUnlinking, type UnlinkTrouble, unlinkWorkspace } from './store.ts';

export const unlinkPick = defineButton({
  press: unlinkPickPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ picked, asked, tools }) {
    const { coalition, workspace: here, reader } = asked;
    const [workspace = ''] = picked;
    if (!isId<WorkspaceId>(workspace)) return refuseUnlinking('gone', reader);
    const found = await findUnlinking(tools.database, coalition.id, workspace);
    if (!found.ok) return refuseUnlinking(found.why, reader);
    const { name, onlyThere } = found;
    return shown(unlinkAskCard({ workspace, name, onlyThere, isHere: workspace === here.id }, reader));
  },
});

export const unlinkConfirm = defineButton({
  press: unlinkConfirmPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const done = await tools.write((writing) =>
      unlinkWorkspace(writing, coalition.id, payload.workspace, tools),
    );
    return done.ok ? shown(unlinkedCard(done.name, reader)) : refuseUnlinking(done.why, reader);
  },
});

/** Changing one's mind, about a workspace or about an account. */
export const unlinkKeep = defineButton({
  press: unlinkKeepPress,
  answers: 'by-updating',
  by: 'visitor',
  run: async ({ asked }) => shown(keptCard(asked.reader)),
});

function refuseUnlinking(why: UnlinkTrouble, reader: Reader): Answer {
  const values = {
    link: code('/coalition link'),
    unlink: code('/coalition unlink'),
    me: code('/coalition link-me'),
  };
  return refused(`directory.unlink-${why}`, say(reader, `unlink.${why}`, values));
}
