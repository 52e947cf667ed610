/** How often faults are injected: a few times with every run of the suite, in full by night. */
export const KILLS = { suite: 20, nightly: 1000 } as const;
export const ENGINE_KILLS = { suite: 4, nightly: 40 } as const;
export const CYCLES = { suite: 50, nightly: 1000 } as const;
export const DAMAGES = { suite: 60, nightly: 3000 } as const;
/** A killed writer dies this long after its first word at the latest. */
export const LATEST_KILL_MS = 60;
export const REOPEN_MS = 2000;
/** Power cuts: what the writer does, and how many disks are made of its system calls. */
export const POWER = { commits: 40, stateEvery: 10, stateBytes: 5000, suite: 60, nightly: 3000 } as const;
