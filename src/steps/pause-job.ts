import { pauseJob as pause } from '../graph/synchronization-jobs';
import { jobSwitch } from './job-switch';
import { namesOf } from './step-words';

/** Switches the job off; a cycle that runs goes on to its end (facts 4.4). */
export const pauseJob = jobSwitch({
  name: 'pause-job',
  operation: 'jobs.pause',
  wantedState: 'Paused',
  title: (context) =>
    `Pause the synchronization from ${namesOf(context).source} to ${namesOf(context).target}`,
  meaning: (context) =>
    `Changes in ${namesOf(context).source} no longer reach ${namesOf(context).target}. Accounts already there stay; a cycle that is running goes on to its end.`,
  send: pause,
});
