import type { Feature } from '../core/command.ts';
import { agreement } from './agreement/feature.ts';
import { attention } from './attention/feature.ts';
import { checkIns } from './check-ins/feature.ts';
import { decisions } from './decisions/feature.ts';
import { digests } from './digests/feature.ts';
import { directory } from './directory/feature.ts';
import { introductions } from './introductions/feature.ts';
import { measures } from './measures/feature.ts';
import { meetings } from './meetings/feature.ts';
import { roles } from './roles/feature.ts';

/** The only list of features, in the order in which help shows them. */
export const features: readonly Feature[] = [
  directory,
  introductions,
  meetings,
  decisions,
  roles,
  agreement,
  measures,
  digests,
  checkIns,
  attention,
];
