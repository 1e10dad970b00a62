// oidc-provider's introspection of an opaque token, in its own memory.
import { Provider } from "oidc-provider";
import { serve } from "./serve.mjs";

const CLIENT = { id: "bench", secret: "a benchmark's secret of enough length" };
const provider = new Provider("http://127.0.0.1", {
  clients: [
    {
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
    },
  ],
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    devInteractions: { enabled: false },
  },
});
const client = await provider.Client.find(CLIENT.id);
const token = await new provider.ClientCredentials({ client, scope: undefined }).save(3_600);
const basic = Buffer.from(`${CLIENT.id}:${encodeURIComponent(CLIENT.secret)}`).toString("base64");

serve(provider.callback(), { token, authorization: `Basic ${basic}` });
