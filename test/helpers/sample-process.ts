/** A process that serves the sample service to its parent. */
import { forkedParentWire } from '../../src-main/rpc/wire-process.ts';
import { serveSample } from './sample-service.ts';

serveSample(forkedParentWire(process));
