import { z } from "zod";
import type { ApiGroup } from "../discovery/groups";
import { listMeta, objectMeta } from "../kinds/object-meta";

type JsonSchema = Record<string, unknown>;

const META = "io.k8s.apimachinery.pkg.apis.meta.v1";

export interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

/** The name of a kind's schema, `io.cattle.ext.v1.Token`: the group backwards, version and kind. */
export function schemaName({ group, version, kind }: GroupVersionKind): string {
  return [...group.split(".").reverse(), version, kind].join(".");
}

/**
 * The schemas of everything in these groups, made from their zod schemas (OpenAPI 3.0), by name.
 * References go to `<prefix><name>`.
 */
export function toSchemas(groups: readonly ApiGroup[], prefix: string): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  registry.add(objectMeta, { id: `${META}.ObjectMeta` });
  registry.add(listMeta, { id: `${META}.ListMeta` });
  const kinds = new Map<string, GroupVersionKind>();
  for (const { name: group, version, resources } of groups) {
    for (const { kind, schema, listSchema } of resources) {
      for (const [id, zod] of [
        [kind, schema],
        [`${kind}List`, listSchema],
      ] as const) {
        if (!zod) continue;
        const gvk = { group, version, kind: id };
        kinds.set(schemaName(gvk), gvk);
        registry.add(zod, { id: schemaName(gvk) });
      }
    }
  }
  const { schemas } = z.toJSONSchema(registry, {
    io: "input",
    target: "openapi-3.0",
    unrepresentable: "any",
    metadata: z.globalRegistry,
    uri: (id) => `${prefix}${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $id: _, ...schema }]) => {
      const gvk = kinds.get(name);
      return [name, { ...schema, ...(gvk ? { "x-kubernetes-group-version-kind": [gvk] } : {}) }];
    }),
  );
}
