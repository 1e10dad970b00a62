import { asDatabaseOwner } from "./worker-database";

/** Begins an empty trail with three events in each of these past months, as if it were that old. */
export async function addOldMonths(months: readonly string[]): Promise<void> {
  await asDatabaseOwner(async (owner) => {
    await owner`alter table audit_events disable trigger user`;
    for (const month of months) {
      const first = `${month}-01T00:00:00Z`;
      await owner`select audit_cover(${first}::timestamptz, ${first}::timestamptz)`;
      await owner.unsafe(`
        do $$ declare tail audit_chain; e audit_events; begin
          for n in 1..3 loop
            select * into tail from audit_chain;
            e := jsonb_populate_record(null::audit_events, jsonb_build_object('seq', tail.seq + 1,
              'at', '${first}', 'actor_name', 'x', 'action', 'token.create', 'object_kind', 'token',
              'object_name', 'token-' || n, 'outcome', 'success', 'previous_hash', tail.hash));
            e.hash := audit_digest(e);
            insert into audit_events values (e.*);
            update audit_chain set seq = e.seq, hash = e.hash;
          end loop;
        end $$`);
    }
    await owner`alter table audit_events enable trigger user`;
  });
}
