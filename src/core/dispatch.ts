import { v7 } from 'uuid';
import type { Answer, Answers, OpenForm } from './answer.ts';
import { refused } from './answer.ts';
import type { Asked } from './asked.ts';
import type { Choice } from './card.ts';
import type { Action, Feature } from './command.ts';
import { say } from './core-words.ts';
import { type DraftId, keepable, makeCorrections, reopen } from './corrections.ts';
import { PersonError, PlatformError } from './errors.ts';
import type { AccountId } from './ids.ts';
import type { Incoming } from './incoming.ts';
import type { Tools } from './ports.ts';
import { readAct } from './read-act.ts';
import { registerFeatures } from './registry.ts';
import { storable } from './storable.ts';
import type { Coalition, MayBeDoneBy, Member, Workspace } from './who.ts';
import { mayDo } from './who.ts';

/** Who is who, and what has been delivered before: what dispatch needs of the database. */
export type Arrivals = {
  /** Records the delivery and finds who sent it, in one round trip. */
  arrive(incoming: Incoming, now: Date): Promise<{ fresh: boolean } & Sender>;
  /** Says that a delivery has been dealt with, so that a second one is dropped for good, and which account acted. */
  finish(key: string, by: AccountId | null): void;
  find(sender: Pick<Incoming, 'platform' | 'workspace' | 'account'>): Promise<Sender>;
  saveDraft(
    draft: Draft,
    sender: Pick<Incoming, 'platform' | 'workspace' | 'account'>,
    now: Date,
  ): Promise<string>;
  /** Null when it is not theirs, or was dropped after a week. */
  findDraft(id: string, sender: Pick<Incoming, 'platform' | 'workspace' | 'account'>): Promise<Draft | null>;
};

export type Sender = {
  readonly workspace: Workspace | null;
  readonly coalition: Coalition | null;
  readonly member: Member | null;
};

/** What somebody typed, kept until it can be taken. `action` is the encoded address of a form. */
export type Draft = { readonly action: string; readonly values: Readonly<Record<string, string>> };

/** What to do about one delivery, known before any I/O so that the adapter can acknowledge at once. */
export type Plan = {
  readonly acknowledge: Answers;
  /**
   * A form's field problems, found without I/O. A platform that can show them in the open form does so and
   * does not run the plan; another runs it, and the answer offers to open the form again.
   */
  readonly problems: Readonly<Record<string, string>> | null;
  /** Runs it. `duplicate`: the delivery was here before, so nothing was run and nothing is to be said. */
  run(): Promise<Answer | 'duplicate'>;
  /** Who asked, once `run` has found out: for whom the answer is drawn. Null when that could not be found. */
  asked(): Asked | null;
};

export type Dispatch = {
  plan(incoming: Incoming): Plan;
  /** What could be meant by an option typed so far. Never throws: no suggestion is an empty list. */
  suggest(
    sender: Pick<Incoming, 'platform' | 'workspace' | 'account' | 'place'>,
    at: { command: string; option: string; typed: string },
  ): Promise<readonly Choice[]>;
  /**
   * Keeps a form that a platform could not open any more, for its person alone: the address of the button that opens it
   * still works after a restart and in another process. Null for a secret form, of which nothing is stored.
   */
  keepForm(
    form: OpenForm,
    sender: Pick<Incoming, 'platform' | 'workspace' | 'account'>,
  ): Promise<string | null>;
  readonly registry: ReturnType<typeof registerFeatures>;
};

