import type { Contacts, Outreach } from '../core/ports.ts';

/** Real contacts with partners, told by whichever feature sees them. */
export function makeContacts(outreach: Pick<Outreach, 'contacted'>): Contacts {
  const contacts: Contacts = {
    async record(writing, contact) {
      const made = await writing.tx.contact.createMany({ data: contact, skipDuplicates: true });
      if (made.count > 0) await outreach.contacted(writing, contact);
    },

    async recordReply(writing, { coalitionId, member, subject }) {
      if (!member.partner) return;
      const of = { coalitionId, partnerId: member.partner.id, memberId: member.id };
      // Written again on another day they are in touch again; more on one day is still once.
      const day = writing.now.toISOString().slice(0, 10);
      await contacts.record(writing, {
        ...{ ...of, kind: 'reply', at: writing.now },
        subject: `${subject}:${day}`,
      });
    },
  };
  return contacts;
}
