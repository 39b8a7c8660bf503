import { Database } from './database';
import { gather } from './evidence';
import { makeSchedule } from './schedule';
import { World } from './world';

test('runs', async () => {
  const database = await Database.open();
  const states: Record<string, number> = {};
  const start = performance.now();
  const cpu = process.cpuUsage();
  const n = Number(process.env.N ?? 20);
  const first = Number(process.env.FIRST ?? 1);
  let calls = 0;
  for (let seed = first; seed < first + n; seed++) {
    const world = new World(makeSchedule(seed), database);
    try {
      await world.run();
    } catch (e) {
      console.log(seed, (e as Error).stack, world.scheduler.trace.slice(-40).join('\n'), JSON.stringify(world.schedule, null, 1));
      throw e;
    }
    const evidence = await gather(world);
    calls += world.scheduler.trace.length;
    for (const plan of evidence.plans) { const k = `${plan.content.kind} ${plan.state}`; states[k] = (states[k] ?? 0) + 1; }
    if (process.env.SHOW) console.log(world.scheduler.trace.join('\n'), evidence.audit.map((a) => `${a.at} ${a.event} ${a.planId} ${a.actor} ${JSON.stringify(a.facts).slice(0,150)}`).join('\n'), JSON.stringify(world.answers, null, 1), JSON.stringify(world.schedule));
  }
  console.log((performance.now() - start) / n, 'ms each', (process.cpuUsage(cpu).user / 1000 + process.cpuUsage(cpu).system / 1000) / n, 'cpu ms', calls / n, JSON.stringify(states, null, 1));
  await database.close();
}, 600_000);
