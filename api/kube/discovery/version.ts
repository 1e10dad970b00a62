// The version of the Kubernetes API whose conventions this API follows; Latchkey's own stands after
// the plus sign, where a semantic version has what is not compared.
const MINOR = 32;

/** The answer of `/version`, which `kubectl version` prints. */
export const VERSION = {
  major: "1",
  minor: String(MINOR),
  gitVersion: `v1.${MINOR}.0+latchkey`,
  gitCommit: "",
  gitTreeState: "",
  buildDate: "",
  goVersion: "",
  compiler: "",
  platform: "",
};
