import type { Reader } from './reader.ts';
import type { Coalition, MayBeDoneBy, Member, PlatformName, Workspace } from './who.ts';

/** Who asked for something, where, and when. */
export type Asked = {
  readonly platform: PlatformName;
  /** The platform's ids of the workspace, the person and the channel. */
  readonly workspaceRef: string;
  readonly workspaceName: string;
  readonly account: { readonly ref: string; readonly name: string };
  readonly placeHere: { readonly ref: string; readonly name: string } | null;
  /** What the platform calls the channels that the input names by id. */
  readonly placeNames: Readonly<Record<string, string>>;
  /** Null until setup or link has been run in this workspace. */
  readonly workspace: Workspace | null;
  readonly coalition: Coalition | null;
  readonly member: Member | null;
  readonly reader: Reader;
  readonly now: Date;
};

/** The same, with what a permission guarantees. */
export type AskedBy<By extends MayBeDoneBy> = By extends 'anyone'
  ? Asked
  : By extends 'visitor'
    ? Asked & InCoalition
    : By extends 'voice'
      ? Asked &
          InCoalition & { readonly member: Member & { readonly partner: NonNullable<Member['partner']> } }
      : Asked & InCoalition & { readonly member: Member };

type InCoalition = { readonly coalition: Coalition; readonly workspace: Workspace };
