/** Who takes part: `tenant/name`. Rae asks, the others may decide for their tenant. */
export const people = ['aa/rae', 'aa/ann', 'aa/abe', 'bb/bob', 'bb/bea'] as const;

/** The bot knows a personal chat of each. */
export const meetings = people
  .map((one) => one.split('/'))
  .map(
    ([tenant, name]) => `insert into conversations (conversation_id, kind, service_url, tenant_id, bot_id,
      person_tenant_id, person_object_id, person_name, teams_user_id)
      values ('chat-${name}', 'personal', 'http://127.0.0.1:1/', '${tenant}', 'bot', '${tenant}', '${name}-id', '${name}',
      '29:${name}');`,
  )
  .join('\n');
