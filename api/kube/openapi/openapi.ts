import { createHash } from "node:crypto";
import { Hono } from "hono";
import { type ApiEnvironment, requireBearer } from "../../require-bearer";
import { API_GROUPS } from "../discovery/groups";
import { negotiate, PLAIN_JSON } from "../negotiate";
import { otherMethods } from "../other-methods";
import { toSwagger } from "./v2";
import { toProtobuf } from "./v2-protobuf";
import { toOpenApiV3 } from "./v3";

// Older clients write an @ where a media type must have none; the answer has it right.
const PROTOBUF = { mediaType: "application/com.github.proto-openapi.spec.v2@v1.0+protobuf" };
const PROTOBUF_TYPE = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

const swagger = toSwagger(API_GROUPS);
const swaggerProtobuf = toProtobuf(swagger);
const documents = API_GROUPS.map((group) => {
  const text = JSON.stringify(toOpenApiV3(group));
  const hash = createHash("sha256").update(text).digest("hex").toUpperCase();
  return { path: `apis/${group.name}/${group.version}`, text, hash };
});
const index = {
  paths: Object.fromEntries(
    documents.map(({ path, hash }) => [
      path,
      { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` },
    ]),
  ),
};

/** The schemas of everything served: version 3 by group, version 2 at once and also as protobuf. */
export const openApi = new Hono<ApiEnvironment>()
  .use(requireBearer)
  .get("/v2", (context) => {
    const { mediaType } = negotiate(context, [PLAIN_JSON, PROTOBUF]);
    if (mediaType === PLAIN_JSON.mediaType) return context.json(swagger);
    return context.body(new Uint8Array(swaggerProtobuf), 200, { "Content-Type": PROTOBUF_TYPE });
  })
  .get("/v3", (context) => {
    negotiate(context, [PLAIN_JSON]);
    return context.json(index);
  })
  .all("/v2", otherMethods("GET", "HEAD"))
  .all("/v3", otherMethods("GET", "HEAD"));

for (const { path, text } of documents) {
  openApi
    .get(`/v3/${path}`, (context) => {
      negotiate(context, [PLAIN_JSON]);
      return context.body(text, 200, { "Content-Type": "application/json" });
    })
    .all(`/v3/${path}`, otherMethods("GET", "HEAD"));
}
