import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bot } from '../../bot.ts';
import type { Feature } from '../../src/core/command.ts';
import type { Groups } from '../../src/core/groups.ts';
import type { Messenger } from '../../src/core/ports.ts';
import { directory } from '../../src/features/directory/feature.ts';
import { makeWaitingFeature, meeting } from '../support/contract-features.ts';
import { hostile, presses } from '../support/sample-card.ts';
import { planning } from '../support/sample-days.ts';
import { makeSampleFeature } from '../support/sample-feature.ts';
import type { makeKeptLog } from '../support/silent-log.ts';
import { testDays } from './contract-days.ts';
import { testDifferences } from './contract-differences.ts';

/** A message as one person sees it. It stays the same object while the message is changed. */
export type Seen = {
  /** Everything readable in it, one part per line. */
  readonly text: string;
  /** Only this person sees it. */
  readonly private: boolean;
  readonly buttons: readonly string[];
  /** Those of them that ask before the press counts. */
  readonly asking: readonly string[];
  readonly gone: boolean;
  /** What in it would call somebody, or show as anything but what was typed; empty as it should be. */
  readonly acting: readonly string[];
};

export type OpenedForm = {
  readonly title: string;
  /** Each field's name with what stands in it. */
  readonly fields: Readonly<Record<string, string>>;
  /** The hints beside the fields. */
  readonly said: string;
  /** The fields with a picker for days. */
  readonly pickers: readonly string[];
};

