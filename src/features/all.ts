import type { Feature } from '../core/command.ts';
import { decisions } from './decisions/feature.ts';
import { digests } from './digests/feature.ts';
import { directory } from './directory/feature.ts';

/** The only list of features, in the order in which help shows them. */
export const features: readonly Feature[] = [directory, decisions, digests];
