import { z } from 'zod/v4';
import { hasPremium, premiumPlanId } from './groups';
import type { HttpAnswer } from './http';
import { directoryQuota } from './quota';
import type { Runtime } from './runtime';
import { tenantKeys } from './world';

const tenantBody = z.strictObject({
  tenant: z.enum(tenantKeys),
  /** Licences with Entra ID P1: suspended or enabled. */
  premium: z.boolean().optional(),
  /** Most objects that the directory takes. */
  directoryQuota: z.int().min(0).optional(),
});

/** `POST /_control/tenants {tenant, premium?, directoryQuota?}`: what a contract or Microsoft changes about a tenant. */
export function changeTenant({ world, changed }: Runtime, body: unknown): HttpAnswer {
  const asked = tenantBody.parse(body);
  const tenant = world.tenants[asked.tenant];
  if (asked.premium !== undefined) {
    for (const sku of tenant.skus) {
      const isPremium = sku.servicePlans.some(({ servicePlanId }) => servicePlanId === premiumPlanId);
      if (isPremium) sku.capabilityStatus = asked.premium ? 'Enabled' : 'Suspended';
    }
  }
  if (asked.directoryQuota !== undefined) tenant.directoryQuota = asked.directoryQuota;
  changed();
  return {
    status: 200,
    body: { premium: hasPremium(tenant), directorySizeQuota: directoryQuota(world, tenant) },
  };
}
