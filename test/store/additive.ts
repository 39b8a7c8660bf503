const name = String.raw`(?:"public"\.)?"(\w+)"`;
const createdTable = new RegExp(`^create table ${name}`, 'i');
const createdIndex = new RegExp(`^create (unique )?index "\\w+" on ${name}`, 'i');
const addedColumn = new RegExp(`^alter table ${name} add column "\\w+" (.*)$`, 'i');
const addedConstraint = new RegExp(`^alter table ${name} add constraint`, 'i');
const referenced = new RegExp(`references ${name}`, 'gi');
const harmless = /^(create sequence |insert into "schema_versions" )/i;

/** The statements of a migration, each in one line, without comments. */
function statementsOf(text: string): readonly string[] {
  const bare = text.replace(/--.*$/gm, '').replace(/\s+/g, ' ');
  return bare.split(';').flatMap((one) => (one.trim() ? [one.trim()] : []));
}

/**
 * What of a migration may stop the program of the version before, which goes on beside it: all that is not a new table,
 * an index that is not unique, a column that may be left out, or a rule for a table of the same migration.
 */
export function notAdditive(text: string): readonly string[] {
  const statements = statementsOf(text);
  const created = new Set(statements.map((one) => createdTable.exec(one)?.[1]));
  const isNew = (table: string | undefined) => table !== undefined && created.has(table);
  const isSafe = (statement: string): boolean => {
    if (![...statement.matchAll(referenced)].every(([, table]) => isNew(table))) return false;
    const column = addedColumn.exec(statement);
    if (column) return isNew(column[1]) || mayBeLeftOut(column[2] ?? '');
    const index = createdIndex.exec(statement);
    if (index) return !index[1] || isNew(index[2]);
    return (
      createdTable.test(statement) || harmless.test(statement) || isNew(addedConstraint.exec(statement)?.[1])
    );
  };
  return statements.filter((statement) => !isSafe(statement));
}

function mayBeLeftOut(definition: string): boolean {
  if (/\b(unique|check|primary key|generated|add|drop|alter)\b/i.test(definition)) return false;
  return !/\bnot null\b/i.test(definition) || /\bdefault\b(?! null)/i.test(definition);
}
