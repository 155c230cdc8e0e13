package io.wxflux.control;

import io.wxflux.Account;
import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;

/**
 * Finds who is meant. Somebody is named by UserName, lasting id, or exactly by remark, nick name or alias; when two
 * answer to a name, nothing is done: a message must not go to whoever happens to come first.
 */
final class Recipients {
    private static final Pattern USER_NAME = Pattern.compile("@{1,2}[0-9a-f]{16,128}");
    private static final int MOST_SHOWN = 10;

    private Recipients() {}

    /** <b>Errors</b> {@link Problem} 404 or 409, with those who may have been meant. */
    static Mono<UserName> find(Account account, String name) {
        return find(account, name, "search the contacts for a part of the name");
    }

    /** @param remedy what helps when nobody has a similar name */
    private static Mono<UserName> find(Account account, String name, String remedy) {
        String wanted = name.strip();
        if (wanted.isEmpty()) {
            return Mono.error(Problem.wrong("the name is empty", "say who is meant"));
        }
        if (wanted.equals("filehelper")) {
            return Mono.just(UserName.of(wanted));
        }
        return Book.all(account)
                .collectList()
                .flatMap(all -> Book.byStableId(account, wanted)
                        .map(Contact::userName)
                        .switchIfEmpty(Mono.fromSupplier(() -> among(all, wanted, remedy))));
    }

    /** All of them, in order; the first who cannot be found is the error. */
    static Mono<List<UserName>> findAll(Account account, List<String> names) {
        return Flux.fromIterable(names).concatMap(name -> find(account, name)).collectList();
    }

    /** A room; somebody else is an error. */
    static Mono<UserName> findRoom(Account account, String name) {
        return find(account, name, "list the rooms with `rooms`").doOnNext(found -> {
            if (!found.isRoom()) {
                throw Problem.wrong("\"" + name + "\" is no room", "name one of the account's rooms");
            }
        });
    }

    /** A member of a room, who need be no contact of the account. */
    static Mono<UserName> findMember(Account account, UserName room, String name) {
        String wanted = name.strip();
        return Book.find(account, room).flatMap(found -> {
            Map<UserName, Contact.Member> matches = new LinkedHashMap<>();
            for (Contact.Member member : found.members()) {
                if (Stream.of(member.userName().value(), member.displayName(), member.nickName())
                        .anyMatch(each -> each.strip().equals(wanted))) {
                    matches.put(member.userName(), member);
                }
            }
            if (matches.size() == 1) {
                return Mono.just(matches.keySet().iterator().next());
            }
            if (matches.size() > 1) {
                ArrayNode candidates = Json.array();
                matches.values().forEach(member -> candidates.add(ContactJson.of(member)));
                return Mono.error(ambiguous(wanted, matches.size()).with(candidates));
            }
            // Their owner's name for them, which the room does not know.
            return find(account, name, "list the room's members with `rooms members`");
        });
    }

    private static UserName among(List<Contact> all, String wanted, String remedy) {
        Map<UserName, Contact> matches = new LinkedHashMap<>();
        for (Contact contact : all) {
            if (contact.userName().value().equals(wanted)) {
                return contact.userName();
            }
            if (names(contact).anyMatch(each -> each.strip().equals(wanted))) {
                matches.put(contact.userName(), contact);
            }
        }
        if (matches.size() == 1) {
            return matches.keySet().iterator().next();
        }
        if (matches.size() > 1) {
            throw ambiguous(wanted, matches.size()).with(shown(matches.values()));
        }
        if (USER_NAME.matcher(wanted).matches()) {
            // A member of a room, or a stranger: the service knows.
            return UserName.of(wanted);
        }
        String part = wanted.toLowerCase(Locale.ROOT);
        List<Contact> near = all.stream()
                .filter(contact -> names(contact)
                        .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(part)))
                .toList();
        throw Problem.of(
                        404,
                        "nobody-found",
                        "nobody is called \"" + wanted + "\"",
                        near.isEmpty() ? remedy : "name one of these exactly")
                .with(shown(near));
    }

    private static Problem ambiguous(String wanted, int count) {
        return Problem.of(
                409,
                "ambiguous",
                count + " are called \"" + wanted + "\"; nothing was done",
                "name one of these by its lasting id or userName, or give it a remark of its own");
    }

    private static Stream<String> names(Contact contact) {
        return Stream.of(contact.remarkName(), contact.nickName(), contact.alias())
                .filter(each -> !each.isBlank());
    }

    private static ArrayNode shown(Collection<Contact> contacts) {
        ArrayNode candidates = Json.array();
        contacts.stream().limit(MOST_SHOWN).forEach(contact -> candidates.add(ContactJson.of(contact)));
        return candidates;
    }
}
