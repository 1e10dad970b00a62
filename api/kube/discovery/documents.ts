import type { ApiGroup } from "./groups";

/** The list of groups in the plain form (meta/v1 APIGroupList). */
export function toApiGroupList(groups: readonly ApiGroup[]) {
  return { kind: "APIGroupList", apiVersion: "v1", groups: groups.map(describeGroup) };
}

/** One group in the plain form (meta/v1 APIGroup). */
export function toApiGroup(group: ApiGroup) {
  return { kind: "APIGroup", apiVersion: "v1", ...describeGroup(group) };
}

/** The resources of a group's version in the plain form (meta/v1 APIResourceList). */
export function toResourceList({ name, version, resources }: ApiGroup) {
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: `${name}/${version}`,
    resources: resources.map((resource) => ({
      name: resource.name,
      singularName: resource.singularName,
      namespaced: false,
      kind: resource.kind,
      verbs: resource.verbs,
    })),
  };
}

/** Groups and resources in one answer (apidiscovery.k8s.io APIGroupDiscoveryList). */
export function aggregated(groups: readonly ApiGroup[], version: string) {
  return {
    kind: "APIGroupDiscoveryList",
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map((group) => ({
      metadata: { name: group.name, creationTimestamp: null },
      versions: [
        {
          version: group.version,
          resources: group.resources.map((resource) => ({
            resource: resource.name,
            responseKind: { group: group.name, version: group.version, kind: resource.kind },
            scope: "Cluster",
            singularResource: resource.singularName,
            verbs: resource.verbs,
          })),
          freshness: "Current",
        },
      ],
    })),
  };
}

function describeGroup({ name, version }: ApiGroup) {
  const only = { groupVersion: `${name}/${version}`, version };
  return { name, versions: [only], preferredVersion: only };
}
