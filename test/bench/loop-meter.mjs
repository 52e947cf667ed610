// Loaded into a host process before everything else: tells on SIGUSR2 by how many milliseconds its event loop was late since the last
// time: at most, and at the 99.9th and 99th percentile of all milliseconds. A spinning meter would take a processor from what it measures.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const NANOSECONDS = 1e6;
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
process.on('SIGUSR2', () => {
  const late = [delays.max, delays.percentile(99.9), delays.percentile(99)];
  console.error(`loop ${JSON.stringify(late.map((delay) => Math.round(delay / NANOSECONDS - 1)))}`);
  delays.reset();
});
