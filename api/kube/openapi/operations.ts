import type { ApiGroup } from "../discovery/groups";
import type { ApiResource } from "../kind";
import { DRY_RUN, LIST, NAME, type Parameter, SELECT, WATCH, WRITE } from "./parameters";
import type { GroupVersionKind } from "./schemas";

export interface Operation {
  path: string;
  method: "get" | "post" | "put" | "patch" | "delete";
  id: string;
  description: string;
  action: string;
  kind: GroupVersionKind;
  parameters: readonly Parameter[];
  /** The media types of the body, if it has one. */
  consumes: readonly string[];
  /** The kind that the body and the answer have; null is a Status or options. */
  answers: GroupVersionKind | null;
}

type Verb = Omit<Operation, "path" | "kind" | "id" | "answers" | "consumes"> &
  Partial<Pick<Operation, "consumes">> & { isNamed: boolean; list?: true };

const OBJECT = ["application/json", "application/yaml"];
const PATCH = ["application/merge-patch+json", "application/json-patch+json"];

const VERBS: Record<string, Verb> = {
  list: {
    method: "get",
    action: "list",
    isNamed: false,
    list: true,
    parameters: LIST,
    description: "list objects",
  },
  create: {
    method: "post",
    action: "post",
    isNamed: false,
    consumes: OBJECT,
    parameters: WRITE,
    description: "create an object",
  },
  deletecollection: {
    method: "delete",
    action: "deletecollection",
    isNamed: false,
    parameters: [DRY_RUN, ...SELECT],
    description: "delete all objects that are selected",
  },
  get: {
    method: "get",
    action: "get",
    isNamed: true,
    parameters: [],
    description: "read one object",
  },
  update: {
    method: "put",
    action: "put",
    isNamed: true,
    consumes: OBJECT,
    parameters: WRITE,
    description: "replace an object",
  },
  patch: {
    method: "patch",
    action: "patch",
    isNamed: true,
    consumes: PATCH,
    parameters: WRITE,
    description: "change parts of an object",
  },
  delete: {
    method: "delete",
    action: "delete",
    isNamed: true,
    parameters: [DRY_RUN],
    description: "delete an object",
  },
};
/** Every operation on the resources of a group. A watch is a list with a parameter. */
export function toOperations(group: ApiGroup): Operation[] {
  return group.resources.flatMap((resource) =>
    resource.verbs.flatMap((verb) => toOperation(group, resource, verb)),
  );
}

function toOperation(group: ApiGroup, resource: ApiResource, name: string): Operation[] {
  const verb = VERBS[name];
  if (!verb) return [];
  const { isNamed, list, consumes = [], ...rest } = verb;
  const watch = list && resource.verbs.includes("watch") ? WATCH : [];
  const parameters = [...verb.parameters, ...watch];
  const base = `/apis/${group.name}/${group.version}/${resource.name}`;
  const kind = { group: group.name, version: group.version, kind: resource.kind };
  const answered = list ? { ...kind, kind: `${resource.kind}List` } : kind;
  return [
    {
      ...rest,
      path: isNamed ? `${base}/{name}` : base,
      id: `${name}${group.name.replaceAll(".", "-")}${group.version}${resource.kind}`,
      kind,
      consumes,
      parameters: isNamed ? [NAME, ...parameters] : parameters,
      answers: verb.method === "delete" ? null : answered,
    },
  ];
}

/** The paths of a document, each with what `render` makes of its operations, by method. */
export function toPaths<T>(operations: readonly Operation[], render: (operation: Operation) => T) {
  const paths: Record<string, Partial<Record<Operation["method"], T>>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: render(operation) };
  }
  return paths;
}
