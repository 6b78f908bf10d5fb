import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { RoleGroup, RoleGroupId, StepProblem } from './rules.ts';

export const endGroupPress = press('roles.end-group', { group: id<RoleGroupId>() });

/** As many as have a button each; the others come up as these are ended. */
const mostListed = 5;
const nameShown = 60;

/** What to do about a problem, in one sentence. */
export function sayMend(
  reader: Reader,
  { platform, name }: Pick<RoleGroup, 'platform' | 'name'>,
  problem: StepProblem,
): Text {
  const key =
    platform === 'slack' ? (`group.mend.slack.${problem}` as const) : (`group.mend.${problem}` as const);
  return say(reader, key, { name: shortened(name, nameShown) });
}

function sayState(reader: Reader, group: RoleGroup): Text {
  if (group.ended) return say(reader, 'group.state.ending');
  if (group.problem) return sayMend(reader, group, group.problem);
  if (group.ref === null) return say(reader, 'group.state.waiting');
  return say(reader, 'group.state.kept', { count: group.kept.filter(({ done }) => done).length });
}

/** Every group that is kept, how it stands, and a way to end each. */
export function groupsCard(reader: Reader, groups: readonly RoleGroup[], above?: Text): Card {
  const shown = groups.slice(0, mostListed);
  return card(
    above && paragraph(above),
    heading(say.plain(reader, 'groups.title')),
    shown.length === 0
      ? paragraph(say(reader, 'groups.none'))
      : list(
          shown.map((group) =>
            say(reader, 'groups.line', {
              title: shortened(group.role.title, nameShown),
              name: shortened(group.name, nameShown),
              workspace: shortened(group.workspace, nameShown),
              state: sayState(reader, group),
            }),
          ),
        ),
    groups.length > shown.length && note(say(reader, 'rest', { count: groups.length - shown.length })),
    shown.some(({ ended }) => !ended) &&
      buttons(
        ...shown
          .filter(({ ended }) => !ended)
          .map((group) => ({
            id: endGroupPress.encode({ group: group.id }),
            label: say.plain(reader, 'groups.end', { title: shortened(group.role.title, 40) }),
          })),
      ),
  );
}
