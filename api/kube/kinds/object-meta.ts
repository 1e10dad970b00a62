import { z } from "zod";

const text = (description: string) => z.string().optional().describe(description);
const time = (description: string) =>
  z.string().optional().meta({ description, type: "string", format: "date-time" });
const labels = z.record(z.string(), z.string()).nullish();

/** The metadata that every object of Kubernetes has (apimachinery, meta/v1 ObjectMeta). */
export const objectMeta = z
  .object({
    name: text(
      "The name of the object. The server generates it; a name in a create request is ignored. Settings have fixed names.",
    ),
    generateName: text("Ignored: the server generates every name by itself."),
    namespace: text("Always empty: nothing here belongs to a namespace."),
    uid: text("Tells this object from every other one that ever had its name. Read-only."),
    resourceVersion: text(
      "Changes with every change of the object. Sent back in an update, it makes the update fail with a conflict if somebody else was quicker.",
    ),
    generation: z.number().optional().meta({
      description: "Not used.",
      type: "integer",
      format: "int64",
    }),
    creationTimestamp: time("When the object was created. Read-only.").nullable(),
    deletionTimestamp: time("Not used: a deletion is immediate.").nullable(),
    deletionGracePeriodSeconds: z.number().optional().meta({
      description: "Not used: a deletion is immediate.",
      type: "integer",
      format: "int64",
    }),
    labels: labels.describe(
      "Names and values of your own to select objects by. The server adds cattle.io/user-id and authn.management.cattle.io/kind, which cannot be changed. Of tokens alone.",
    ),
    annotations: labels.describe(
      "Names and values of your own that nothing selects by. Of tokens alone.",
    ),
    ownerReferences: z.array(z.unknown()).optional().describe("Not used."),
    finalizers: z.array(z.string()).optional().describe("Not used."),
    managedFields: z.array(z.unknown()).optional().describe("Not used."),
    selfLink: text("Not used."),
  })
  .describe("ObjectMeta is metadata that all persisted resources must have.");

/** The metadata of a list (apimachinery, meta/v1 ListMeta). */
export const listMeta = z
  .object({
    resourceVersion: text("The version of the list, to watch from."),
    continue: text("Continues the list where this page ends; empty on the last page."),
    remainingItemCount: z.number().optional().meta({
      description: "How many objects come after this page, when that is known.",
      type: "integer",
      format: "int64",
    }),
    selfLink: text("Not used."),
  })
  .describe("ListMeta describes metadata that lists of resources must have.");

const API_VERSION_TEXT =
  "The version of the schema of this object, as <group>/<version>. More: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources";
const KIND_TEXT = "What this object is, in CamelCase. Cannot be updated.";

/** The two fields with which every object says what it is. */
export const typeMeta = {
  apiVersion: z.string().optional().describe(API_VERSION_TEXT),
  kind: z.string().optional().describe(KIND_TEXT),
};
