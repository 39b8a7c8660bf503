import { startJob as start } from '../graph/synchronization-jobs';
import { jobSwitch } from './job-switch';
import { namesOf } from './step-words';

/** Switches the job on; the first cycle begins at once (facts 4.4; 9.1, 13). */
export const startJob = jobSwitch({
  name: 'start-job',
  operation: 'jobs.start',
  wantedState: 'Active',
  title: (context) =>
    `Start the synchronization from ${namesOf(context).source} to ${namesOf(context).target}`,
  meaning: (context) =>
    `Everybody in scope gets an account in ${namesOf(context).target}. The first cycle begins now, then one every 40 minutes.`,
  send: start,
});
