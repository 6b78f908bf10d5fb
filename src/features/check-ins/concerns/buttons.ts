import { type Answer, type OpenForm, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import { findMember } from '../../../identity/store.ts';
import { say } from '../words.ts';
import {
  boxClosePress,
  boxPress,
  boxReadPress,
  boxThreadCard,
  boxTurnPress,
  closePress,
  concernsCard,
  type Listed,
  lastPage,
  listPress,
  namedThreadCard,
  readPress,
  replyPress,
  turnPress,
} from './cards.ts';
import { boxForm, replyForm } from './forms.ts';
import { threadsOf, waitingFirst, withClosed } from './rules.ts';
import {
  type Concern,
  type ConcernId,
  changeBox,
  closeConcern,
  findBox,
  findConcern,
  listConcernsOf,
} from './store.ts';

type By = AskedBy<'member'>;

const gone = (reader: Reader): Answer => refused('check-ins.no-thread', say(reader, 'thread.gone'));
const sideOf = (concern: Concern, { member }: By) => (concern.toId === member.id ? 'chosen' : 'raiser');

/** What somebody answers to stands above the field for the answer, in full. */
function withLast(form: OpenForm, reader: Reader, last: string | undefined): Answer {
  const intro = last === undefined ? form.intro : say.plain(reader, 'reply.to', { words: last });
  return { answer: 'form', form: { ...form, intro } };
}

const replyButton = defineButton({
  press: replyPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const concern = await findConcern(tools.database, coalition.id, payload.concern, member.id);
    const last = concern?.entries.findLast(({ by }) => by !== sideOf(concern, asked));
    return withLast(openForm(replyForm, say, reader, payload), reader, last?.words);
  },
});

const boxButton = defineButton({
  press: boxPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked: { coalition, member, reader }, tools }) {
    const thread = (await findBox(tools.database, coalition.id))[payload.key];
    const last = thread?.to === member.id ? thread.entries.findLast(({ by }) => by === 'raiser') : undefined;
    return withLast(openForm(boxForm, say, reader, payload), reader, last?.words);
  },
});

/** Everything that was raised to somebody, and what they raised with their name. */
export async function showConcerns(asked: By, tools: Tools, page: number): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const secret = threadsOf(await findBox(tools.database, coalition.id), member.id);
  const named = await listConcernsOf(tools.database, coalition.id, member.id);
  const all: Listed[] = [
    ...secret.map(([key, thread]): Listed => ({ at: { key }, thread, own: 'chosen', other: null })),
    ...named.map((concern): Listed => {
      const own = sideOf(concern, asked);
      const other = own === 'chosen' ? concern.from : concern.to;
      return { at: { concern: concern.id }, thread: concern, own, other };
    }),
  ];
  return shown(concernsCard(reader, { all: waitingFirst(all), page }));
}

const turnList = defineButton({
  press: listPress,
  answers: 'by-updating',
  by: 'member',
  run: ({ payload, asked, tools }) => showConcerns(asked, tools, payload.page),
});

async function showNamed(asked: By, tools: Tools, id: ConcernId, page: number): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const concern = await findConcern(tools.database, coalition.id, id, member.id);
  if (!concern) return gone(reader);
  const own = sideOf(concern, asked);
  const otherId = own === 'chosen' ? concern.fromId : concern.toId;
  const other = otherId && (await findMember(tools.database, coalition.id, otherId));
  return shown(namedThreadCard(reader, { concern, own, page, here: Boolean(other) }));
}

const read = defineButton({
  press: readPress,
  answers: 'privately',
  by: 'member',
  run: ({ payload, asked, tools }) => showNamed(asked, tools, payload.concern, lastPage),
});

const turn = defineButton({
  press: turnPress,
  answers: 'by-updating',
  by: 'member',
  run: ({ payload, asked, tools }) => showNamed(asked, tools, payload.concern, payload.page),
});

const close = defineButton({
  press: closePress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member } = asked;
    await tools.write((writing) => closeConcern(writing, coalition.id, payload.concern, member.id));
    return showNamed(asked, tools, payload.concern, lastPage);
  },
});

async function showBoxed(asked: By, tools: Tools, key: string, page: number): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const thread = (await findBox(tools.database, coalition.id))[key];
  if (thread?.to !== member.id) return gone(reader);
  return shown(boxThreadCard(reader, key, thread, page));
}

const readBoxed = defineButton({
  press: boxReadPress,
  answers: 'privately',
  by: 'member',
  run: ({ payload, asked, tools }) => showBoxed(asked, tools, payload.key, lastPage),
});

const turnBoxed = defineButton({
  press: boxTurnPress,
  answers: 'by-updating',
  by: 'member',
  run: ({ payload, asked, tools }) => showBoxed(asked, tools, payload.key, payload.page),
});

const closeBoxed = defineButton({
  press: boxClosePress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member } = asked;
    await tools.write((writing) =>
      changeBox(writing, coalition.id, (box) => withClosed(box, payload.key, member.id)),
    );
    return showBoxed(asked, tools, payload.key, lastPage);
  },
});

export const concernButtons = [
  replyButton,
  boxButton,
  turnList,
  read,
  turn,
  close,
  readBoxed,
  turnBoxed,
  closeBoxed,
];
