/** A picture that travels in the card itself: an image part whose address begins with `data:`. */
type InlinePicture = {
  readonly mediaType: string;
  /** Such as `picture.png`. */
  readonly fileName: string;
  readonly data: Buffer;
};

/** Null for any other address. */
export function readInlinePicture(url: string): InlinePicture | null {
  const [, mediaType, encoded] = /^data:(image\/[\w.+-]+);base64,(.*)$/s.exec(url) ?? [];
  if (mediaType === undefined || encoded === undefined) return null;
  const extension = mediaType.slice('image/'.length).replace(/\W.*/, '');
  return { mediaType, fileName: `picture.${extension}`, data: Buffer.from(encoded, 'base64') };
}
