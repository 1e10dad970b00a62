import { expect, test } from "vitest";
import { deviceOf } from "./device";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36`,
    "Chrome 141 on Windows",
    "computer",
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`,
    "Microsoft Edge 141 on Windows",
    "computer",
  ],
  [
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Firefox 140 on Linux",
    "computer",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
    "Safari 18 on macOS",
    "computer",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Safari 18 on iOS",
    "phone",
  ],
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/141.0.0.0 Mobile Safari/537.36`,
    "Chrome 141 on Android",
    "phone",
  ],
  ["curl/8.5.0", "curl 8.5.0", "program"],
  ["kubectl/v1.32.4 (linux/amd64) kubernetes/59526cd", "kubectl 1.32.4", "program"],
  ["Go-http-client/2.0", "Go-http-client 2.0", "program"],
  ["node", "node", "program"],
  ["<script>alert(1)</script>", "<script>alert(1)</script>", "program"],
  ["Mozilla/", "A browser", "computer"],
  ["", "Unknown", "unknown"],
  [null, "Unknown", "unknown"],
])("the user agent %s is shown as %s", (userAgent, text, kind) => {
  expect(deviceOf(userAgent)).toEqual({ text, kind });
});

test("whatever is sent as a user agent gives a short text", () => {
  for (const sent of [
    "Mozilla/5.0 ".repeat(40),
    "\u202e".repeat(500),
    "(((".repeat(100),
    "a/".repeat(99),
  ]) {
    expect(deviceOf(sent).text.length).toBeLessThan(80);
  }
});
