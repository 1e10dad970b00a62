import { describe, expect, test } from "vitest";
import { serversOf } from "./connect";

describe("an address", () => {
  test.each([
    ["postgres://a:b@one/db", ["postgres://a:b@one/db"]],
    [
      "postgres://a:p%40w@one:1,other:2/db?sslmode=require&target_session_attrs=read-write",
      [
        "postgres://a:p%40w@one:1/db?sslmode=require",
        "postgres://a:p%40w@other:2/db?sslmode=require",
      ],
    ],
    ["postgresql://[::1]:1,[::2]:2/db", ["postgresql://[::1]:1/db", "postgresql://[::2]:2/db"]],
    ["postgres://one?target_session_attrs=primary", ["postgres://one"]],
  ])("%s leads to %j", (url, servers) => {
    expect(serversOf(url)).toEqual(servers);
  });
});
