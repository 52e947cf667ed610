/** Every metric, one sorted line each: the export's snake_case name is its key in histories. */
export { accuracy } from './accuracy.ts';
export { auc } from './auc.ts';
export { f1 } from './f1.ts';
export { mae } from './mae.ts';
export { precision } from './precision.ts';
export { r2 } from './r2.ts';
export { recall } from './recall.ts';
export { rmse } from './rmse.ts';
export { topK } from './top-k.ts';
