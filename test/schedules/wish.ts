import type { DesiredState, Link } from '../../src/plan/types';

/** What a set-up wishes; the steps of the model do not read it. */
export const currentDesiredWish: DesiredState = {
  userType: 'member',
  assignments: [],
  deletionGuard: 5,
  notificationMail: null,
};

export function linkOf(): Link {
  const tenant = (key: string) => ({ tenantId: key, key, displayName: key, cloud: 'public' }) as const;
  return { source: tenant('aa'), target: tenant('bb') };
}
