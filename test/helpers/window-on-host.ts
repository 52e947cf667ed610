/** The window's services over a MessagePort to a whole host: what a person's clicks go through, without a window. */
import { onTestFinished } from 'vitest';
import { appService, dataService, runsService, tabsService, trainingService } from '../../src-core/contract/all.ts';
import type { DataEvents } from '../../src-core/contract/data.ts';
import { Connection } from '../../src-core/contract/client.ts';
import type { TabsEvents } from '../../src-core/contract/tabs.ts';
import { Tabs } from '../../src-main/host/tabs.ts';
import { Events } from '../../src-main/rpc/events.ts';
import { implement, serve } from '../../src-main/rpc/serve.ts';
import { servicesOf, type Services } from '../../src-renderer/host/services.ts';
import type { TestHost } from '../main/services/helpers.ts';
import { wirePairs } from './contract-wires.ts';

export async function connectTo({ app, data, runs, training, readingListeners }: TestHost): Promise<Services> {
  const makePair = wirePairs['MessagePort (Electron)'];
  if (makePair === undefined) throw new Error('the list of wires has no MessagePort');
  const services = [
    implement(appService, app),
    implement(dataService, data),
    implement(runsService, runs),
    implement(trainingService, training),
  ];
  const events = new Events();
  const tell = events.emitter<DataEvents>(dataService);
  readingListeners.add((reading) => tell('reading', reading));
  const tabs = new Tabs({ emit: events.emitter<TabsEvents>(tabsService), onChange: () => {} });
  const { near, dispose } = await makePair((far) => {
    events.attach(far);
    const { handlers } = tabs.open(far);
    return serve(far, {
      services: [...services, implement(tabsService, handlers)],
      log: (line) => console.error(line),
    });
  });
  onTestFinished(dispose);
  return servicesOf(new Connection(near));
}
