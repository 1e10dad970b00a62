import { createServer } from "node:http";

/** Serves on a free port of this machine and tells the benchmark where, with whatever it needs. */
export function serve(listener, facts = {}) {
  const server = createServer({ keepAliveTimeout: 65_000 }, listener);
  server.listen(0, "127.0.0.1", () => {
    process.send({ url: `http://127.0.0.1:${server.address().port}`, ...facts });
  });
}

/** The JSON of a request, or undefined without a body. */
export function readJson(request) {
  return new Promise((resolve, reject) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
    });
    request.once("end", () => resolve(text === "" ? undefined : JSON.parse(text)));
    request.once("error", reject);
  });
}

export function sendJson(response, status, value) {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}
