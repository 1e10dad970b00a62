// The floor: node:http that reads JSON, if any was sent, and answers JSON.
import { readJson, sendJson, serve } from "./serve.mjs";

serve(async (request, response) => {
  sendJson(response, 200, (await readJson(request)) ?? { authorization: true });
});
