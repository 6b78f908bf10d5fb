import { refused } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { lockSchedule } from '../issue/store.ts';
import { say } from '../words.ts';
import { editPress, mayPutBack, pickPress, putBackPress, takeBackPress } from './cards.ts';
import { showAnnouncement, writeForm } from './forms.ts';
import { type AnnouncementId, findAnnouncement, recordState } from './store.ts';

const edit = defineButton({
  press: editPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked: { coalition, member, reader }, tools }) {
    const found = await findAnnouncement(tools.database, coalition.id, payload.announcement);
    if (found?.memberId !== member.id) {
      return refused('digests.not-author', say(reader, 'announcement.not-author'));
    }
    if (found.state !== 'waiting') {
      return refused('digests.not-waiting', say(reader, `announcement.${found.state}-why`));
    }
    return { answer: 'form', form: openForm(writeForm, say, reader, payload, { text: found.text }) };
  },
});

/** The author takes it back; staff remove it. Until it has gone out, either can be undone. */
const takeBack = defineButton({
  press: takeBackPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member } = asked;
    await tools.write(async (writing) => {
      await lockSchedule(writing, coalition.id);
      const found = await findAnnouncement(writing.tx, coalition.id, payload.announcement);
      if (!found) return;
      const isAuthor = found.memberId === member.id;
      if (!isAuthor && member.standing !== 'backbone') return;
      const to = isAuthor ? 'withdrawn' : 'removed';
      await recordState(writing, coalition.id, found.id, { from: 'waiting', to });
    });
    return showAnnouncement(payload.announcement, asked, tools);
  },
});

const putBack = defineButton({
  press: putBackPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member } = asked;
    await tools.write(async (writing) => {
      await lockSchedule(writing, coalition.id);
      const found = await findAnnouncement(writing.tx, coalition.id, payload.announcement);
      if (!found || !mayPutBack(found, member)) return;
      await recordState(writing, coalition.id, found.id, { from: found.state, to: 'waiting' });
    });
    return showAnnouncement(payload.announcement, asked, tools);
  },
});

const pick = defineButton({
  press: pickPress,
  answers: 'by-updating',
  by: 'member',
  async run({ picked, asked, tools }) {
    const [id = ''] = picked;
    if (!/^[\da-f-]{36}$/.test(id)) {
      return refused('digests.no-announcement', say(asked.reader, 'announcement.gone'));
    }
    return showAnnouncement(id as AnnouncementId, asked, tools);
  },
});

export const announcementButtons = [edit, takeBack, putBack, pick];
