/** Times and sizes of the engine process and its supervisor; each stands here once. */

/** A slice of training between two looks at the messages. */
export const SLICE_MS = 8;
/** Of looks and saved states at a time; everything long is cut into turns of about … */
export const JOBS_MS = 6;
/** … this length, and steps go on in between where they may. */
export const TURN_MS = 3;
/** One look at the decision boundary, all of its turns. */
export const BOUNDARY_MS = 40;
/** One look into the network … */
export const LOOK_MS = 12;
/** … one while nothing trains … */
export const LOOK_AT_REST_MS = 50;
/** … and the time between two. */
export const LOOK_EVERY_MS = 100;
/** One display update a frame. */
export const FRAME_MS = 16;
/** Finished epochs reach the store at least this often. */
export const RECORDS_MS = 100;
/** A state is saved at the end of an epoch when this long has passed, … */
export const CHECKPOINT_EPOCH_MS = 1000;
/** … and wherever the run stands after this long. */
export const CHECKPOINT_MS = 10_000;
/** Shares of the time that watching and saving may take: boundary and cards together less than a twentieth. */
export const BOUNDARY_SHARE = 0.035;
export const INSIGHTS_SHARE = 0.012;
export const LOOK_SHARE = 0.01;
export const CHECKPOINT_SHARE = 0.03;
/** Step losses in one display update. */
export const STEP_LOSSES = 64;

export const BEAT_MS = 1000;
export const HANG_MS = 5000;
export const START_MS = 30_000;
/** From "please stop" to the end of patience. */
export const STOP_MS = 2000;
/** Doubled with each crash. */
export const RESTART_MS = 100;
/** This many crashes within the window are restarted; the next is not. */
export const CRASH_LIMIT = 3;
export const CRASH_WINDOW_MS = 5 * 60_000;
/** V8's pointer compression in Electron allows no more; the same in both shells. */
export const HEAP_MEGABYTES = 4096;
