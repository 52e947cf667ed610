/** Everything the window can ask of its host, as typed clients over one connection. */
import { appService, dataService, runsService, tabsService, trainingService } from '../../src-core/contract/all.ts';
import type { AppEvents } from '../../src-core/contract/app.ts';
import type { Connection } from '../../src-core/contract/client.ts';
import type { DataEvents } from '../../src-core/contract/data.ts';
import type { Client } from '../../src-core/contract/define.ts';
import type { RunsEvents } from '../../src-core/contract/runs.ts';
import type { TabsEvents } from '../../src-core/contract/tabs.ts';
import type { TrainingEvents } from '../../src-core/contract/training.ts';

export interface Services {
  readonly app: Client<typeof appService, AppEvents>;
  readonly data: Client<typeof dataService, DataEvents>;
  readonly runs: Client<typeof runsService, RunsEvents>;
  readonly tabs: Client<typeof tabsService, TabsEvents>;
  readonly training: Client<typeof trainingService, TrainingEvents>;
}

export function servicesOf(connection: Connection): Services {
  return {
    app: connection.service<typeof appService, AppEvents>(appService),
    data: connection.service<typeof dataService, DataEvents>(dataService),
    runs: connection.service<typeof runsService, RunsEvents>(runsService),
    tabs: connection.service<typeof tabsService, TabsEvents>(tabsService),
    training: connection.service<typeof trainingService, TrainingEvents>(trainingService),
  };
}