/** Somebody at the platform's own end: what they do goes through the real client library. */
export type ContractPerson = {
  /** Types a command; resolves once it is acknowledged. `again`: the platform delivers the last one once more. */
  says(typed: string, how?: { again?: boolean }): Promise<void>;
  presses(label: string, on: Seen): Promise<void>;
  /** Presses whatever the id leads to, as a client that was tampered with could. */
  pressesId(id: string, on: Seen): Promise<void>;
  /** Picks a choice in the message's select, by its value. */
  picks(value: string, on: Seen): Promise<void>;
  /** What the platform has opened for them and they have not sent yet. */
  form(): OpenedForm | null;
  /** Fills the open form, keeping what is not named, and sends it; the problems shown in it, if it stays open. */
  fills(values: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>> | null>;
  /** Everything they see in the channel and in their direct messages, oldest first. */
  screen(): readonly Seen[];
};

export type AdapterUnderTest = {
  readonly bot: Bot;
  readonly log: ReturnType<typeof makeKeptLog>;
  readonly messenger: Messenger;
  /** Null where nothing can follow who holds a role. */
  readonly groups: Groups | null;
  /** The channel where all this happens, by the platform's id of it. */
  readonly channel: string;
  /** The same name is the same person. */
  person(name: string): ContractPerson;
  /** Lets a worker send what waits; where one works from the start, there is nothing to do. */
  startWorker(): Promise<void>;
  until<T>(look: () => T | undefined | null | false, what: string): Promise<T>;
  end(): Promise<void>;
};

/** Each is read by a test below: a value that says nothing of what happens has no place among them. */
export type Capabilities = {
  readonly platform: string;
  readonly showsProblemsInForms: boolean;
  /** Whether options arrive typed, so that a missing one cannot be sent at all. */
  readonly typesOptions: boolean;
  /** Whether a button can ask "are you sure?" before its press counts. */
  readonly asksBeforePressing: boolean;
  readonly datePickers: boolean;
  readonly filesInPrivateAnswers: boolean;
  /** Whether bots can open a conversation that only the people in it see. */
  readonly groupConversations: boolean;
  /** Whether something by which people are mentioned together can follow who holds a role. */
  readonly groups: boolean;
  /** Whether a workspace has a calendar that all of it sees. */
  readonly calendar: boolean;
};

/** What every adapter does alike. A difference is a value of its `capabilities`, never a case left out. */
export function describeContract(
  capabilities: Capabilities,
  open: (features: readonly Feature[]) => Promise<AdapterUnderTest>,
): void {
  describe(`${capabilities.platform}: the contract of all adapters`, () => {
    let at: AdapterUnderTest;
    const waiting = makeWaitingFeature();

    beforeAll(async () => {
      at = await open([directory, makeSampleFeature(), waiting.feature, meeting, planning]);
      const ana = at.person('Ana');
      await ana.says('/coalition setup');
      await at.until(() => ana.form(), 'the form of /coalition setup');
      expect(await ana.fills({ name: 'Ready by Five', zone: 'America/Winnipeg', language: 'en' })).toBeNull();
      await sees(ana, 'Ready by Five is set up');
    });
    afterAll(() => at.end());

    /** The newest thing on somebody's screen that says this. */
    const sees = (person: ContractPerson, words: string, after = 0): Promise<Seen> =>
      at.until(
        () =>
          person
            .screen()
            .slice(after)
            .findLast((seen) => !seen.gone && seen.text.includes(words)),
        `“${words}”; on the screen: ${JSON.stringify(person.screen().map((seen) => seen.text))}`,
      );

    async function showsEverything(person: ContractPerson): Promise<Seen> {
      const before = person.screen().length;
      await person.says('/sample everything');
      return sees(person, 'Every part', before);
    }

    test('a command is answered to whoever typed it, and to nobody else', async () => {
      const [ana, ben] = [at.person('Ana'), at.person('Ben')];
      const seen = await showsEverything(ana);
      expect(seen.private).toBe(true);
      expect(ben.screen().filter(({ text }) => text.includes('Every part'))).toEqual([]);
    });

    test('what somebody typed is shown as typed, and calls nobody', async () => {
      const ana = at.person('Ana');
      const everything = await showsEverything(ana);
      expect(everything.text).toContain(hostile);
      expect(everything.acting).toEqual([]);

      await ana.says('/sample announce title:@here <!everyone> *x* `y` _z_ :tada: &amp;');
      const announced = await sees(ana, '<!everyone>');
      expect(announced.text).toContain('@here <!everyone> *x* `y` _z_ :tada: &amp;');
      expect(announced.acting).toEqual([]);
      expect(announced.private).toBe(false);
      await sees(at.person('Ben'), '<!everyone>');
    });

    testWhere(!capabilities.typesOptions)(
      'a command that is not there leads to the nearest one',
      async () => {
        const ana = at.person('Ana');
        await ana.says('/sample evrything');
        const seen = await sees(ana, 'Did you mean');
        expect(seen.text).toContain('/sample everything');
        expect(seen.private).toBe(true);
      },
    );

    testWhere(!capabilities.typesOptions)(
      'a missing option opens as a form with what was typed',
      async () => {
        const ana = at.person('Ana');
        await ana.says('/sample announce count:many colour:red');
        const form = await at.until(() => ana.form(), 'the form');
        expect(form.fields).toMatchObject({ title: '', count: 'many', colour: 'red' });
        expect(await ana.fills({ title: 'Spring fair', count: '3' })).toBeNull();
        expect((await sees(ana, 'Spring fair')).private).toBe(false);
      },
    );

    test('a form with a wrong value says so without losing anything, and is then taken', async () => {
      const ana = at.person('Ana');
      await ana.says('/sample form');
      const form = await at.until(() => ana.form(), 'the form');
      expect(form.fields['title-line']).toBe('Spring fair');

      const problems = await ana.fills({ count: '99', colour: 'green', story: 'Twice\nupon a time' });
      if (capabilities.showsProblemsInForms) {
        expect(Object.keys(problems ?? {})).toEqual(['count']);
        expect(problems?.count).toContain('from 1 to 10');
      } else {
        const refusal = await sees(ana, 'from 1 to 10');
        await ana.presses('Open it again', refusal);
        const again = await at.until(() => ana.form(), 'the form again');
        expect(again.fields).toMatchObject({ 'title-line': 'Spring fair', story: 'Twice\nupon a time' });
      }
      const before = ana.screen().length;
      expect(await ana.fills({ count: '9' })).toBeNull();
      const kept = await sees(ana, 'Spring fair', before);
      expect(kept.private).toBe(true);
    });

    testDays(capabilities, () => at, sees);

    test('a pick changes the message it was made in', async () => {
      const ana = at.person('Ana');
      const message = await showsEverything(ana);
      const before = ana.screen().length;
      await ana.picks('green', message);
      await at.until(() => !message.text.includes('Every part'), 'the message to change');
      expect(message.text.toLowerCase()).toContain('green');
      expect(ana.screen().length).toBe(before);
    });

    test('a button can answer beside its message, to the presser alone or to the channel', async () => {
      const [ana, ben] = [at.person('Ana'), at.person('Ben')];
      const message = await showsEverything(ana);
      const [asideLabel = '', privateLabel = '', loudLabel = ''] = message.buttons;
      for (const [label, isPrivate] of [
        [asideLabel, true],
        [privateLabel, true],
        [loudLabel, false],
      ] as const) {
        const before = ana.screen().length;
        const hers = ben.screen().length;
        await ana.presses(label, message);
        const answer = await at.until(() => ana.screen()[before], `the answer to ${label}`);
        expect(answer.private).toBe(isPrivate);
        expect(message.text).toContain('Every part');
        expect(ben.screen().length - hers).toBe(isPrivate ? 0 : 1);
      }
    });

    test('a button can open a form', async () => {
      const ana = at.person('Ana');
      const message = await showsEverything(ana);
      await ana.presses(message.buttons[3] ?? '', message);
      await at.until(() => ana.form(), 'the form');
      const before = ana.screen().length;
      expect(await ana.fills({ count: '2', colour: 'blue' })).toBeNull();
      await sees(ana, 'Spring fair', before);
    });

    test('a private message with no more to say goes', async () => {
      const ana = at.person('Ana');
      const message = await showsEverything(ana);
      await ana.presses(message.buttons[4] ?? '', message);
      await at.until(() => message.gone, 'the message to go');
    });

    test('the same delivery is answered once', async () => {
      const ana = at.person('Ana');
      const before = ana.screen().length;
      await ana.says('/sample announce title:Once');
      await sees(ana, 'Once', before);
      await ana.says('', { again: true });
      // Whatever the second delivery would do is done before a third, different one is answered.
      await ana.says('/sample announce title:Another');
      await sees(ana, 'Another', before);
      const once = ana
        .screen()
        .slice(before)
        .filter(({ text }) => text.includes('Once'));
      expect(once).toHaveLength(1);
    });

    test('a command that takes its time is acknowledged at once and answered in the end', async () => {
      const ana = at.person('Ana');
      const before = ana.screen().length;
      // Resolves on the acknowledgement, while the handler waits for us.
      await ana.says('/waiting');
      expect(ana.screen().length).toBe(before);
      waiting.letGo();
      const answer = await sees(ana, 'It was worth the wait', before);
      expect(answer.private).toBe(true);
    });

    test('while the database is slow, a command is acknowledged all the same, and answered once it is back', async () => {
      const ana = at.person('Ana');
      const before = ana.screen().length;
      await at.bot.database.$transaction(
        async (tx) => {
          await tx.$executeRawUnsafe('lock table "Arrival" in access exclusive mode');
          // Resolves on the acknowledgement, for which no platform waits longer than three seconds.
          await ana.says('/sample refused');
          expect(ana.screen().length).toBe(before);
        },
        { timeout: 20_000 },
      );
      expect((await sees(ana, 'Not today', before)).private).toBe(true);
    });

    test('a command that breaks says so with the reference that stands in the log', async () => {
      const ana = at.person('Ana');
      const before = ana.screen().length;
      await ana.says('/sample broken');
      const answer = await sees(ana, 'Something went wrong on our side', before);
      expect(answer.private).toBe(true);
      const logged = at.log.lines.findLast(({ event }) => event === 'dispatch.broken');
      const { reference } = { reference: 'not logged', ...logged?.facts };
      expect(answer.text).toContain(reference);
    });

    test('a refusal is told privately and leaves everything as it was', async () => {
      const ana = at.person('Ana');
      const before = ana.screen().length;
      await ana.says('/sample refused');
      await at.until(() => ana.screen()[before], 'the refusal');
      expect(ana.screen()[before]?.private).toBe(true);
    });

    test('somebody who may not is told why, whatever their client sends', async () => {
      const ben = at.person('Ben');
      const before = ben.screen().length;
      await ben.says('/sample staff');
      await sees(ben, 'This is for people who joined', before);

      const message = await showsEverything(ben);
      await ben.pressesId('sample.nothing:here', message);
      await sees(ben, 'from an older message', before);
      await ben.pressesId(`${presses.pick.encode({ from: 'card' })}:and-more`, message);
      await sees(ben, 'from an older message', before + 2);
    });

    // Last: somebody joins there who is no member before.
    testDifferences(capabilities, () => at, { sees, showsEverything });
  });
}

/** A test for platforms that can do it. What a platform cannot do is a named value in its `capabilities.ts`. */
function testWhere(can: boolean): (title: string, body: () => Promise<void>) => void {
  return (title, body) => {
    if (can) test(title, body);
  };
}
