import type { Findings } from './compare/findings.ts';
import type { Driven } from './driver.ts';
import type { Options } from './options.ts';

export type Report = {
  readonly options: Options;
  readonly findings: Findings;
  readonly faults: number;
  readonly byKind: ReadonlyMap<string, number>;
  readonly driven: Driven;
  readonly acknowledged: number;
  readonly messages: number;
  readonly starts: number;
  readonly crashes: readonly string[];
  readonly violations: readonly string[];
  /** Faults that could not be made. */
  readonly troubles: readonly string[];
  readonly skipped: readonly string[];
  readonly settledMs: number;
  readonly tookMs: number;
  readonly logFolder: string;
};

/** Whether everything arrived, once, and no process ended by itself. */
export function isClean({ findings, crashes, violations }: Report): boolean {
  return findings.lost.length + findings.duplicates.length + crashes.length + violations.length === 0;
}

/** The report, its last line one of JSON. */
export function drawReport(report: Report): string[] {
  const { findings, driven, options } = report;
  const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
  const byKind = [...report.byKind].sort(([a], [b]) => a.localeCompare(b));
  const replay = `npm run faults -- --seed ${options.seed} --faults ${options.faults} --queue ${options.queue}`;
  return [
    `A week of a coalition on Slack, Discord and the console; the queue on ${options.queue}.`,
    `${driven.done} of ${driven.acts} acts were done, ${report.acknowledged} outcomes acknowledged, ${report.messages} messages due.`,
    `Processes were started ${report.starts} times. It took ${seconds(report.tookMs)}, of which ${seconds(report.settledMs)} to come to rest.`,
    ...section(
      'Faults that happened:',
      byKind.map(([kind, times]) => `${String(times).padStart(4)}  ${kind}`),
    ),
    ...section('*** NOT TRIED on this machine:', report.skipped),
    ...section('*** COULD NOT BE MADE:', report.troubles),
    ...section('Not done in time, so nothing was promised:', driven.undone),
    ...section('Twice or too late, where docs/arriving-twice.md says so:', findings.allowed),
    ...section('LOST:', findings.lost),
    ...section('TWICE:', findings.duplicates),
    ...section('ENDED BY THEMSELVES:', report.crashes),
    ...section('REFUSED BY DISCORD’S RULES:', report.violations.slice(0, 20)),
    ...(isClean(report)
      ? []
      : [
          '',
          `What the processes wrote, what the platforms were called for and the messages’ rows are in ${report.logFolder}`,
        ]),
    '',
    `The same again: ${replay}`,
    JSON.stringify({
      faults: report.faults,
      lost: findings.lost.length,
      duplicates: findings.duplicates.length,
      seed: options.seed,
    }),
  ];
}
