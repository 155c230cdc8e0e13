package io.wxflux.config;

import io.wxflux.model.AccountId;
import io.wxflux.model.Uin;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.LoginMode;
import io.wxflux.options.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code accounts}. */
final class AccountReader {
    private final Document document;
    private final Set<String> sinks;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<Uin, String> uins = new HashMap<>();

    AccountReader(Document document, Set<String> sinks) {
        this.document = document;
        this.sinks = sinks;
    }

    List<AccountSpec> read(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        List<Node> elements = document.elements(node, "accounts");
        if (elements.isEmpty()) {
            document.problems.add(Place.of(node), "accounts", "must hold at least one account");
        }
        List<AccountSpec> accounts = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            AccountSpec account = account(elements.get(i), "accounts[" + i + "]");
            if (account != null) {
                accounts.add(account);
            }
        }
        return accounts;
    }

    private @Nullable AccountSpec account(Node node, String path) {
        Section section = document.section(node, path, Keys.of("accounts[]"));
        Uin uin = section.get(Keys.ACCOUNT_UIN);
        if (uin != null) {
            once(uins, uin, section, Keys.ACCOUNT_UIN, "uin");
        }
        LoginMode mode = mode(section);
        Set<String> names = sinkNames(section);
        AccountId id = id(section);
        return id == null ? null : new AccountSpec(id, uin, mode, names);
    }

    private @Nullable AccountId id(Section section) {
        String text = section.get(Keys.ACCOUNT_ID);
        if (text == null) {
            return null;
        }
        once(ids, text, section, Keys.ACCOUNT_ID, "id");
        try {
            return AccountId.of(text);
        } catch (IllegalArgumentException e) {
            document.problems.add(
                    section.placeOf(Keys.ACCOUNT_ID),
                    section.pathOf(Keys.ACCOUNT_ID),
                    "must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit, not " + Quote.of(text));
            return null;
        }
    }

    private <T> void once(Map<T, String> seen, T value, Section section, Key<?> key, String what) {
        String first = seen.putIfAbsent(value, section.path());
        if (first != null) {
            document.problems.add(section.placeOf(key), section.pathOf(key), "the same " + what + " as " + first);
        }
    }

    private LoginMode mode(Section section) {
        boolean desktop = section.or(Keys.ACCOUNT_MODE, "web").equals("desktop");
        boolean wrongMode = section.has(Keys.ACCOUNT_MODE) && section.get(Keys.ACCOUNT_MODE) == null;
        Node block = section.node(Keys.ACCOUNT_DESKTOP);
        if (desktop && !section.has(Keys.ACCOUNT_DESKTOP)) {
            document.problems.add(
                    section.placeOf(Keys.ACCOUNT_MODE),
                    section.pathOf(Keys.ACCOUNT_MODE),
                    "desktop needs a block `desktop: { extspam: ..., client-version: ... }` beside it");
        }
        if (block == null) {
            return LoginMode.web();
        }
        Section values = document.section(block, section.pathOf(Keys.ACCOUNT_DESKTOP), Keys.of("accounts[].desktop"));
        if (!desktop && !wrongMode) {
            document.problems.add(
                    section.placeOf(Keys.ACCOUNT_DESKTOP),
                    section.pathOf(Keys.ACCOUNT_DESKTOP),
                    "has no meaning in web mode; add `mode: desktop` or leave it out");
        }
        Secret extspam = values.get(Keys.EXTSPAM);
        String version = values.get(Keys.CLIENT_VERSION);
        return desktop && extspam != null && version != null ? LoginMode.desktop(extspam, version) : LoginMode.web();
    }

    private Set<String> sinkNames(Section section) {
        Node node = section.node(Keys.ACCOUNT_SINKS);
        Set<String> names = new LinkedHashSet<>();
        if (node == null) {
            return names;
        }
        String path = section.pathOf(Keys.ACCOUNT_SINKS);
        List<Node> elements = document.elements(node, path);
        if (elements.isEmpty()) {
            document.problems.add(Place.of(node), path, "must name at least one sink; leave it out for all");
        }
        for (int i = 0; i < elements.size(); i++) {
            Node element = elements.get(i);
            String at = path + "[" + i + "]";
            String name = document.scalar(Types.TEXT, element, at);
            if (name == null) {
                continue;
            }
            if (!sinks.contains(name)) {
                document.unknownName(element, at, "sink", name, sinks);
            } else if (!names.add(name)) {
                document.problems.add(Place.of(element), at, "named twice");
            }
        }
        return names;
    }
}
