/** Where the API has users and settings; tokens are in tokens.ts. */
export const USERS = "/apis/management.cattle.io/v3/users";
export const SETTINGS = "/apis/management.cattle.io/v3/settings";
