import { GraphClock } from '../../src/graph/graph-clock';

const answering = (headers: Record<string, string>) => () => Promise.resolve(new Response(null, { headers }));

it('tells the time of Graph, not ours', async () => {
  const clock = new GraphClock();
  await clock.watch(answering({ date: 'Tue, 05 Jan 2038 10:00:00 GMT' }))('https://graph.example');
  expect(clock.now().toISOString()).toMatch(/^2038-01-05T10:00:0/);
});

it('keeps what it knows when an answer has no readable date', async () => {
  const clock = new GraphClock();
  await clock.watch(answering({ date: 'Tue, 05 Jan 2038 10:00:00 GMT' }))('https://graph.example');
  await clock.watch(answering({ date: 'soon' }))('https://graph.example');
  await clock.watch(answering({}))('https://graph.example');
  expect(clock.now().getUTCFullYear()).toBe(2038);
});
