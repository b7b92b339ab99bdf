#!/bin/bash
# Measures one form of the generic_logs schema: the files of the product, changed by sed scripts.
#
#   CLICKHOUSE=http://localhost:8123 ./measure.sh NAME [SED…]
#
# Prints insert and merge CPU-seconds per million rows, disk, and each question's best of three. See README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
files=$here/../../app/src/main/resources/io/lodge/schema
url=${CLICKHOUSE:-http://localhost:8123}
blocks=${BLOCKS:-/tmp/lodge-measure-blocks}
name=$1
db=m_$name
run=$name-$$
shift

sql() { curl -sS --fail-with-body "$url/?database=$db&use_query_condition_cache=0&log_comment=${2:-}" --data-binary "$1"; }
ddl() { sed "${edits[@]}" -e "s/otel\./$db./g" "$files/$1"; }
edits=(-e '')
for edit in "$@"; do edits+=(-e "$edit"); done

# The rows, once, as the gateway's Native blocks of 150,000 rows in LZ4 frames.
if [ ! -d "$blocks" ]; then
  db=default
  sql 'CREATE DATABASE IF NOT EXISTS measure'
  columns=$(sed -n '/^(/,/^)/p' "$files/021_generic_logs_landing.sql" | sed '1s/(/(Chunk UInt16,/')
  sql "CREATE OR REPLACE TABLE measure.logs $columns ENGINE = MergeTree ORDER BY (Chunk, Timestamp)"
  sql "$(cat "$here/generate.sql")"
  mkdir -p "$blocks"
  for n in $(seq 0 19); do
    curl -sS "$url/?compress=1&max_block_size=200000&max_threads=1" -o "$blocks/$n" --data \
      "SELECT * EXCEPT (Chunk) FROM measure.logs WHERE Chunk = $n ORDER BY Timestamp LIMIT 200000 FORMAT Native"
  done
  db=m_$name
fi

db=default sql "DROP DATABASE IF EXISTS m_$name SYNC"
db=default sql "CREATE DATABASE m_$name"
sql "$(ddl 020_generic_logs_0.sql)"
if [ -n "${DISCARD:-}" ]; then # what the view alone costs
  sql 'RENAME TABLE generic_logs_0 TO shape'
  sql 'CREATE TABLE generic_logs_0 ENGINE = Null AS SELECT * FROM shape LIMIT 0'
else
  sql 'SYSTEM STOP MERGES generic_logs_0'
fi
sql "$(ddl 021_generic_logs_landing.sql)"
sql "$(ddl 022_generic_logs_mv.sql)"

for n in $(seq 0 19); do
  curl -sS --fail-with-body -H 'Expect:' --data-binary "@$blocks/$n" \
    "$url/?database=$db&query=INSERT+INTO+generic_logs_landing+FORMAT+Native&decompress=1&async_insert=0&wait_end_of_query=1&insert_deduplication_token=$run-$n&query_id=$run-$n"
done
sql 'SYSTEM FLUSH LOGS'
cpu="round(sum(ProfileEvents['OSCPUVirtualTimeMicroseconds']) / 3e6, 2)"
insert=$(sql "SELECT $cpu FROM system.query_log WHERE type = 'QueryFinish' AND startsWith(query_id, '$run-')")
if [ -n "${DISCARD:-}" ]; then
  printf '%s\tinsert %s\n' "$name" "$insert"
  exit
fi
sql 'SYSTEM START MERGES generic_logs_0'
sql 'OPTIMIZE TABLE generic_logs_0 FINAL'
sql 'SYSTEM FLUSH LOGS'
merge=$(sql "SELECT $cpu FROM system.part_log WHERE event_type = 'MergeParts' AND table_uuid =
  (SELECT uuid FROM system.tables WHERE database = '$db' AND name = 'generic_logs_0')")
size=$(sql "SELECT round(sum(bytes_on_disk) / 1e6, 1), round(sum(secondary_indices_compressed_bytes) / 1e6, 1)
  FROM system.parts WHERE database = '$db' AND active")
printf '%s\tinsert %s\tmerge %s\tMB on disk, of it indexes: %s\n' "$name" "$insert" "$merge" "$size"
[ -n "${QUESTIONS:-}" ] || exit 0

while IFS='|' read -r id question; do
  for _ in 1 2 3; do sql "$question" "$run-$id" > /dev/null; done
done < "$here/questions.txt"
sql 'SYSTEM FLUSH LOGS'
sql "SELECT splitByChar('-', log_comment)[-1], min(query_duration_ms) AS ms,
    round(min(ProfileEvents['OSCPUVirtualTimeMicroseconds']) / 1e3) AS cpu_ms, any(read_rows)
  FROM system.query_log WHERE type = 'QueryFinish' AND startsWith(log_comment, '$run-') GROUP BY 1 ORDER BY 1"
