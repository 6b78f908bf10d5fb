import type { Seen as OnScreen } from '../../test/adapters/contract.ts';
import { makeSlackPerson, type SlackPerson } from '../../test/support/slack/person.ts';
import { deliveryIdOf, type SlackSide } from '../slack-side.ts';
import { type Expected, nothing, type Person, type Seen, type Told, waitFor } from './person.ts';

/** Slack gives a form three seconds from the click; this machine may be slower than Slack's. */
const triggerMs = 15_000;

export function makePersonOnSlack(slack: SlackSide, of: { name: string; organisation: string }): Person {
  const { peer, deliver, channels } = slack;
  const person = makeSlackPerson({ name: of.name, peer, deliver, channel: channels.general });
  person.triggersLive(triggerMs);
  const shown = (seen: OnScreen): Seen => ({ text: seen.text, buttons: seen.buttons, on: seen });
  const isAnswer = (seen: OnScreen) => deliveryIdOf(person.raw(seen)) === null;

  async function does(work: () => Promise<unknown>, expected: Expected, on?: OnScreen): Promise<Told> {
    const before = new Set(person.screen());
    const stood = on?.text;
    try {
      await work();
    } catch {
      return nothing;
    }
    const look = () => [
      ...person.screen().filter((seen) => !before.has(seen) && !seen.gone && isAnswer(seen)),
      ...(on && on.text !== stood && !on.gone && changesAlone(person, on, expected) ? [on] : []),
    ];
    return waitFor(
      expected,
      () => look().map(shown),
      () => person.form() !== null,
    );
  }

  function closeForms(): void {
    for (const modal of peer.modals) if (modal.userId === person.ref) modal.closed = true;
  }

  return {
    ...of,
    on: 'slack',
    runs(command, options, expected) {
      closeForms();
      const typed = Object.entries(options).map(([name, value]) => `${name}:${value}`);
      return does(() => person.says(['/' + command, ...typed].join(' ')), expected);
    },
    presses(label, { on }, expected) {
      closeForms();
      return does(() => person.presses(label, on as OnScreen), expected, on as OnScreen);
    },
    fills: (values, expected) => does(() => person.fills(values), expected, lastPressed(person)),
    async sees(words, button) {
      const found = person
        .screen()
        .findLast(
          (seen) =>
            !seen.gone &&
            seen.text.includes(words) &&
            (button === undefined || seen.buttons.includes(button)),
        );
      return found ? shown(found) : null;
    },
  };
}

/** A live card also changes with what others do: only the expected words on it are an answer. */
function changesAlone(person: SlackPerson, on: OnScreen, expected: Expected): boolean {
  return deliveryIdOf(person.raw(on)) === null || (expected !== 'form' && expected.test(on.text));
}

/** A form's answer may take the place of the private message that opened it, which is the newest of them. */
function lastPressed(person: SlackPerson): OnScreen | undefined {
  return person.screen().findLast((seen) => seen.private && deliveryIdOf(person.raw(seen)) === null);
}
