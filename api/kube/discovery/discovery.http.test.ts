import { describe, expect, test } from "vitest";
import { aCaller, send } from "../../testing/client";
import { API_GROUPS } from "./groups";

const AGGREGATED = (version: string) =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
// What kubectl 1.32 sends.
const KUBECTL = `${AGGREGATED("v2")},${AGGREGATED("v2beta1")},application/json`;
const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

const get = async (path: string, accept = "application/json, */*") =>
  (await aCaller()).send("GET", path, { headers: { accept } });

describe("200", () => {
  test("there is no core group, in either form", async () => {
    expect((await get("/api")).json).toEqual({
      kind: "APIVersions",
      versions: [],
      serverAddressByClientCIDRs: [],
    });
    expect((await get("/api", KUBECTL)).json.items).toEqual([]);
  });

  test("the groups are listed with their one version", async () => {
    const { json } = await get("/apis");
    expect(json).toMatchObject({ kind: "APIGroupList", apiVersion: "v1" });
    const found = json.groups.map(
      (group: { name: string; versions: { groupVersion: string }[] }) => [
        group.name,
        group.versions.map(({ groupVersion }) => groupVersion).join(),
      ],
    );
    expect(found).toEqual([
      ["authentication.k8s.io", "authentication.k8s.io/v1"],
      ["authorization.k8s.io", "authorization.k8s.io/v1"],
      ["ext.cattle.io", "ext.cattle.io/v1"],
      ["management.cattle.io", "management.cattle.io/v3"],
    ]);
  });

  test.each(["v2", "v2beta1"])("the groups and resources are one answer in %s", async (version) => {
    const { json, headers } = await get("/apis", `${AGGREGATED(version)},application/json`);
    expect(headers.get("content-type")).toBe(
      `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
    );
    expect(json).toMatchObject({
      kind: "APIGroupDiscoveryList",
      apiVersion: `apidiscovery.k8s.io/${version}`,
    });
    const resources = json.items.flatMap(
      (item: { versions: { resources: unknown[] }[] }) => item.versions[0]?.resources,
    );
    expect(resources).toContainEqual({
      resource: "tokens",
      responseKind: { group: "ext.cattle.io", version: "v1", kind: "Token" },
      scope: "Cluster",
      singularResource: "token",
      verbs: VERBS,
    });
    expect(resources).toContainEqual({
      resource: "users",
      responseKind: { group: "management.cattle.io", version: "v3", kind: "User" },
      scope: "Cluster",
      singularResource: "user",
      verbs: ["create", "delete", "get", "list", "patch", "update"],
    });
    expect(resources).toContainEqual({
      resource: "settings",
      responseKind: { group: "management.cattle.io", version: "v3", kind: "Setting" },
      scope: "Cluster",
      singularResource: "setting",
      verbs: ["get", "list", "patch", "update"],
    });
  });

  test("a group and its resources are found at their own addresses", async () => {
    const group = await get("/apis/ext.cattle.io");
    expect(group.json).toMatchObject({
      kind: "APIGroup",
      name: "ext.cattle.io",
      preferredVersion: { groupVersion: "ext.cattle.io/v1", version: "v1" },
    });
    const resources = await get("/apis/ext.cattle.io/v1");
    expect(resources.json).toEqual({
      kind: "APIResourceList",
      apiVersion: "v1",
      groupVersion: "ext.cattle.io/v1",
      resources: [
        { name: "tokens", singularName: "token", namespaced: false, kind: "Token", verbs: VERBS },
      ],
    });
  });

  test("nothing is listed as what can be watched that cannot", async () => {
    const admin = await aCaller({ role: "admin" });
    for (const { name, version, resources } of API_GROUPS) {
      for (const resource of resources.filter(({ verbs }) => verbs.includes("list"))) {
        const path = `/apis/${name}/${version}/${resource.name}`;
        const query = "watch=true&timeoutSeconds=1&resourceVersion=999999999";
        const { status } = await admin.send("GET", `${path}?${query}`);
        expect(status === 405).toBe(!resource.verbs.includes("watch"));
      }
    }
  });

  test("every group that is listed answers", async () => {
    for (const { name, version } of API_GROUPS) {
      expect((await get(`/apis/${name}`)).status).toBe(200);
      expect((await get(`/apis/${name}/${version}`)).status).toBe(200);
      expect((await get(`/openapi/v3/apis/${name}/${version}`)).status).toBe(200);
    }
  });

  test("the version is for everybody, all else for those with a token", async () => {
    expect((await send("GET", "/version")).json).toMatchObject({
      major: "1",
      gitVersion: expect.stringMatching(/^v1\.\d+\.\d+\+latchkey$/),
    });
    for (const path of ["/api", "/apis", "/apis/ext.cattle.io/v1", "/openapi/v2", "/openapi/v3"]) {
      expect((await send("GET", path)).status).toBe(401);
    }
  });

  test("HEAD is GET without a body, OPTIONS says what there is", async () => {
    const caller = await aCaller();
    const head = await caller.send("HEAD", "/apis");
    expect([head.status, head.text]).toEqual([200, ""]);
    const options = await caller.send("OPTIONS", "/apis");
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD"]);
  });
});
