export interface Parameter {
  name: string;
  in: "path" | "query";
  description: string;
  type: "string" | "integer" | "boolean";
}

const query = (name: string, type: Parameter["type"], description: string): Parameter => ({
  name,
  in: "query",
  type,
  description,
});

export const DRY_RUN = query("dryRun", "string", "All: every check is made and nothing is stored.");

export const WRITE = [
  DRY_RUN,
  query("fieldManager", "string", "Who makes the change. Accepted and not used."),
  query(
    "fieldValidation",
    "string",
    "What to do with unknown and duplicate fields: Strict refuses them, Warn (the default) warns of them, Ignore drops them.",
  ),
];

export const SELECT = [
  query("labelSelector", "string", "Only objects with these labels, which tokens alone have."),
  query("fieldSelector", "string", "Only objects with these fields."),
];

export const LIST = [
  ...SELECT,
  query("limit", "integer", "The most objects of one answer; the rest is had with continue."),
  query("continue", "string", "Where the answer before has ended."),
];

export const WATCH = [
  query("watch", "boolean", "Sends changes from resourceVersion on, as they happen."),
  query("resourceVersion", "string", "The version to watch from."),
  query("allowWatchBookmarks", "boolean", "Whether a watch may send bookmarks."),
  query("timeoutSeconds", "integer", "How long a watch lasts."),
];

export const NAME: Parameter = {
  name: "name",
  in: "path",
  type: "string",
  description: "The name of the object.",
};
