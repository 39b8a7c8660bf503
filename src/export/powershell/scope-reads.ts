import type { Look } from '../../diagnose/look';
import { jobLines } from './link-reads';
import { quoted, shown } from './quote';
import type { Line, ReadRow } from './script';
import { below } from './synchronization';

const scopes = ['Synchronization.Read.All', 'Application.Read.All', 'GroupMember.Read.All'];

/** `scope`: who is assigned, the members of each group, the saved settings and the filters. */
export const scopeRow: ReadRow = {
  async script({ link, look }) {
    if (!link || !look) return { none: 'Name a link: its scope is what it shows.' };
    const groups = (await look.assignments()).filter((row) => row.principalType?.toLowerCase() === 'group');
    const members = groups.map((row) => ({
      about: `Direct members of ${row.principalDisplayName ?? row.principalId}`,
      command: `Get-MgGroupMember -GroupId ${quoted(row.principalId)} -All | Select-Object Id, AdditionalProperties`,
    }));
    const lines = [
      ...(await jobLines(look)),
      ...members,
      ...(await savedLines(look)),
      ...(await schemaLines(look)),
    ];
    return { parts: [{ tenant: link.source, scopes, lines }], outdated: [] };
  },
};

/** `map`: the whole schema, and its attribute mappings as a list. */
export const mapRow: ReadRow = {
  async script({ link, look }) {
    if (!link || !look) return { none: 'Name a link: its mappings are what it shows.' };
    return { parts: [{ tenant: link.source, scopes, lines: await schemaLines(look) }], outdated: [] };
  },
};

async function savedLines(look: Look): Promise<readonly Line[]> {
  const configuration = await look.configuration();
  if (!configuration) return [];
  return [
    {
      about: 'SyncAll, deletion guard and mail; what is secret is masked',
      command: `(Invoke-MgGraphRequest -Method GET -Uri ${below({ literal: configuration.id }, 'secrets')}).value`,
    },
  ];
}

async function schemaLines(look: Look): Promise<readonly Line[]> {
  const [configuration, job] = [await look.configuration(), await look.job()];
  if (!configuration || !job) return jobLines(look);
  const uri = below({ literal: configuration.id }, 'jobs/', { literal: job.id }, '/schema');
  const mapping = `$schema.synchronizationRules.objectMappings | Where-Object targetObjectName -eq ${shown({ literal: 'User' })}`;
  return [
    {
      about: 'Mappings and scoping filters',
      command: `$schema = Invoke-MgGraphRequest -Method GET -Uri ${uri}`,
    },
    {
      about: 'Which attribute of the target comes from where',
      command: `${mapping} | ForEach-Object { $_.attributeMappings } | ForEach-Object { [pscustomobject]@{ Target = $_.targetAttributeName; From = $_.source.expression; Applied = $_.flowType } }`,
    },
    { about: 'Scoping filters', command: `(${mapping}).scope.groups | ConvertTo-Json -Depth 6` },
  ];
}
