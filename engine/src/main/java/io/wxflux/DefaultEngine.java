package io.wxflux;

final class DefaultEngine {
    private DefaultEngine() {}

    static Engine create(EngineOptions options) {
        throw new UnsupportedOperationException("not yet");
    }
}
