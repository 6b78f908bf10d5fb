import { capabilities } from '../../../adapters/slack/capabilities.ts';
import { openSlackUnderTest } from '../../support/slack/under-test.ts';
import { describeContract } from '../contract.ts';

describeContract({ ...capabilities, platform: 'Slack by HTTP' }, (features) =>
  openSlackUnderTest({ features, by: 'http' }),
);
describeContract({ ...capabilities, platform: 'Slack by Socket Mode' }, (features) =>
  openSlackUnderTest({ features, by: 'socket' }),
);
