import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

const file = resolve(__dirname, '../../../shared/graph/openapi-subset.json');

/** Operations that we use and the subset lacks, each with the source that vouches for it. */
const extraOperations: Record<string, string> = {
  'PATCH /v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms':
    'facts 5.2: GET|PATCH, permission from permissions.json',
  'PATCH /v1.0/groups/{groupId}': 'Graph page group-update: 204; what an administrator does beside the bot',
  'POST /v1.0/groups/{groupId}/members/$ref': 'Graph page group-post-members: 204',
  'DELETE /v1.0/groups/{groupId}/members/{directoryObjectId}/$ref': 'Graph page group-delete-members: 204',
  'POST /v1.0/users/{userId}/authentication/phoneMethods':
    'Graph page authentication-post-phonemethods: 201 with the phoneAuthenticationMethod',
};

interface Operation {
  readonly parameters?: readonly { name: string; in: string }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Record<string, unknown> };
  readonly responses: Record<string, { readonly $ref?: string; readonly content?: Record<string, unknown> }>;
}

interface OpenApi {
  readonly paths: Record<string, Record<string, Operation>>;
}

interface Found {
  readonly template: string;
  readonly operation: Operation;
}

/** Checks requests and answers against the Graph OpenAPI subset; every method returns faults, empty when fine. */
export class GraphContract {
  private readonly ajv: Ajv2020;
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly templates: readonly { template: string; pattern: RegExp; parameters: number }[];

  constructor(private readonly document: OpenApi) {
    this.ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: false });
    addFormats(this.ajv);
    for (const format of ['int32', 'int64', 'float', 'double']) this.ajv.addFormat(format, true);
    this.ajv.addSchema(document as object, 'graph');
    this.templates = Object.keys(document.paths)
      .map((template) => ({ template, pattern: patternOf(template), parameters: template.split('{').length }))
      .sort((left, right) => left.parameters - right.parameters);
  }

  /** Path with version and without query; `query` names the options used. */
  checkRequest(method: string, path: string, query: Iterable<string>, body: unknown): string[] {
    const found = this.find(method, path);
    if (!found) return isExtra(method, path) ? [] : [`${method} ${path}: no such operation in the subset`];
    const { template, operation } = found;
    const faults: string[] = [];
    const options = new Set(
      (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name),
    );
    for (const option of query) {
      if (option === '$skiptoken' || option === '$deltatoken' || options.has(option)) continue;
      faults.push(`${method} ${template}: query option ${option} is not declared`);
    }
    if (operation.requestBody && body !== undefined) {
      faults.push(
        ...this.check(`${pointer(template, method)}/requestBody/content/application~1json/schema`, body),
      );
    } else if (operation.requestBody?.required) faults.push(`${method} ${template}: the body is missing`);
    else if (!operation.requestBody && body !== undefined && Object.keys(body as object).length) {
      faults.push(`${method} ${template}: takes no body`);
    }
    return faults;
  }

  checkResponse(method: string, path: string, status: number, body: unknown): string[] {
    if (status >= 400) return this.check('#/components/schemas/microsoft.graph.ODataErrors.ODataError', body);
    const found = this.find(method, path);
    if (!found) return isExtra(method, path) ? [] : [`${method} ${path}: no such operation in the subset`];
    const declared = found.operation.responses[String(status)];
    if (!declared) return [`${method} ${found.template}: status ${status} is not declared`];
    if (!declared.content)
      return body === undefined ? [] : [`${method} ${found.template}: ${status} has no body`];
    return this.check(
      `${pointer(found.template, method)}/responses/${status}/content/application~1json/schema`,
      body,
    ).map((fault) => `${method} ${found.template} ${status}: ${fault}`);
  }

  /** Checks a value against a named schema: `microsoft.graph.user`. */
  checkSchema(name: string, value: unknown): string[] {
    return this.check(`#/components/schemas/${name}`, value);
  }

  private check(ref: string, value: unknown): string[] {
    const validate = this.compiled.get(ref) ?? this.ajv.compile({ $ref: `graph${encodeURI(ref)}` });
    this.compiled.set(ref, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? ''}`);
  }

  private find(method: string, path: string): Found | null {
    for (const { template, pattern } of this.templates) {
      const operation = this.document.paths[template]?.[method.toLowerCase()];
      if (operation && pattern.test(path)) return { template, operation };
    }
    return null;
  }
}

function isExtra(method: string, path: string): boolean {
  return Object.keys(extraOperations).some((key) => {
    const [verb, template = ''] = key.split(' ');
    return verb === method && patternOf(template).test(path);
  });
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}$`, 'i');
}

function pointer(template: string, method: string): string {
  return `#/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1')}/${method.toLowerCase()}`;
}

let loaded: GraphContract | null | undefined;

/** The contract, or null (and one line on the console) when the subset is not beside the repository. */
export function graphContract(): GraphContract | null {
  if (loaded !== undefined) return loaded;
  if (!existsSync(file)) {
    process.stderr.write(
      'skipped: ../shared/graph/openapi-subset.json is absent: Graph traffic is not checked\n',
    );
    return (loaded = null);
  }
  return (loaded = new GraphContract(JSON.parse(readFileSync(file, 'utf8')) as OpenApi));
}