/** The one way in: who is it, may they, what did they mean, was it here before; then the feature's handler. */
export function makeDispatch(features: readonly Feature[], arrivals: Arrivals, tools: Tools): Dispatch {
  const registry = registerFeatures(features);
  const corrections = makeCorrections(registry, arrivals);

  return {
    registry,
    plan(arrived) {
      const incoming = storable(arrived);
      const read = readAct(incoming, registry);
      const reader = readerOf(incoming, null, null);
      let found: Asked | null = null;
      return {
        asked: () => found,
        acknowledge: read.kind === 'run' ? read.answersAs : 'privately',
        problems: read.kind === 'run' ? read.problems(reader) : null,
        run: async () => {
          const key = `${incoming.platform}:${incoming.deliveryKey}`;
          try {
            const sender = await arrivals.arrive(incoming, tools.clock.now());
            if (!sender.fresh) return 'duplicate';
            const asked = askedBy(incoming, sender, tools.clock.now());
            found = asked;
            const answer = await answerTo(asked, read);
            arrivals.finish(key, asked.member?.accountId ?? null);
            return answer;
          } catch (error) {
            return explain(error, incoming);
          }
        },
      };

      async function answerTo(asked: Asked, what: ReturnType<typeof readAct>): Promise<Answer> {
        if (what.kind === 'unknown') return what.answer(asked);
        const refusal = mayAct(asked, what.action);
        if (refusal) return refusal;
        return what.run({ asked, tools, incoming, corrections });
      }
    },

    async keepForm(form, sender) {
      if (form.secret) return null;
      const { kept } = keepable(Object.fromEntries(form.fields.map(({ name, value }) => [name, value])));
      const saved = await arrivals.saveDraft({ action: form.id, values: kept }, sender, tools.clock.now());
      return reopen.encode({ draft: saved as DraftId });
    },

    async suggest(sender, at) {
      const command = registry.commands.get(at.command)?.definition;
      const suggest = command?.options[at.option]?.suggest;
      if (!command || !suggest) return [];
      try {
        const asked = askedBy(sender, await arrivals.find(sender), tools.clock.now());
        if (mayAct(asked, command)) return [];
        return await suggest(storable(at.typed), asked, tools);
      } catch (error) {
        tools.log.error({ error: error as Error, command: at.command, option: at.option }, 'suggest.failed');
        return [];
      }
    },
  };

  /** Expected trouble is told as it is; anything else is our bug, logged once under a reference. */
  function explain(error: unknown, incoming: Incoming): Answer {
    const reader = readerOf(incoming, null, null);
    if (error instanceof PersonError) return refused(error.code, error.words);
    if (error instanceof PlatformError) {
      tools.log.warn({ code: error.code, platform: error.platform, error }, 'dispatch.platform');
      const platform = error.platform;
      if (error.code === 'not-allowed' && error.missing) {
        return refused(
          'core.platform',
          say(reader, 'platform.not-allowed', { platform, missing: error.missing }),
        );
      }
      return refused('core.platform', say(reader, 'platform.other', { platform }));
    }
    const reference = v7().slice(-8);
    tools.log.error({ error: error as Error, reference, act: incoming.act }, 'dispatch.broken');
    return refused('core.broken', say(reader, 'broken', { reference }));
  }
}

function mayAct(asked: Asked, action: Action): Answer | null {
  if (mayDo(asked.member, asked.coalition !== null, action.by)) return null;
  const missing: MayBeDoneBy =
    asked.coalition === null ? 'visitor' : asked.member === null ? 'member' : action.by;
  const { reader } = asked;
  switch (missing) {
    case 'visitor':
      return refused('core.setup', say(reader, 'refused.setup'));
    case 'member':
      return refused('core.join', say(reader, 'refused.join'));
    case 'voice':
      return refused('core.voice', say(reader, 'refused.voice'));
    default:
      return refused('core.backbone', say(reader, 'refused.backbone'));
  }
}

function askedBy(
  sender: Pick<Incoming, 'platform' | 'workspace' | 'account' | 'place' | 'placeNames'>,
  { workspace, coalition, member }: Sender,
  now: Date,
): Asked {
  return {
    platform: sender.platform,
    workspaceRef: sender.workspace.ref,
    workspaceName: sender.workspace.name,
    account: { ref: sender.account.ref, name: sender.account.name },
    placeHere: sender.place,
    placeNames: sender.placeNames ?? {},
    workspace,
    coalition,
    member,
    reader: readerOf(sender, coalition, member),
    now,
  };
}

/** A member's own settings; before joining, what the platform knows; else the coalition's. */
function readerOf(sender: Pick<Incoming, 'account'>, coalition: Coalition | null, member: Member | null) {
  return {
    language: member?.language ?? sender.account.language ?? coalition?.language ?? 'en',
    timeZone: member?.timeZone ?? sender.account.timeZone ?? coalition?.timeZone ?? 'UTC',
  };
}
