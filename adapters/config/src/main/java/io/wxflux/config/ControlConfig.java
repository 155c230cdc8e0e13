package io.wxflux.config;

/**
 * The control endpoint.
 *
 * @param enabled whether a run opens it by itself
 * @param port on the loopback address; 0 for a free one
 */
public record ControlConfig(boolean enabled, int port) {
    static final ControlConfig DEFAULT = new ControlConfig(false, 0);
}
