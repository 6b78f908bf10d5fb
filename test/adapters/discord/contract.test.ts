import { capabilities } from '../../../adapters/discord/capabilities.ts';
import { openDiscordUnderTest } from '../../support/discord/under-test.ts';
import { describeContract } from '../contract.ts';

describeContract({ ...capabilities, platform: 'Discord' }, openDiscordUnderTest);
