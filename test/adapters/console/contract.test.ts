import { capabilities } from '../../../adapters/console/capabilities.ts';
import { openConsoleUnderTest } from '../../support/console-under-test.ts';
import { describeContract } from '../contract.ts';

describeContract({ ...capabilities, platform: 'Console' }, openConsoleUnderTest);
