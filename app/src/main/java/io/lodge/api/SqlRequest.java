package io.lodge.api;

import java.util.Map;

/**
 * A statement somebody sent.
 *
 * @param sql as sent
 * @param parameters values of its {@code {name:Type}} parameters, by name
 * @param format the ClickHouse format of the answer where the statement names none; empty leaves it
 *     to ClickHouse
 * @param settings ClickHouse settings it must run under
 */
public record SqlRequest(
    String sql, Map<String, String> parameters, String format, Map<String, String> settings) {}
