import { Carrying } from './carry-through';
import { Stage } from './stage';
it('traces', async () => {
  for (const dialect of ['pglite','postgres'] as const) {
  const t0 = Date.now();
  const stage = await Stage.set({ dialect, leaseSeconds: 2 });
  console.log('set', Date.now() - t0);
  let bot = await stage.launch();
  console.log('launch', Date.now() - t0);
  await stage.install('priya', 'mina', 'omar');
  await bot.trace(true);
  await stage.forgetWrites();
  const t = Date.now();
  const done = await new Carrying({ stage, bot, command: 'redeem con>fab on', requester: 'priya', approvers: ['mina', 'omar'] }).toTheEnd();
  console.log(Date.now() - t, done.record.state, done.lostVoices, [...new Set(bot.passed)].join('\n'), (await stage.effects()).map(e => e.tenant + e.operation + JSON.stringify(e.body)));
  await bot.kill();
  const t1 = Date.now();
  bot = await stage.launch();
  console.log('relaunch', Date.now() - t1);
  await stage.close();
  }
}, 300000);
