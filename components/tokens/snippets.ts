import type { CreatedSecret } from "./actions";

/** A command that lists the owner's tokens with this one; pasted as it is, it works. */
export function curlCommand(origin: string, bearer: string): string {
  return `curl -H 'Authorization: Bearer ${bearer}' ${origin}/apis/ext.cattle.io/v1/tokens`;
}

/** The same through kubectl and the downloaded kubeconfig. */
export function kubectlCommand(name: string): string {
  return `kubectl --kubeconfig ${name}.kubeconfig get tokens.ext.cattle.io`;
}

/** A kubeconfig with this token alone. JSON strings are YAML, so nothing needs escaping. */
export function kubeconfig(secret: CreatedSecret, server: string, caData: string | null): string {
  const text = (value: string) => JSON.stringify(value);
  return `apiVersion: v1
kind: Config
clusters:
  - name: latchkey
    cluster:
      server: ${text(server)}
${caData ? `      certificate-authority-data: ${text(caData)}\n` : ""}users:
  - name: ${text(secret.name)}
    user:
      token: ${text(secret.bearer)}
contexts:
  - name: latchkey
    context:
      cluster: latchkey
      user: ${text(secret.name)}
current-context: latchkey
`;
}
