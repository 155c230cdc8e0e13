package io.wxflux.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What was read of one mapping: only values that fit their keys.
 *
 * @param path such as {@code accounts[2]}
 * @param place where it begins
 * @param values by key
 * @param present keys that stand there, with a right value or a wrong one
 */
record Section(String path, Place place, Map<Key<?>, Value> values, List<Key<?>> present) {
    /** @param value parsed; the node itself for lists and mappings */
    record Value(Object value, Node node) {}

    boolean has(Key<?> key) {
        return present.contains(key);
    }

    @SuppressWarnings("unchecked") // the value was made by the type of this very key
    <T> @Nullable T get(Key<T> key) {
        Value value = values.get(key);
        return value == null ? null : (T) value.value;
    }

    <T> T or(Key<T> key, T standard) {
        T value = get(key);
        return value == null ? standard : value;
    }

    /** The node of a key that has a right value; null when there is none. */
    @Nullable
    Node node(Key<?> key) {
        Value value = values.get(key);
        return value == null ? null : value.node;
    }

    /** Where a key's value stands. */
    Place placeOf(Key<?> key) {
        Node node = node(key);
        return node == null ? place : Place.of(node);
    }

    String pathOf(Key<?> key) {
        return Document.join(path, key.name());
    }
}
