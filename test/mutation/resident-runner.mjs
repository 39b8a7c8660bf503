import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';
import { ResidentSuite } from './resident-suite.mjs';

/**
 * Runs the tests against a mutant in a process where they stay loaded and their databases open: a mutant takes
 * milliseconds to a second, where a jest run of its own takes ten. Four things keep it honest:
 * - a mutant counts as killed only when the test that failed passes right after without it;
 * - otherwise everything is loaded anew, and the mutant is tried again;
 * - a mutant that acts while files are loaded is tried on files loaded with it;
 * - a test that passes only on fresh files gets fresh ones each time, and one that fails on them too counts for nothing.
 */
export class ResidentRunner {
  static inject = tokens(commonTokens.logger, commonTokens.options);
  #log;
  #settings;
  #suite = new ResidentSuite();
  /** Which tests killed mutants of a file: the newest first. */
  #killers = new Map();
  #needFresh = new Set();
  #untrusted = new Set();
  #state = (globalThis.__stryker__ ??= {});

  constructor(log, options) {
    this.#log = log;
    this.#settings = options.resident;
    process.on('uncaughtException', () => {});
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    this.#state.mutantCoverage = { static: {}, perTest: {} };
    this.#load();
    const tests = [];
    for (const { name, block } of this.#tests()) {
      this.#state.currentTestId = name;
      const start = Date.now();
      const error = await this.#suite.run(name);
      this.#state.currentTestId = undefined;
      const result = { id: name, name, fileName: block.file, timeSpentMs: Date.now() - start };
      tests.push(
        error
          ? { ...result, status: TestStatus.Failed, failureMessage: String(error.stack) }
          : { ...result, status: TestStatus.Success },
      );
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#state.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName, mutantActivation }) {
    const isStatic = mutantActivation === 'static';
    if (isStatic) await this.#reload(activeMutant.id);
    else if (this.#suite.tests.size === 0) this.#load();
    const names = this.#inOrder(testFilter, sandboxFileName);
    let count = 0;
    for (const name of names) {
      if (this.#untrusted.has(name)) continue;
      count += 1;
      const failure = await this.#try(name, activeMutant.id, hitLimit, isStatic);
      const isEndless = this.#state.hitCount > hitLimit;
      if (!failure && !isEndless) continue;
      if (isStatic) await this.#reload();
      const isProven =
        (await this.#try(name)) === null || (await this.#isProvenAnew(name, activeMutant.id, isStatic));
      if (!isProven) {
        if (isStatic) await this.#reload(activeMutant.id);
        continue;
      }
      this.#remember(sandboxFileName, name);
      if (isEndless) return { status: MutantRunStatus.Timeout, reason: 'endless' };
      const failureMessage = String(failure?.message ?? '');
      return { status: MutantRunStatus.Killed, killedBy: [name], failureMessage, nrOfTests: count };
    }
    if (isStatic) await this.#reload();
    const { fileName, location, mutatorName, replacement } = activeMutant;
    const line = location.start.line + 1;
    this.#log.info(`Survived: ${fileName}:${line} ${mutatorName} → ${replacement.replace(/\s+/g, ' ')}`);
    return { status: MutantRunStatus.Survived, nrOfTests: count };
  }

  async dispose() {
    await this.#suite.close();
  }

  /** What was left behind may have failed the test, or the mutant: a fresh start tells. */
  async #isProvenAnew(name, mutantId, isStatic) {
    await this.#reload(isStatic ? mutantId : undefined);
    const failure = await this.#try(name, mutantId);
    await this.#reload();
    const clean = await this.#try(name);
    if (clean === null) {
      this.#needFresh.add(name);
      return failure !== null;
    }
    this.#log.warn(`Left out, because it does not stand alone: ${name}`);
    this.#untrusted.add(name);
    return false;
  }

  async #try(name, mutantId, hitLimit, isStatic = false) {
    if (this.#needFresh.has(name)) await this.#reload(isStatic ? mutantId : undefined);
    this.#state.activeMutant = mutantId;
    this.#state.hitCount = hitLimit === undefined ? undefined : 0;
    this.#state.hitLimit = hitLimit;
    const failure = await this.#suite.run(name);
    this.#state.activeMutant = undefined;
    return failure;
  }

  #load() {
    this.#suite.load(this.#settings.files);
  }

  async #reload(mutantId) {
    await this.#suite.close();
    this.#state.activeMutant = mutantId;
    this.#load();
    this.#state.activeMutant = undefined;
  }

  #tests() {
    const left = new RegExp(this.#settings.leftOut);
    return [...this.#suite.tests.values()].filter(({ name }) => !left.test(name));
  }

  #inOrder(testFilter, file) {
    const all = this.#tests().map(({ name }) => name);
    const covering = testFilter ? all.filter((name) => testFilter.includes(name)) : all;
    const killers = (this.#killers.get(file) ?? []).filter((name) => covering.includes(name));
    const quickFirst = covering.sort((a, b) => this.#suite.milliseconds(a) - this.#suite.milliseconds(b));
    return [...new Set([...killers, ...quickFirst])];
  }

  #remember(file, name) {
    const before = (this.#killers.get(file) ?? []).filter((one) => one !== name);
    this.#killers.set(file, [name, ...before]);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'resident', ResidentRunner)];
export const strykerValidationSchema = {
  type: 'object',
  properties: { resident: { type: 'object' } },
};
