import type { Link, StepContext } from '../plan/types';

/** Ids that the plan itself creates are always named so in a change, also once they are known (I3). */
export const references = {
  servicePrincipalId: '$configuration.servicePrincipalId',
  appRoleId: '$configuration.appRoleId',
  jobId: '$job.jobId',
} as const;

/** "Alpha" and "Beta", as the settings name them. */
export function namesOf({ link }: { readonly link: Link }): { source: string; target: string } {
  return { source: link.source.displayName, target: link.target.displayName };
}

/** The desired state of a set-up; `setup` always has one. */
export function desiredOf(context: StepContext) {
  return (
    context.desired ?? {
      userType: 'member' as const,
      assignments: [],
      deletionGuard: null,
      notificationMail: null,
    }
  );
}
