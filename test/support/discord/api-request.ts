import type { PeerFile, World } from './world.ts';

export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | null;
  readonly body: unknown;
  readonly files: readonly PeerFile[];
};
export type ApiResponse = { readonly status: number; readonly body?: unknown };

export type Context = ApiRequest & {
  readonly world: World;
  readonly parts: readonly string[];
  readonly shards: () => number;
  readonly gatewayUrl: () => string;
};
export const failure = (status: number, code: number, message: string): ApiResponse => ({
  status,
  body: { code, message },
});
export const unknownMessage = failure(404, 10008, 'Unknown Message');

export const ok = (body: unknown): ApiResponse => ({ status: 200, body });
