import type { Contacts } from '../core/ports.ts';

/** Real contacts with partners, told by whichever feature sees them. */
export const contacts: Contacts = {
  async record({ tx }, contact) {
    await tx.contact.createMany({ data: contact, skipDuplicates: true });
  },

  async recordReply(writing, { coalitionId, member, subject }) {
    if (!member.partner) return;
    const of = { coalitionId, partnerId: member.partner.id, memberId: member.id };
    await contacts.record(writing, { ...of, kind: 'reply', subject, at: writing.now });
  },
};
