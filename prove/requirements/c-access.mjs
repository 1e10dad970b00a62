/** What is promised of who may do what, and by which tests. */
export const ACCESS = [
  {
    number: 23,
    promise:
      "Every page, method and server action answers everybody as one table says, and nothing is there that the table does not name.",
    tests: {
      "e2e/access.spec.ts": [
        "the table of who may do what has every address and action there is, and no other",
        "the page ${path} answers each as the table says, and reading it writes nothing",
        "${key} answers each as the table says",
        "${key} of the API answers each as the table says",
        "${name} ends for each as the table says, and from another site changes nothing",
        "no address has a method that the table does not name",
      ],
    },
  },
  {
    number: 24,
    promise:
      "Somebody else's token is answered like one that does not exist, by API, page and action, and stays as it was.",
    tests: {
      "e2e/strangers.spec.ts": [
        "by API somebody else's token is answered byte for byte as one that does not exist",
        "the page of somebody else's token is the page of a token that does not exist",
        "by server action somebody else's token is answered as one that does not exist, and unchanged",
      ],
      "domain/tokens/update.test.ts": [
        "an owner changes only own tokens: another's is as missing as one that is not there",
      ],
      "domain/bulk/run.test.ts": ["can reach nobody else's token by a name or a filter"],
      "api/kube/delete-collection.http.test.ts": [
        "deletes no one else's tokens, whatever is selected; an admin's reaches everybody",
      ],
    },
  },
  {
    number: 25,
    promise: "Fields that are not offered change nothing, whatever they are called.",
    tests: {
      "domain/tokens/update.test.ts": [
        "no field outside the list can be changed, whatever else is sent",
      ],
      "domain/tokens/create.test.ts": ["takes its principal from the requester alone"],
      "domain/users/update-own-account.test.ts": [
        "no other field of the account can be written this way",
      ],
      "api/kube/patch.http.test.ts": ["cannot reach the prototype of anything"],
      "api/kube/refusals.http.test.ts": [
        "answers a change of what is immutable, with a cause on each path",
      ],
    },
  },
  {
    number: 26,
    promise: "Who loses a role or is disabled has lost it at the next request, in browsers too.",
    tests: {
      "e2e/two-processes.spec.ts": [
        "an administrator who is demoted at one process is none at both, with any credential",
      ],
      "api/kube/users-refusals.http.test.ts": [
        "answers an administrator who was demoted a moment ago",
      ],
      "e2e/sessions.spec.ts": [
        "a disabled user is signed out everywhere, and in again once enabled",
      ],
      "domain/users/update.test.ts": [
        "with another role ends the sign-ins, so that no browser keeps the old one, and no token",
      ],
    },
  },
  {
    number: 27,
    promise: "An enabled administrator is always left, also when two take each other away at once.",
    tests: {
      "domain/users/last-admin.test.ts": [
        "cannot be %s, by nobody, and the refusal is recorded",
        "cannot be deleted; a disabled administrator can",
        "is left when two take the right from each other at once, ${ROUNDS} times",
      ],
      "domain/users/administrators-race.test.ts": [
        "two administrators who take each other away 200 times leave an enabled one each time",
      ],
    },
  },
  {
    number: 28,
    promise: "An administrator's action that anybody else sends does nothing and is on record.",
    tests: {
      "e2e/user-rights.spec.ts": [
        "an administrator's actions do nothing for anybody else, and nothing from another site",
      ],
      "api/kube/users-refusals.http.test.ts": [
        "answers a %s everywhere alike, about oneself too, and every try to change is audited once",
      ],
      "domain/users/update.test.ts": [
        "is refused to others and to oneself, and the refusal is recorded",
      ],
    },
  },
  {
    number: 29,
    promise:
      "No other spelling of an address, and no header, shows a page to who is not signed in.",
    tests: {
      "e2e/headers.spec.ts": [
        "no disguise of an address shows a page to somebody without a sign-in",
      ],
    },
  },
  {
    number: 30,
    promise: "Whatever is filtered, sorted and paged, a list has and counts own tokens alone.",
    tests: {
      "domain/tokens/list.property.test.ts": [
        "no filter shows a person somebody else's token",
        "in its count, and in what is selected whole",
        "in every facet's count, without its own filter",
      ],
      "domain/tokens/list.test.ts": ["no filter shows an owner somebody else's token"],
      "api/kube/list.http.test.ts": [
        "on another user's label gives an empty list, to an admin that user's tokens",
      ],
    },
  },
];
