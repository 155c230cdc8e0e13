package io.wxflux.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the tree of one file by the table of keys, and notes what does not fit. */
final class Document {
    private final Variables variables;
    final Problems problems;

    Document(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** Entries of a mapping whose names the user chooses. */
    record Entry(String name, Place place, Node node) {}

    /** A mapping's entries: each name once, duplicates noted. */
    List<Entry> entries(Node node, String path) {
        List<Entry> entries = new ArrayList<>();
        if (!is(node, Type.Shape.MAPPING, path)) {
            return entries;
        }
        Map<String, Place> seen = new HashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            Place place = Place.of(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(place, path, "a key must be a word");
                continue;
            }
            Place first = seen.putIfAbsent(name.getValue(), place);
            if (first != null) {
                problems.add(
                        place,
                        join(path, name.getValue()),
                        "this key stands twice; the first is in line " + first.line());
                continue;
            }
            entries.add(new Entry(name.getValue(), place, tuple.getValueNode()));
        }
        return entries;
    }

    /** Reads a mapping whose names are keys of the table. */
    Section section(Node node, String path, List<Key<?>> keys) {
        return node.getNodeType() == NodeType.MAPPING
                ? read(entries(node, path), Place.of(node), path, keys, "")
                : nothing(node, path);
    }

    /**
     * The same, for entries already taken apart.
     *
     * @param kind of sink, which some keys depend on; empty when not known
     */
    Section read(List<Entry> entries, Place place, String path, List<Key<?>> keys, String kind) {
        Map<String, Key<?>> known = new HashMap<>();
        keys.forEach(key -> known.put(key.name(), key));
        Map<Key<?>, Section.Value> values = new HashMap<>();
        List<Key<?>> present = new ArrayList<>();
        for (Entry entry : entries) {
            Key<?> key = known.get(entry.name);
            if (key == null) {
                String hint = Nearest.hint(entry.name, known.keySet());
                problems.add(entry.place, join(path, entry.name), "unknown key" + hint);
                continue;
            }
            present.add(key);
            if (!kind.isEmpty() && !key.fits(kind)) {
                problems.add(
                        entry.place,
                        join(path, entry.name),
                        "has no meaning for a " + kind + " sink, only for " + String.join(", ", key.kinds()));
                continue;
            }
            Object value = value(key, entry.node, join(path, entry.name));
            if (value != null) {
                values.put(key, new Section.Value(value, entry.node));
            }
        }
        for (Key<?> key : keys) {
            if (key.isRequired() && !present.contains(key) && (key.kinds().length == 0 || key.fits(kind))) {
                problems.add(place, join(path, key.name()), "is missing");
            }
        }
        return new Section(path, place, values, present);
    }

    private Section nothing(Node node, String path) {
        is(node, Type.Shape.MAPPING, path);
        return new Section(path, Place.of(node), Map.of(), List.of());
    }

    /** A list's elements; none when it is no list. */
    List<Node> elements(Node node, String path) {
        return is(node, Type.Shape.LIST, path) ? ((SequenceNode) node).getValue() : List.of();
    }

    /** The value of a scalar node; null, with a problem noted, when it breaks the type's rule. */
    <T> @Nullable T scalar(Type<T> type, Node node, String path) {
        if (!is(node, Type.Shape.SCALAR, path)) {
            return null;
        }
        // The text as written: what a variable holds may be secret, whatever the key.
        String written = ((ScalarNode) node).getValue();
        if (type.bare() && !((ScalarNode) node).isPlain() && !written.contains("${")) {
            problems.add(Place.of(node), path, "is a text: write it without quotes");
            return null;
        }
        String echo = type.secret() ? "" : ", not " + Quote.of(written) + Nearest.hint(written, type.words());
        try {
            return type.parse().apply(variables.expand(written));
        } catch (IllegalArgumentException e) {
            boolean aboutVariables = written.contains("${");
            problems.add(Place.of(node), path, e.getMessage() + (aboutVariables && !type.secret() ? "" : echo));
            return null;
        }
    }

    void unknownName(Node node, String path, String what, String name, Collection<String> known) {
        problems.add(Place.of(node), path, "there is no " + what + " " + Quote.of(name) + Nearest.hint(name, known));
    }

    private @Nullable Object value(Key<?> key, Node node, String path) {
        if (key.type().shape() == Type.Shape.SCALAR) {
            return scalar(key.type(), node, path);
        }
        return is(node, key.type().shape(), path) ? node : null;
    }

    private boolean is(Node node, Type.Shape wanted, String path) {
        Type.Shape actual = switch (node.getNodeType()) {
            case MAPPING -> Type.Shape.MAPPING;
            case SEQUENCE -> Type.Shape.LIST;
            default -> Type.Shape.SCALAR;
        };
        boolean empty = node.getNodeType() == NodeType.SCALAR
                && node instanceof ScalarNode scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("null")
                        || scalar.getValue().equals("~"));
        if (empty) {
            problems.add(Place.of(node), path, "has no value; leave the key out for its default");
            return false;
        }
        if (actual != wanted) {
            problems.add(Place.of(node), path, "must be " + wanted.words + ", not " + actual.words);
            return false;
        }
        return true;
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
