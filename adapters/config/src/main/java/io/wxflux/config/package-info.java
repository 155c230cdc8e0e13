/**
 * The configuration file: YAML in, {@link io.wxflux.config.RunnerConfig} out, or every problem at once with its place.
 */
@NullMarked
package io.wxflux.config;

import org.jspecify.annotations.NullMarked;
