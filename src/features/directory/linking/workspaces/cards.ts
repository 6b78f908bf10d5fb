import { buttons, type Card, card, heading, note, paragraph, toned } from '../../../../core/card.ts';
import type { WorkspaceId } from '../../../../core/ids.ts';
import { limits } from '../../../../core/limits.ts';
import { shortened } from '../../../../core/plain-text.ts';
import { id, press } from '../../../../core/press.ts';
import type { Reader } from '../../../../core/reader.ts';
import { code } from '../../../../core/text.ts';
import type { Workspace } from '../../../../core/who.ts';
import { say } from '../../words.ts';
import { codeMinutes } from '../codes/rules.ts';

export const unlinkPickPress = press('coalition.unlink-pick', {});
export const unlinkConfirmPress = press('coalition.unlink', { workspace: id<WorkspaceId>() });
export const unlinkKeepPress = press('coalition.unlink-keep', {});

/** The code, which is shown this once. */
export function linkCodeCard(typed: string, reader: Reader): Card {
  return card(
    heading(say.plain(reader, 'link.title')),
    paragraph(say(reader, 'link.type', { command: code(`/coalition link ${typed}`) })),
    paragraph(say(reader, 'link.what', { minutes: codeMinutes })),
    note(say(reader, 'link.after', { join: code('/coalition join'), me: code('/coalition link-me') })),
    note(say(reader, 'link.secret')),
  );
}

export function linkedCard(of: { coalition: string; isBack: boolean }, reader: Reader): Card {
  const { coalition } = of;
  const next = { join: code('/coalition join'), me: code('/coalition link-me') };
  return toned(
    card(
      heading(say.plain(reader, 'link.done', { coalition: shortened(coalition, limits.heading / 2) })),
      of.isBack && paragraph(say(reader, 'link.back')),
      paragraph(say(reader, 'link.next', next)),
      note(say(reader, 'link.digest', { digest: code('/digest schedule') })),
    ),
    'done',
  );
}

/** For whoever made the code: what came of it. */
export function linkedToldCard(workspace: string, platform: string, reader: Reader): Card {
  return card(
    paragraph(say(reader, 'link.told', { workspace: [workspace], platform })),
    note(say(reader, 'link.told-next', { unlink: code('/coalition unlink') })),
  );
}

export function unlinkCard(workspaces: readonly Workspace[], reader: Reader): Card {
  const choices = workspaces.slice(0, limits.choices).map((each) => ({
    value: each.id,
    label: shortened(`${each.name} (${platformName(each.platform, reader)})`, limits.choiceLabel),
  }));
  return card(heading(say.plain(reader, 'unlink.title')), paragraph(say(reader, 'unlink.which')), {
    part: 'select',
    select: {
      id: unlinkPickPress.encode({}),
      placeholder: say.plain(reader, 'unlink.placeholder'),
      choices,
    },
  });
}

/** What ends and what stays, before anything does. */
export function unlinkAskCard(
  of: { workspace: WorkspaceId; name: string; onlyThere: number; isHere: boolean },
  reader: Reader,
): Card {
  const { workspace, onlyThere } = of;
  return toned(
    card(
      heading(say.plain(reader, 'unlink.ask', { name: shortened(of.name, limits.heading / 2) })),
      paragraph(say(reader, 'unlink.ends')),
      paragraph(say(reader, 'unlink.stays')),
      onlyThere > 0 && paragraph(say(reader, 'unlink.only-there', { count: onlyThere })),
      of.isHere && paragraph(say(reader, 'unlink.here')),
      note(say(reader, 'unlink.back', { link: code('/coalition link') })),
      buttons(
        {
          id: unlinkConfirmPress.encode({ workspace }),
          label: say.plain(reader, 'unlink.confirm'),
          look: 'danger',
        },
        { id: unlinkKeepPress.encode({}), label: say.plain(reader, 'unlink.keep') },
      ),
    ),
    'attention',
  );
}

export function unlinkedCard(name: string, reader: Reader): Card {
  return toned(
    card(
      heading(say.plain(reader, 'unlink.done', { name: shortened(name, limits.heading / 2) })),
      paragraph(say(reader, 'unlink.back', { link: code('/coalition link') })),
    ),
    'done',
  );
}

export const keptCard = (reader: Reader): Card => card(paragraph(say(reader, 'unlink.kept')));

export function platformName(platform: Workspace['platform'], reader: Reader): string {
  return say.plain(reader, `platform.${platform}`);
}
