#!/bin/bash
# The forms that docs/decisions/generic_logs.md compares, each as an edit of the product's files.
set -euo pipefail
cd "$(dirname "$0")"
key='toStartOfHour(EventTime), Namespace, ServiceName, PodName, Timestamp'
text="text(tokenizer = 'splitByNonAlpha', posting_list_codec = 'bitpacking')"
export QUESTIONS=1
./measure.sh chosen
./measure.sh no_index '/INDEX idx/d'
./measure.sh key_pod_2024 "s/$key/PodName, Timestamp/"
./measure.sh key_namespace_2026 "s/$key/Namespace, EventTime/"
./measure.sh key_clickstack "s/$key/toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp/"
./measure.sh map_values_string '/ResourceAttributes\|ScopeAttributes/s/LowCardinality(String))/String)/'
./measure.sh lz4 's/ZSTD(1)/LZ4/'
./measure.sh zstd3 's/ZSTD(1)/ZSTD(3)/'
./measure.sh map_buckets "s/ttl_only_drop_parts = 1,/&map_serialization_version = 'with_buckets', map_buckets_min_avg_size = 1,/"
./measure.sh body_text "s/tokenbf_v1(32768, 3, 0) GRANULARITY 1/$text/"
./measure.sh trace_text "s/bloom_filter(0.001) GRANULARITY 1/text(tokenizer = 'array', posting_list_codec = 'bitpacking')/"
./measure.sh attribute_text "s/bloom_filter(0.01) GRANULARITY 1/text(tokenizer = 'array', posting_list_codec = 'bitpacking')/"
DISCARD=1 ./measure.sh view_only
DISCARD=1 ./measure.sh view_without_keys "s/ResourceAttributes\['[^']*'\] AS/'' AS/"
