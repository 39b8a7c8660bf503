import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { transformSync } from '@swc/core';
import { expect } from 'expect';
import { bind } from 'jest-each';

/** What a test may take when it is slowed down by nothing but its own mistake. */
const leastMilliseconds = 15_000;

/**
 * Jest's own words (`describe`, `it`, `each`, the hooks, `expect`) for test files that stay loaded in this process: a
 * database that a file opened in `beforeAll` serves all runs until `close`. One test at a time, in any order.
 */
export class ResidentSuite {
  #root = process.cwd();
  #require = createRequire(join(this.#root, 'package.json'));
  #compiled = new Map();
  #at = null;
  #stores = new Map();
  #took = new Map();
  /** Tests by full name, in the order of the files. */
  tests = new Map();

  constructor() {
    const { transform } = this.#require('./package.json').jest;
    const options = Object.values(transform)[0][1];
    Module._extensions['.ts'] = (module, filename) => {
      if (!this.#compiled.has(filename)) {
        const { code } = transformSync(readFileSync(filename, 'utf8'), {
          ...options,
          filename,
          swcrc: false,
        });
        this.#compiled.set(filename, code);
      }
      module._compile(this.#compiled.get(filename), filename);
    };
    Object.assign(globalThis, this.#words());
    const load = Module._load;
    Module._load = (request, parent, isMain) => {
      const loaded = load(request, parent, isMain);
      return request.endsWith('/helpers/stores') ? this.#lastingStores(loaded) : loaded;
    };
  }

  /** The embedded database of a test file outlives what is loaded anew; it is empty again then. */
  #lastingStores(real) {
    const file = this.#at.file;
    const openTestStore = async () => {
      const opened = this.#stores.get(file) ?? (await real.openTestStore());
      this.#stores.set(file, opened);
      await emptyAll(opened.store);
      return { store: opened.store, end: async () => {} };
    };
    return { ...real, dialects: ['pglite'], openTestStore };
  }

  load(files) {
    for (const file of files) {
      this.#at = blockOf(null, '', file);
      this.#require(join(this.#root, file));
    }
  }

  /** Ends what the files opened and forgets them and all they loaded from this project. */
  async close() {
    const blocks = new Set([...this.tests.values()].flatMap(({ block }) => pathOf(block)));
    for (const block of [...blocks].reverse()) {
      if (!block.isOpen) continue;
      for (const hook of block.afterAll) await within(hook, 60_000).catch(() => {});
    }
    this.tests.clear();
    for (const file of Object.keys(this.#require.cache)) {
      const path = relative(this.#root, file);
      if (!path.startsWith('..') && !path.split(sep).includes('node_modules'))
        delete this.#require.cache[file];
    }
  }

  /** What a test took the first time; zero until then. */
  milliseconds(name) {
    return this.#took.get(name) ?? 0;
  }

  /** @returns the error with which the test fails, or null */
  async run(name) {
    const test = this.tests.get(name);
    const path = pathOf(test.block);
    const limit = Math.max(leastMilliseconds, 8 * (this.#took.get(name) ?? Infinity));
    const start = Date.now();
    try {
      for (const block of path) await openBlock(block);
      for (const block of path) for (const hook of block.beforeEach) await within(hook, limit);
      await within(test.work, limit);
      return null;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      for (const block of path.reverse())
        for (const hook of block.afterEach) await within(hook, limit).catch(() => {});
      if (!this.#took.has(name)) this.#took.set(name, Date.now() - start);
    }
  }

  #words() {
    const it = (name, work) => {
      const full = [...pathOf(this.#at).map((block) => block.name), name].filter(Boolean).join(' ');
      this.tests.set(full, { name: full, work, block: this.#at });
    };
    const describe = (name, fill) => {
      const outer = this.#at;
      this.#at = blockOf(outer, name, outer.file);
      fill();
      this.#at = outer;
    };
    const hook = (kind) => (work) => void this.#at[kind].push(work);
    const skip = () => {};
    for (const word of [it, describe]) Object.assign(word, { each: bind(word, false), skip });
    const hooks = ['beforeAll', 'afterAll', 'beforeEach', 'afterEach'];
    const jest = { setTimeout: () => jest };
    return {
      it,
      test: it,
      describe,
      expect,
      jest,
      ...Object.fromEntries(hooks.map((kind) => [kind, hook(kind)])),
    };
  }
}

async function emptyAll({ engine: { client } }) {
  const { rows } = await client.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
  const tables = rows.map(({ tablename }) => `"${tablename}"`).join(', ');
  // The audit refuses to be emptied (I31): its trigger sleeps meanwhile.
  await client.exec(
    `SET session_replication_role = replica; TRUNCATE ${tables} CASCADE; SET session_replication_role = DEFAULT`,
  );
}

function blockOf(outer, name, file) {
  return { outer, name, file, isOpen: false, beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] };
}

/** From the file's own block inwards. */
function pathOf(block) {
  return block ? [...pathOf(block.outer), block] : [];
}

async function openBlock(block) {
  if (block.isOpen) return;
  block.isOpen = true;
  for (const hook of block.beforeAll) await within(hook, 120_000);
}

function within(work, milliseconds) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('the test took too long')), Math.min(milliseconds, 120_000));
  });
  return Promise.race([Promise.resolve().then(work), late]).finally(() => clearTimeout(timer));
}
