import type { Standing } from '../src/core/who.ts';

/** An invented coalition to try everything on. None of these organisations or people exist. */
export const demo = {
  name: 'Ready by Five (demo)',
  timeZone: 'America/Winnipeg',
  language: 'en',
} as const;

/** Wednesday mornings: whoever tries the demo only moves the clock to see one. */
export const demoDigest = { channel: 'announcements', weekly: { weekday: 3, time: '09:00' } } as const;

type DemoMember = { name: string; standing: Standing; timeZone?: string; languages?: string[] };
type DemoPartner = {
  name: string;
  does: string;
  sector: string;
  sizeBand: '1-10' | '11-50' | '51-250' | 'over-250';
  area: string;
  offers: string[];
  needs: string[];
  languages: string[];
  joinedMonthsAgo: number;
  confirmedMonthsAgo: number;
  members: DemoMember[];
};

export const demoBackbone: DemoMember[] = [
  { name: 'Mara Quill', standing: 'backbone' },
  {
    name: 'Jonah Abara',
    standing: 'backbone',
    timeZone: 'America/Toronto',
    languages: ['English', 'French'],
  },
];

export const demoPartners: DemoPartner[] = [
  {
    name: 'North Star Child Care',
    does: 'Runs six child care centres with places for 410 children, from babies to kindergarten.',
    sector: 'Child care',
    sizeBand: '51-250',
    area: 'North End',
    offers: ['training rooms in the evening', 'staff who mentor newcomers to the field'],
    needs: ['speech screening on site', 'a bus for field trips'],
    languages: ['English', 'Tagalog'],
    joinedMonthsAgo: 22,
    confirmedMonthsAgo: 2,
    members: [
      { name: 'Priya Raman', standing: 'representative' },
      { name: 'Tomas Ocampo', standing: 'alternate', languages: ['English', 'Tagalog'] },
    ],
  },
  {
    name: 'Two Rivers School Division',
    does: 'Thirty-one schools; its early years team works with families before kindergarten starts.',
    sector: 'Education',
    sizeBand: 'over-250',
    area: 'City-wide',
    offers: ['kindergarten readiness figures', 'school gyms on Saturdays'],
    needs: ['families’ own words on what helped', 'child care staff at transition meetings'],
    languages: ['English', 'French'],
    joinedMonthsAgo: 24,
    confirmedMonthsAgo: 5,
    members: [
      { name: 'Dana Whitford', standing: 'representative' },
      { name: 'Elliot Sand', standing: 'alternate' },
      { name: 'Ruth Okafor', standing: 'member' },
    ],
  },
  {
    name: 'Prairie Lantern Library',
    does: 'Nine branches with story time, toy lending and a van that goes where no branch is.',
    sector: 'Culture',
    sizeBand: '51-250',
    area: 'City-wide',
    offers: ['free meeting rooms', 'a story van for events', 'toy lending kits'],
    needs: ['readers in Cree and Arabic', 'help to reach home daycares'],
    languages: ['English', 'French'],
    joinedMonthsAgo: 20,
    confirmedMonthsAgo: 1,
    members: [{ name: 'Hugo Lindqvist', standing: 'representative' }],
  },
  {
    name: 'Cedar Circle Family Centre',
    does: 'An Indigenous-led centre: Elders, land-based play and a drop-in for young families.',
    sector: 'Family support',
    sizeBand: '11-50',
    area: 'North End',
    offers: ['Elder visits', 'land-based play days', 'guidance on protocol'],
    needs: ['core funding that lasts', 'transport for Elders'],
    languages: ['English', 'Cree', 'Ojibwe'],
    joinedMonthsAgo: 18,
    confirmedMonthsAgo: 3,
    members: [{ name: 'Sage Morriseau', standing: 'representative', languages: ['English', 'Ojibwe'] }],
  },
  {
    name: 'Healthy Start Clinic',
    does: 'Prenatal care and well-baby visits, with a nurse who comes to the door.',
    sector: 'Health',
    sizeBand: '11-50',
    area: 'West Broadway',
    offers: ['nurse visits at drop-ins', 'growth and hearing checks'],
    needs: ['places to send families for speech help'],
    languages: ['English', 'Somali'],
    joinedMonthsAgo: 16,
    confirmedMonthsAgo: 4,
    members: [{ name: 'Amina Yusuf', standing: 'representative', languages: ['English', 'Somali'] }],
  },
  {
    name: 'Maple Street Settlement House',
    does: 'Helps newcomer families in their first three years: language, papers, child minding.',
    sector: 'Settlement',
    sizeBand: '11-50',
    area: 'Downtown',
    offers: ['interpreters in 14 languages', 'child minding during meetings'],
    needs: ['early learning places close by', 'winter clothes in small sizes'],
    languages: ['English', 'Arabic', 'Tigrinya', 'Ukrainian'],
    joinedMonthsAgo: 15,
    confirmedMonthsAgo: 7,
    members: [
      { name: 'Oksana Bilyk', standing: 'representative', languages: ['English', 'Ukrainian'] },
      { name: 'Samir Haddad', standing: 'alternate', languages: ['English', 'Arabic'] },
    ],
  },
  {
    name: 'Small Steps Home Daycares',
    does: 'Nine home daycares that share training, a toy cupboard and a substitute.',
    sector: 'Child care',
    sizeBand: '1-10',
    area: 'St. Vital',
    offers: ['the view from small providers'],
    needs: ['a substitute on sick days', 'evening training'],
    languages: ['English'],
    joinedMonthsAgo: 11,
    confirmedMonthsAgo: 11,
    members: [{ name: 'Bea Thornton', standing: 'representative' }],
  },
  {
    name: 'Les Petits Voisins',
    does: 'Parents who run a French playgroup and a Saturday library corner.',
    sector: 'Parents',
    sizeBand: '1-10',
    area: 'St. Boniface',
    offers: ['French story time', 'translation of short texts'],
    needs: ['a room on Saturdays', 'help with a grant form'],
    languages: ['French', 'English'],
    joinedMonthsAgo: 9,
    confirmedMonthsAgo: 2,
    members: [{ name: 'Chloé Desrosiers', standing: 'representative', languages: ['French', 'English'] }],
  },
  {
    name: 'Good Neighbour Food Shelf',
    does: 'Food for 1,200 households a month, with a formula and diaper shelf.',
    sector: 'Food',
    sizeBand: '11-50',
    area: 'Elmwood',
    offers: ['a place where families come every week', 'volunteers with a van'],
    needs: ['formula', 'people who can sit down and listen'],
    languages: ['English'],
    joinedMonthsAgo: 13,
    confirmedMonthsAgo: 6,
    members: [{ name: 'Wes Dubois', standing: 'representative' }],
  },
  {
    name: 'Speak Up Therapy Group',
    does: 'Four speech therapists who screen toddlers and coach the people around them.',
    sector: 'Health',
    sizeBand: '1-10',
    area: 'City-wide',
    offers: ['free screening days', 'short coaching videos'],
    needs: ['rooms in the north of the city'],
    languages: ['English', 'Punjabi'],
    joinedMonthsAgo: 7,
    confirmedMonthsAgo: 1,
    members: [{ name: 'Harpreet Gill', standing: 'representative', timeZone: 'America/Vancouver' }],
  },
  {
    name: 'Plains University Early Years Lab',
    does: 'Studies how children in the prairies grow up, and tells the people it studied first.',
    sector: 'Research',
    sizeBand: '11-50',
    area: 'Province-wide',
    offers: ['survey design', 'maps and figures', 'students on placement'],
    needs: ['questions that matter to practice'],
    languages: ['English'],
    joinedMonthsAgo: 14,
    confirmedMonthsAgo: 3,
    members: [{ name: 'Ines Falk', standing: 'representative', timeZone: 'Europe/London' }],
  },
  {
    name: 'Lakeside Credit Union',
    does: 'A credit union that funds one child care project a year and lends staff time.',
    sector: 'Business',
    sizeBand: '51-250',
    area: 'Province-wide',
    offers: ['small grants', 'help with budgets', 'a printer that never rests'],
    needs: ['stories for the annual meeting'],
    languages: ['English'],
    joinedMonthsAgo: 5,
    confirmedMonthsAgo: 5,
    members: [{ name: 'Grant Osei', standing: 'representative', timeZone: 'America/Toronto' }],
  },
  {
    name: 'City Parks and Play',
    does: 'Playgrounds, wading pools and the summer play leaders of the city.',
    sector: 'Government',
    sizeBand: 'over-250',
    area: 'City-wide',
    offers: ['park permits without the fee', 'play leaders in July and August'],
    needs: ['what parents think of the new play space'],
    languages: ['English', 'French'],
    joinedMonthsAgo: 10,
    confirmedMonthsAgo: 9,
    members: [{ name: 'Noor Castellan', standing: 'guest', timeZone: 'America/St_Johns' }],
  },
  {
    name: 'Dads at the Table',
    does: 'A weekly supper for fathers and the children they bring.',
    sector: 'Parents',
    sizeBand: '1-10',
    area: 'Transcona',
    offers: ['forty fathers who say what they think'],
    needs: ['a kitchen on Thursdays', 'story kits to take home'],
    languages: ['English', 'Spanish'],
    joinedMonthsAgo: 1,
    confirmedMonthsAgo: 1,
    members: [],
  },
];
