import type { Inputs } from './crawl.ts';
import { letters, partnerName } from './longest-letters.ts';

/** What is typed in fields that are about time, figures, or things that have to fit together. */
const options = Array.from({ length: 10 }, (_, n) => `${n}${letters(49)}`).join('\n');
const decision = (rule: string) => ({ rule, options: '', until: '7 days' });
const among = (rule: string) => ({ rule, options, until: '7 days' });
const soon = 'Tuesday 10 March 3pm\nThursday 12 March 10:00';

export const inputs: Inputs = {
  'decide.new': [
    ...['majority', 'consent', 'consensus-minus-1'].map(decision),
    ...['plurality', 'transferable', 'score', 'dots'].map(among),
    ...['share', 'advice'].map(decision),
  ],
  'decide.rule': [
    { rule: 'majority', threshold: '', base: '', number: '', ties: '' },
    { rule: 'share', threshold: 'more than 60%', base: 'electorate', number: '', ties: '' },
  ],
  'decide.quorum': [{ quorum: '50%' }],
  'decide.voices': [
    { weights: '', cap: '' },
    { weights: `${partnerName(1)}: 3`, cap: '50%' },
  ],
  'decide.view': [
    { anonymous: 'no', visibility: 'open', reasons: 'optional', fewest: '3', nudges: '5' },
    { anonymous: 'yes', visibility: 'at-close', reasons: 'optional', fewest: '3', nudges: '1' },
  ],
  'decide.time': [{ until: '7 days', review: '90' }],
  'decide.charter': [{ opener: 'voices', rules: 'consent, share', rule: 'majority', until: '7 days' }],
  'decide.ballot': [{ marks: '1' }, { marks: '2 > 1' }, { marks: '1: 5' }],
  'decide.secret-ballot': [{ answer: 'Yes' }, { answer: '0' }, { answer: '1' }],
  'decide.assign-form': [{ due: '2026-03-20' }],
  'decide spoken': [{ decision: '1', partner: partnerName(4), answer: 'Yes' }],
  'meet.propose': [
    { times: soon, length: '90 min' },
    { times: `${soon}\nnoonish`, length: '90 min' },
  ],
  'meet.times': [{ times: soon }, { times: `${soon}\nnoonish` }],
  'meet.guests': [{ invited: '', required: partnerName(2), quorum: '2' }],
  'meet.closing': [
    { deadline: '2026-03-06 15:00', closing: 'deadline', objections: '5', reminders: '1 day, 1 hour' },
  ],
  'meet.answers-typed': [{ answers: '1 yes, 2 no' }],
  'meet.suggestion': [{ times: 'Friday 13 March 11:00' }],
  'meet.remind-me': [{ before: '2 hours' }],
  'meet.note-text': [
    { kind: 'action', who: partnerName(1), due: '2026-03-20' },
    { kind: 'decision', who: '', due: '' },
    { kind: 'note', who: '', due: '' },
  ],
  'meet deadline': [{ meeting: '1', until: '2026-03-07 15:00' }],
  'meet zone': [{ meeting: '1', zone: 'America/Argentina/ComodRivadavia' }],
  'meet move': [{ meeting: '1', when: '2026-03-20 15:00' }],
  'meet rules': [{ objections: '20', reminders: '1 day, 1 hour' }],
  'roles.new-form': [{ effort: '1', seats: '1-2' }],
  'roles.basics-form': [{ effort: '1', seats: '1-2' }],
  'roles.details-form': [{ term: '1' }],
  'roles.hours-form': [{ hours: '1 h 30 min' }],
  'roles work': [{ hours: '2', day: '2026-03-02' }],
  'roles hours': [{ from: '2026-01-01', to: '2026-12-31' }],
  'rosters plan': [{ day: '2026-03-20' }],
  'agreement.signing-form': [{ renew: '1', needed: 'yes' }],
  'introductions.exchange': [{ one: partnerName(1), other: partnerName(2) }],
  'introductions.rule': [
    { one: partnerName(3), other: partnerName(4) },
    { one: partnerName(1), other: partnerName(4) },
  ],
  'introductions.find-time': [{ times: soon, length: '1 hour' }],
  'intros pause': [{ until: '2026-03-20' }],
  'intros start': [{ cadence: 'weekly', size: '2', who: 'everybody', preview: '24', channel: '' }],
  'intros one': [{ one: '<@U-voice-1>', other: '<@U-voice-2>' }],
  'measures.new': [{ kind: 'number' }, { kind: 'choice' }, { kind: 'text' }, { kind: 'number' }],
  'measures.rhythm': [{ often: 'weekly', calendar: '', due: '3', grace: '10', locks: '30' }],
  'measures.care': [{ smallest: '3', lead: '1', time: '09:00' }],
  'measures.give-number': [{ figure: '120' }, { figure: '99999999' }],
  'measures.give-parts': [{ figure: '5', groups: '' }],
  'data request': [{ due: '2026-03-20', partners: '' }],
  'check-ins.raise': [
    { to: '<@U-staff-1>', how: 'named' },
    { to: '<@U-staff-1>', how: 'secret' },
  ],
  'checkin log': [{ due: '2026-03-20' }],
  'checkin plan': [{ on: '2026-03-06' }],
  'checkin care': [{ owner: '<@U-staff-1>', backup: '', tier: 'usual', days: '' }],
  'checkin rhythm': [{ tier: 'usual', ideal: '10', longest: '20' }],
  'checkin pulse': [
    { months: '3', first: '' },
    { months: '1', first: '' },
  ],
  'digest schedule': [{ weekday: 'friday', time: '15:00', channel: 'general', silent: 'card', days: '1' }],
  'coalition away': [{ until: '2026-03-10' }],
  'settings.hours-form': [{ days: 'sun-sat', quiet: '22:00-06:00', holidays: '2026-12-25, 2026-12-26' }],
  'settings.add-staff-form': [{ member: '<@U-alternate-5>' }],
  'partners.people-form': [
    { person: '<@U-alternate-1>', standing: 'alternate' },
    { person: '<@U-alternate-2>', standing: 'member' },
  ],
  'measures.else-form': [{ who: '<@U-alternate-1>' }, { who: '<@U-alternate-2>' }],
  'roles.pass-form': [{ to: '<@U-voice-2>' }, { to: '<@U-voice-1>' }],
  'roles.people-form': [
    { member: '<@U-alternate-1>', alternate: '<@U-voice-1>' },
    { member: '<@U-alternate-2>', alternate: '<@U-voice-2>' },
  ],
  'roles successor': [{ from: '<@U-alternate-1>', to: '<@U-voice-1>' }],
  'coalition.me-form': [{ quiet: '22:00-06:00', away: '' }],
};
