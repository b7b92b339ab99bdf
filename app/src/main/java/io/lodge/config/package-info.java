/**
 * One YAML file becomes one immutable {@link io.lodge.config.Config}; every fault is reported at
 * once, with its key, place and remedy. Defaults live in {@code default.yaml} and nowhere else. It
 * opens no socket, changes no file and never prints a secret.
 */
@NullMarked
package io.lodge.config;

import org.jspecify.annotations.NullMarked;
