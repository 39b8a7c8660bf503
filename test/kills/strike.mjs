import { createRequire } from 'node:module';

const { getTableName } = createRequire(import.meta.url)('drizzle-orm');

/**
 * Where a process can be struck: around each transaction and each request, by wrapping what the composition root hands
 * on. The program itself knows nothing of it. `reached` is called with the name of every point that is passed.
 */
export class StrikePoints {
  #writes = 0;
  #approvals = 0;
  #last = 'the start';
  #armed = null;
  #listener;

  /** @param {(point: string) => void} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Strikes this very process with the signal at the next passing of the point; what came before this does not count. */
  arm(point, signal) {
    this.#armed = { point, signal };
    this.#last = 'the start';
    this.#writes = 0;
    this.#approvals = 0;
  }

  #reach(point) {
    this.#listener(point);
    if (this.#armed?.point !== point) return;
    const { signal } = this.#armed;
    this.#armed = null;
    process.kill(process.pid, signal);
  }

  /** A store whose transactions are named by what they store. */
  aroundStore(store) {
    return {
      ...store,
      transaction: async (work) => {
        let name = '';
        const result = await store.transaction(async (tx) => {
          const told = [];
          watch(tx, told);
          const value = await work(tx);
          name = told.find(({ isAudit }) => isAudit)?.name ?? told[0]?.name ?? '';
          if (name === 'approved') name = `approval ${(this.#approvals += 1)}`;
          if (name) this.#reach(`before commit of ${name}`);
          return value;
        });
        if (name) {
          this.#last = name;
          this.#reach(`after commit of ${name}`);
        }
        return result;
      },
    };
  }

  /** `fetch` with points around writes of Graph, the first look after each commit, and messages to Teams. */
  aroundFetch(send, graphOrigin) {
    return async (input, init) => {
      const url = String(input?.url ?? input);
      const method = (init?.method ?? 'GET').toUpperCase();
      const name = this.#nameOf(url, method, graphOrigin);
      if (!name) return send(input, init);
      this.#reach(`before ${name}`);
      const answer = await send(input, init);
      this.#reach(`after ${name}`);
      return answer;
    };
  }

  #nameOf(url, method, graphOrigin) {
    if (/\/v3\/conversations\//.test(url)) {
      if (method === 'POST') return 'post';
      return method === 'PUT' ? 'update' : '';
    }
    if (!url.startsWith(`${graphOrigin}/v1.0/`) || url.includes('$batch')) return '';
    if (method === 'GET') return `look after ${this.#last}`;
    this.#writes += 1;
    return `write ${this.#writes}`;
  }
}

/** Notes what the transaction inserts and updates; an audit record names it best. */
function watch(tx, told) {
  const insert = tx.insert.bind(tx);
  tx.insert = (table) => {
    const builder = insert(table);
    const values = builder.values.bind(builder);
    builder.values = (rows) => {
      const isAudit = getTableName(table) === 'audit';
      told.push({ name: isAudit ? nameOfRecord(JSON.parse(rows.record)) : getTableName(table), isAudit });
      return values(rows);
    };
    return builder;
  };
  const update = tx.update.bind(tx);
  tx.update = (table) => {
    told.push({ name: `${getTableName(table)} update`, isAudit: false });
    return update(table);
  };
}

function nameOfRecord({ event, facts }) {
  if (event === 'write-intended') return `intent ${facts.stepIndex + 1}`;
  if (event === 'write-resulted') return `result ${facts.stepIndex + 1} ${facts.state}`;
  return event;
}
