import type { PostTrouble } from '../post.ts';
import type { FaultKind } from './kind.ts';

const onTheWay = (name: string, trouble: PostTrouble, weight: number): FaultKind => ({
  name: `a delivery ${name}`,
  weight,
  async strike({ stage, happened }) {
    stage.post.trouble(trouble, happened);
  },
});

export const deliveryKinds: readonly FaultKind[] = [
  onTheWay('comes twice at once', 'twice-at-once', 8),
  onTheWay('comes again later', 'twice', 7),
  onTheWay('is overtaken by others', 'late', 6),
];
