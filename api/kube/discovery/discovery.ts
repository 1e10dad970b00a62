import { Hono } from "hono";
import { type ApiEnvironment, requireBearer } from "../../require-bearer";
import { negotiate, PLAIN_JSON } from "../negotiate";
import { otherMethods } from "../other-methods";
import { aggregated, toApiGroup, toApiGroupList, toResourceList } from "./documents";
import { API_GROUPS } from "./groups";
import { VERSION } from "./version";

const AGGREGATED = {
  mediaType: "application/json",
  as: "APIGroupDiscoveryList",
  group: "apidiscovery.k8s.io",
};
const FORMS = [
  { ...AGGREGATED, version: "v2" },
  { ...AGGREGATED, version: "v2beta1" },
] as const;

/**
 * What this API serves, for programs to find out. As in Kubernetes it is for those who present a
 * token: kubectl always does, and a stopped token is told so at the first request. `/version` alone
 * is for everybody.
 */
export const discovery = new Hono<ApiEnvironment>()
  .get("/version", (context) => {
    negotiate(context, [PLAIN_JSON]);
    return context.json(VERSION);
  })
  .get("/api", requireBearer, (context) => {
    const { version } = negotiate(context, [PLAIN_JSON, ...FORMS]);
    // There is no core group: kubectl takes an empty one for an error.
    const none = { kind: "APIVersions", versions: [], serverAddressByClientCIDRs: [] };
    if (!version) return context.json(none);
    return context.json(aggregated([], version), 200, contentType(version));
  })
  .get("/apis", requireBearer, (context) => {
    const { version } = negotiate(context, [PLAIN_JSON, ...FORMS]);
    if (!version) return context.json(toApiGroupList(API_GROUPS));
    return context.json(aggregated(API_GROUPS, version), 200, contentType(version));
  });

const readOnly = otherMethods("GET", "HEAD");
for (const path of ["/version", "/api", "/apis"]) discovery.all(path, readOnly);

for (const group of API_GROUPS) {
  discovery
    .get(`/apis/${group.name}`, requireBearer, (context) => {
      negotiate(context, [PLAIN_JSON]);
      return context.json(toApiGroup(group));
    })
    .get(`/apis/${group.name}/${group.version}`, requireBearer, (context) => {
      negotiate(context, [PLAIN_JSON]);
      return context.json(toResourceList(group));
    })
    .all(`/apis/${group.name}`, readOnly)
    .all(`/apis/${group.name}/${group.version}`, readOnly);
}

function contentType(version: string): Record<string, string> {
  const { mediaType, group, as } = AGGREGATED;
  return { "Content-Type": `${mediaType};g=${group};v=${version};as=${as}` };
}
