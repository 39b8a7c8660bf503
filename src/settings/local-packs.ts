import type { Config } from '../config';

/** App registrations of local mode; the simulator is told about them at start. */
export const localPacks: Config['packs'] = {
  read: { clientId: '5c1f0a10-0000-4000-8000-000000000001', credential: { type: 'simulator' } },
  write: { clientId: '5c1f0a10-0000-4000-8000-000000000002', credential: { type: 'simulator' } },
  phone: { clientId: '5c1f0a10-0000-4000-8000-000000000003', credential: { type: 'simulator' } },
};
