import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import swc from '@swc/core';

/** The JavaScript of one TypeScript file; `type` is the module system of the outcome. */
export function compile(path, type) {
  const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type } };
  return swc.transformSync(readFileSync(path, 'utf8'), { ...options, filename: path }).code;
}

/** Loads a TypeScript file of the tests, and all it imports, into this process. */
export function loadTypeScript(path) {
  Module._extensions['.ts'] = (module, file) => module._compile(compile(file, 'commonjs'), file);
  return createRequire(import.meta.url)(path);
}
