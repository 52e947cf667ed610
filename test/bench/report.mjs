// Medians of the measured lines as tables: every peer, every bar, and what was left out.
import { cpus } from 'node:os';
import { judge, shareOfPeak } from './bars.mjs';

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const short = (x) =>
  x >= 1e6 ? `${(x / 1e6).toPrecision(3)} M` : x >= 1e4 ? `${(x / 1e3).toPrecision(3)} k` : x.toPrecision(4);

/** True when as many runs were clean as the line's median was taken of. */
function isClean({ clean, runs }) {
  return clean === undefined || Number(clean.split('/')[0]) >= runs.length;
}

/** One row for each workload, peer and number of threads: the median over the rounds, dirty ones dropped where others are clean. */
function rowsOf(lines) {
  const measured = lines.filter(({ samples_per_s: rate }) => rate !== undefined);
  const groups = Map.groupBy(measured, ({ workload, peer, threads = 1 }) => `${workload} ${peer} ${threads}`);
  return [...groups.values()].map((group) => {
    const clean = group.filter(isClean);
    const used = clean.length > 0 ? clean : group;
    const rate = median(used.map((line) => line.samples_per_s));
    return { ...used.at(-1), threads: group[0].threads ?? 1, rate, clean: clean.length, rounds: group.length };
  });
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function peerTable(rows, peak) {
  const cells = rows.map((row) => {
    const { workload, peer, threads, rate, unit, clean, rounds, loss_before: before, loss_after: after } = row;
    const ours = rows.find((one) => one.peer === 'netloom' && one.workload === workload && one.threads === threads);
    const ratio = ours && ours !== row ? (ours.rate / rate).toPrecision(3) : '';
    const share = peer === 'netloom' ? shareOfPeak(row, peak) : null;
    const loss = before === undefined ? '' : `${before} → ${after}${after < before ? '' : ' (!)'}`;
    return [
      workload,
      peer,
      threads,
      `${short(rate)} ${unit}`,
      ratio,
      share?.toFixed(3) ?? '',
      loss,
      `${clean}/${rounds}`,
    ];
  });
  return table(
    ['workload', 'peer', 'threads', 'median', 'ours ÷ this', 'of the peak', 'loss before → after', 'clean rounds'],
    cells,
  );
}

function barTable(rows, peak) {
  const cells = judge(rows, peak).map(({ workload, threads, text, ratio, most, verdict }) => [
    workload,
    threads,
    text,
    ratio?.toPrecision(3) ?? '',
    most?.toPrecision(3) ?? '',
    verdict,
  ]);
  return table(['workload', 'threads', 'bar: at least', 'measured', 'machine allows', 'verdict'], cells);
}

/** Each reason once. */
function skippedList(lines) {
  const said = lines.flatMap(({ peer, workload, skipped }) => (skipped ? [`- ${workload}, ${peer}: ${skipped}`] : []));
  return [...new Set(said)].join('\n');
}

/** All of it as Markdown. */
export function report(lines) {
  const rows = rowsOf(lines);
  const peak = rows.find(({ workload }) => workload === 'peak')?.rate;
  const others = rows
    .filter(({ workload }) => workload !== 'peak')
    .sort((a, b) =>
      a.workload === b.workload ? a.threads - b.threads || b.rate - a.rate : a.workload < b.workload ? -1 : 1,
    );
  const machine = `Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown CPU'} × ${cpus().length}, ${new Date().toISOString().slice(0, 10)}`;
  const limit = peak ? `128-bit multiply-add peak, one thread: ${(peak / 1e9).toFixed(1)} GFLOP/s` : '';
  const skipped = skippedList(lines);
  return [machine, limit, peerTable(others, peak), barTable(rows, peak), skipped && `Skipped:\n\n${skipped}`]
    .filter(Boolean)
    .join('\n\n');
}
