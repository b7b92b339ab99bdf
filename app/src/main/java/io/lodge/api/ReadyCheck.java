package io.lodge.api;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that must be so before traffic makes sense.
 *
 * @param name as shown by {@code /readyz}
 * @param fault why it is not so, for the operator; empty if it is. May block for a moment
 */
public record ReadyCheck(String name, Supplier<Optional<String>> fault) {}
