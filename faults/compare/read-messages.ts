import { nonceOf } from '../../adapters/discord/messenger.ts';
import type { Server } from '../server.ts';
import { deliveryIdOf } from '../slack-side.ts';
import type { Stage } from '../stage.ts';
import type { Arrived, Due } from './messages.ts';

/** How long Slack's receipt of a message may take before it is taken that there is none: docs/arriving-twice.md. */
const receiptWithinMs = 5_000;
const calendar = '!calendar';

/** @param now by the coalition's clock */
export function readDue(server: Server, now: Date): Promise<Due[]> {
  return server.rows<Due>(
    `select o."id", o."key", o."state", o."failure", w."platform", l."placeRef",
       coalesce(o."expiresAt" <= $1, false) as "outOfDate"
     from "Outgoing" o join "Lane" l on l."id" = o."laneId" join "Workspace" w on w."id" = l."workspaceId"
     order by o."position"`,
    [now],
  );
}

/** Everything that people have from the bot, besides the answers to what they did themselves. */
export async function readArrived(stage: Stage, due: readonly Due[]): Promise<Arrived[]> {
  const { slack, discord, server } = stage;
  const onSlack = slack.peer.messages.flatMap((message): Arrived[] => {
    const id = deliveryIdOf(message);
    if (id === null) return [];
    return [
      { id, place: `${message.channel} on Slack`, at: new Date(Number(message.ts) * 1000), mayRepeat: false },
    ];
  });
  const nth = new Map<string, number>();
  for (const [at, message] of onSlack.entries()) {
    const index = nth.get(message.id) ?? 0;
    nth.set(message.id, index + 1);
    const taken = slack.taken(message.id)[index];
    const late = taken && (taken.receiptAt === null || taken.receiptAt - taken.at > receiptWithinMs);
    onSlack[at] = { ...message, mayRepeat: late ?? false };
  }

  const byNonce = new Map(due.map(({ id }) => [nonceOf(id), id]));
  // An answer that came too late for its interaction is a message too, known by that interaction.
  const answers = new Set([...discord.peer.world.interactions.keys()].map(nonceOf));
  const onDiscord = [...discord.peer.world.messages.values()].flatMap((message): Arrived[] => {
    if (message.nonce === null || answers.has(message.nonce)) return [];
    const id = byNonce.get(message.nonce) ?? message.nonce;
    const at = new Date(message.postedAt);
    return [{ id, place: `${message.channelId} on Discord`, at, mayRepeat: false }];
  });

  const onConsole = await server.rows<{ id: string; place: string }>(
    `select "deliveryId" as "id", "placeRef" as "place" from "ConsoleMessage" where "deliveryId" is not null and "deliveryId" not like 'answer:%'`,
  );
  return [
    ...onSlack,
    ...onDiscord,
    ...onConsole.map(({ id, place }) => ({ id, place: `${place} on the console`, mayRepeat: false })),
    ...readEvents(stage, due),
  ];
}

/** An event in Discord's calendar carries no mark of ours: it is known by its name, which the week uses once. */
function readEvents({ discord }: Stage, due: readonly Due[]): Arrived[] {
  const waiting = due.filter(({ placeRef }) => placeRef === calendar);
  const names = new Map<string, string>();
  return [...discord.peer.world.events.values()].map(({ name }) => {
    const id = names.get(name) ?? waiting[names.size]?.id ?? name;
    names.set(name, id);
    return { id, place: 'the calendar on Discord', mayRepeat: false };
  });
}
