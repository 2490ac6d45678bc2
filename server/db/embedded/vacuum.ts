import pg from "pg";

/**
 * Tables that PostgreSQL's own autovacuum would look at, by its default thresholds: rows that are dead, new or changed
 * since, and transaction numbers that grow old (those of the catalogues too).
 */
const DUE = `
  SELECT format('%I.%I', s.schemaname, s.relname) AS name
  FROM pg_stat_all_tables s JOIN pg_class c ON c.oid = s.relid CROSS JOIN LATERAL (SELECT greatest(c.reltuples, 0) AS rows) n
  WHERE c.relkind = 'r' AND (s.n_dead_tup > 50 + 0.2 * n.rows OR s.n_mod_since_analyze > 50 + 0.1 * n.rows
    OR s.n_ins_since_vacuum > 1000 + 0.2 * n.rows OR age(c.relfrozenxid) > 200000000)`;

/**
 * Takes the place of autovacuum, which the embedded database does not have: without it tables only grow, the planner
 * knows nothing of them, and after two thousand million transactions PostgreSQL takes no more.
 * @returns the tables that were vacuumed and analysed
 */
export async function vacuumDue(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    // The one process keeps its counts to itself for a second, and longer while nothing runs.
    await client.query("SELECT pg_stat_force_next_flush()");
    const { rows } = await client.query<{ name: string }>(DUE);
    // One by one: others get their turn in between.
    for (const { name } of rows) await client.query(`VACUUM (ANALYZE) ${name}`);
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
