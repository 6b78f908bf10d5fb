import { buttons, type Card, card, heading, list, note, paragraph, toned } from '../../../../core/card.ts';
import type { AccountId } from '../../../../core/ids.ts';
import { limits } from '../../../../core/limits.ts';
import { shortened } from '../../../../core/plain-text.ts';
import { id, press } from '../../../../core/press.ts';
import type { Reader } from '../../../../core/reader.ts';
import { code, type Text } from '../../../../core/text.ts';
import type { Member } from '../../../../core/who.ts';
import { say } from '../../words.ts';
import { codeMinutes } from '../codes/rules.ts';
import type { LinkCodeId } from '../codes/store.ts';
import { platformName, unlinkKeepPress } from '../workspaces/cards.ts';
import type { OwnAccount } from './store.ts';

export const unlinkAccountPress = press('coalition.unlink-account', { account: id<AccountId>() });
export const unlinkAccountConfirmPress = press('coalition.unlink-account-confirm', {
  account: id<AccountId>(),
});
export const mergePress = press('coalition.merge', { code: id<LinkCodeId>() });

/** Longer lists are cut: what stands around them and the longest names fit beside so many. */
const accountsShown = 10;

/** The code, which is shown this once, and the accounts there are. */
export function accountCodeCard(typed: string, accounts: readonly OwnAccount[], reader: Reader): Card {
  const removable = accounts.length > 1 ? accounts.slice(0, accountsShown) : [];
  return card(
    heading(say.plain(reader, 'link-me.title')),
    paragraph(say(reader, 'link-me.type', { command: code(`/coalition link-me ${typed}`) })),
    paragraph(say(reader, 'link-me.what', { minutes: codeMinutes })),
    note(say(reader, 'link-me.secret')),
    paragraph(say(reader, 'link-me.accounts')),
    list(accounts.slice(0, accountsShown).map((account) => accountLine(account, reader))),
    removable.length > 0 &&
      buttons(
        ...removable.map((account) => ({
          id: unlinkAccountPress.encode({ account: account.id }),
          label: shortened(
            say.plain(reader, 'link-me.remove', { workspace: account.workspace }),
            limits.buttonLabel,
          ),
        })),
      ),
  );
}

export function accountLinkedCard(member: Member, reader: Reader): Card {
  return toned(
    card(
      heading(say.plain(reader, 'link-me.done')),
      paragraph(asWhom('link-me.done-what', member, reader)),
      note(say(reader, 'link-me.next', { me: code('/coalition me') })),
    ),
    'done',
  );
}

/** Asked when the account is a member of its own: only its person knows whether the two are one. */
export function mergeCard(of: { code: LinkCodeId; here: Member; there: Member }, reader: Reader): Card {
  return toned(
    card(
      heading(say.plain(reader, 'merge.title')),
      list([asWhom('merge.here', of.here, reader), asWhom('merge.there', of.there, reader)]),
      paragraph(say(reader, 'merge.what')),
      note(say(reader, 'merge.only-yours')),
      buttons(
        {
          id: mergePress.encode({ code: of.code }),
          label: say.plain(reader, 'merge.confirm'),
          look: 'danger',
        },
        { id: unlinkKeepPress.encode({}), label: say.plain(reader, 'unlink.keep') },
      ),
    ),
    'attention',
  );
}

export function unlinkAccountCard(account: OwnAccount, reader: Reader): Card {
  return toned(
    card(
      heading(
        say.plain(reader, 'unlink-me.ask', { workspace: shortened(account.workspace, limits.heading / 2) }),
      ),
      paragraph(say(reader, 'unlink-me.what')),
      note(say(reader, 'unlink-me.back', { me: code('/coalition link-me') })),
      buttons(
        {
          id: unlinkAccountConfirmPress.encode({ account: account.id }),
          label: say.plain(reader, 'unlink-me.confirm'),
          look: 'danger',
        },
        { id: unlinkKeepPress.encode({}), label: say.plain(reader, 'unlink.keep') },
      ),
    ),
    'attention',
  );
}

export function accountUnlinkedCard(reader: Reader): Card {
  const back = say(reader, 'unlink-me.back', { me: code('/coalition link-me') });
  return toned(card(heading(say.plain(reader, 'unlink-me.done')), paragraph(back)), 'done');
}

function asWhom(
  key: 'link-me.done-what' | 'merge.here' | 'merge.there',
  member: Member,
  reader: Reader,
): Text {
  const standing = say.plain(reader, `standing.${member.standing}`);
  const partner = member.partner?.name ?? say.plain(reader, 'link-me.no-partner');
  return say(reader, key, { person: member.name, standing, partner });
}

function accountLine({ name, workspace, platform }: OwnAccount, reader: Reader): Text {
  return say(reader, 'link-me.account', { name, workspace, platform: platformName(platform, reader) });
}
