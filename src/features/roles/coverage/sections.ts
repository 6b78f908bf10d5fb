import { paragraph } from '../../../core/card.ts';
import type { DigestSection } from '../../../core/digest-section.ts';
import { shortened } from '../../../core/plain-text.ts';
import { bold } from '../../../core/text.ts';
import { sayEffort } from '../catalogue/cards.ts';
import { say } from '../words.ts';
import { seeRolesButton } from './cards.ts';
import { listOpenRoles } from './store.ts';

const mostShown = 5;

/** Roles with a seat to take. */
export const openRolesSection: DigestSection = {
  name: 'open-roles',
  title: (reader) => say.plain(reader, 'section.open'),
  async collect({ coalition, reader, tools }) {
    const roles = await listOpenRoles(tools.database, coalition.id, mostShown);
    return roles.map((role, index) => ({
      key: role.id,
      label: role.title,
      parts: [
        paragraph([
          bold(role.title),
          ` (${sayEffort(reader, role.minutesAMonth)}): `,
          shortened(role.purpose, 200),
        ]),
      ],
      ...(index === 0 ? { footer: [seeRolesButton(reader)] } : {}),
    }));
  },
};
