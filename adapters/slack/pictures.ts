import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Card } from '../../src/core/card.ts';
import { readInlinePicture } from '../../src/core/inline-picture.ts';
import { shortened } from '../../src/core/plain-text.ts';
import type { Log } from '../../src/core/ports.ts';
import type { Database } from '../../src/database.ts';
import type { CardFile } from './draw-card.ts';
import { isPictureTrouble } from './trouble.ts';
import type { SlackApi } from './web-api.ts';

/** The id of the file that shows each picture, by the picture's own address in the card. */
export type PictureFiles = ReadonlyMap<string, string>;

export type Pictures = {
  /**
   * Puts the pictures that a card carries into Slack and then sends it. A picture that Slack does not take is left
   * out, and its description stands in. Throws what `send` throws, and when Slack takes no more uploads for now.
   */
  sendWith<T>(teamId: string, card: Card, send: (files: PictureFiles) => Promise<T>): Promise<T>;
};

/** docs.slack.dev, "Slack file object": no other kind can be shown in a message. */
const shownTypes = new Set(['image/png', 'image/jpeg', 'image/gif']);
/** How many pictures are remembered in one workspace; an older one is uploaded again when it is drawn again. */
const mostRemembered = 500;
/**
 * Slack finishes an upload after it has answered, and refuses a message with the picture until then
 * (node-slack-sdk#1865). These are the waits between the tries, in milliseconds.
 */
const readyAfterMs = [250, 500, 1000, 2000, 3000];
/** A picture refused that long after its upload is not on its way any more: somebody removed it. */
const processedWithinMs = 60_000;
/** No more tries after this: whoever holds the lane may hold it for a minute. */
const mostMs = 20_000;

type Picture = { url: string; hash: string; alt: string; fileName: string; data: Buffer };

export function makePictures(of: { api: SlackApi; database: Database; log: Log }): Pictures {
  const { api, database, log } = of;
  /** The same picture for several channels at once is uploaded once. */
  const uploading = new Map<string, Promise<string>>();

  async function upload(teamId: string, { hash, alt, fileName, data }: Picture): Promise<string> {
    const client = await api.client(teamId);
    const title = alt === '' ? fileName : shortened(alt, 250);
    const answer = await client.filesUploadV2({ filename: fileName, title, file: data });
    const fileId = uploaded.parse(answer).files[0].files[0].id;
    const found = { fileId, uploadedAt: new Date() };
    const where = { teamId_hash: { teamId, hash } };
    await database.slackPicture.upsert({ where, create: { teamId, hash, ...found }, update: found });
    await database.$executeRaw`
      delete from "SlackPicture" where "teamId" = ${teamId} and "uploadedAt" < (
        select "uploadedAt" from "SlackPicture" where "teamId" = ${teamId}
        order by "uploadedAt" desc offset ${mostRemembered - 1} limit 1)`;
    return fileId;
  }

  function uploadOnce(teamId: string, picture: Picture): Promise<string> {
    const key = `${teamId}/${picture.hash}`;
    const begun = uploading.get(key) ?? upload(teamId, picture).finally(() => uploading.delete(key));
    uploading.set(key, begun);
    return begun;
  }

  async function uploadAll(teamId: string, pictures: readonly Picture[]): Promise<Map<string, string>> {
    const files = new Map<string, string>();
    await Promise.all(
      pictures.map(async (picture) => {
        try {
          files.set(picture.url, await uploadOnce(teamId, picture));
        } catch (error) {
          if (error instanceof webApi.WebAPIRateLimitedError) throw error;
          log.warn({ error: error as Error }, 'slack.picture-lost');
        }
      }),
    );
    return files;
  }

  /** What Slack holds already; the rest is uploaded. */
  async function findOrUpload(teamId: string, pictures: readonly Picture[], anewBefore: Date) {
    const known = await database.slackPicture.findMany({
      where: { teamId, hash: { in: pictures.map(({ hash }) => hash) }, uploadedAt: { gte: anewBefore } },
    });
    const idOf = new Map(known.map(({ hash, fileId }) => [hash, fileId]));
    const files = await uploadAll(
      teamId,
      pictures.filter(({ hash }) => !idOf.has(hash)),
    );
    for (const { url, hash } of pictures) {
      const id = idOf.get(hash);
      if (id) files.set(url, id);
    }
    const oldest = Math.min(...known.map(({ uploadedAt }) => uploadedAt.getTime()));
    return { files, areOld: oldest < Date.now() - processedWithinMs };
  }

  return {
    async sendWith(teamId, card, send) {
      const pictures = picturesIn(card);
      if (pictures.length === 0) return send(none);
      const began = Date.now();
      let { files, areOld } = await findOrUpload(teamId, pictures, new Date(0));
      for (const waitMs of [0, ...readyAfterMs]) {
        if (files.size === 0 || Date.now() - began > mostMs) break;
        await delay(waitMs);
        try {
          return await send(files);
        } catch (error) {
          if (!isPictureTrouble(error)) throw error;
        }
        if (!areOld) continue;
        const stillComing = new Date(Date.now() - processedWithinMs);
        ({ files, areOld } = await findOrUpload(teamId, pictures, stillComing));
      }
      if (files.size > 0) log.warn({ pictures: files.size }, 'slack.picture-unready');
      return send(none);
    },
  };
}

const none: PictureFiles = new Map();

const uploaded = z.object({
  files: z.tuple([z.object({ files: z.tuple([z.object({ id: z.string() })]) })]),
});

/** Every picture that Slack can show only as a file of its own; the same one once. */
function picturesIn(card: Card): Picture[] {
  const found = new Map<string, Picture>();
  for (const part of card.parts) {
    const picture = part.part === 'image' ? readInlinePicture(part.url) : null;
    if (part.part !== 'image' || !picture || !shownTypes.has(picture.mediaType)) continue;
    const hash = createHash('sha256').update(picture.data).digest('hex');
    found.set(part.url, { url: part.url, hash, alt: part.alt, ...picture });
  }
  return [...found.values()];
}

/** The pictures of a card as files, for where a message cannot show them. */
export function pictureFilesIn(card: Card): CardFile[] {
  return picturesIn(card).map(({ fileName, data }) => ({ name: fileName, content: data }));
}
