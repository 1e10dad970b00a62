import { listRoutes } from "../routes";
import type { Schema } from "./schema-values";

/** One method of one address, with what the product's documents say of it. */
export interface Operation {
  method: string;
  /** `{name}` stands for an object's name. */
  path: string;
  parameters: readonly string[];
  mediaTypes: readonly string[];
  body: Schema | undefined;
}

export interface Described {
  operations: Operation[];
  schemas: Record<string, Schema>;
}

interface Document {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Schema> };
}

interface DocumentedOperation {
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

type Read = (path: string) => Promise<string>;

const text: Schema = { type: "string" };
const FORM = "application/x-www-form-urlencoded";

// Addresses that are in no document of Kubernetes' kind.
const OTHERS: Record<string, Pick<Operation, "body" | "mediaTypes">> = {
  "POST /v1-public/login": {
    body: { type: "object", properties: { username: text, password: text } },
    mediaTypes: ["application/json"],
  },
  "* /oauth2/introspect": { body: undefined, mediaTypes: [FORM] },
};

/** Everything that the API answers, by its own routes, with what its OpenAPI documents say of it. */
export async function readOperations(read: Read): Promise<Described> {
  const index: { paths: Record<string, unknown> } = JSON.parse(await read("/openapi/v3"));
  const documents: Document[] = await Promise.all(
    Object.keys(index.paths).map(async (path) => JSON.parse(await read(`/openapi/v3/${path}`))),
  );
  const operations = listRoutes().map((route) => {
    const path = route.path.replace(":name", "{name}");
    return documented(documents, { ...route, path });
  });
  return {
    operations,
    schemas: Object.assign({}, ...documents.map(({ components }) => components.schemas)),
  };
}

function documented(documents: Document[], { method, path }: { method: string; path: string }) {
  // A check is there for every method, of which its document has one.
  const [found] = documents.flatMap(({ paths }) => {
    const item = paths[path] ?? {};
    return item[method.toLowerCase()] ?? (method === "*" ? Object.values(item) : []);
  });
  const content = found?.requestBody?.content ?? {};
  const other = OTHERS[`${method} ${path}`];
  const whole = Object.values(content)[0]?.schema;
  return {
    method,
    path,
    parameters: (found?.parameters ?? []).flatMap((of) => (of.in === "query" ? [of.name] : [])),
    mediaTypes: other?.mediaTypes ?? Object.keys(content),
    // A patch is described as any object: it has fields of the whole one.
    body: other?.body ?? (method === "PATCH" ? wholeOf(documents, path) : whole),
  };
}

function wholeOf(documents: Document[], path: string): Schema | undefined {
  const [put] = documents.flatMap(({ paths }) => paths[path]?.put ?? []);
  return Object.values(put?.requestBody?.content ?? {})[0]?.schema;
}
