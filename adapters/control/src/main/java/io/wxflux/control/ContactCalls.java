package io.wxflux.control;

import io.wxflux.Account;
import io.wxflux.Engine;
import io.wxflux.model.Contact;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The people, rooms and official accounts an account knows. */
final class ContactCalls {
    private static final List<String> KINDS = List.of("person", "room", "official", "built-in", "stranger");

    private final Engine engine;

    ContactCalls(Engine engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.get(Routes.ACCOUNT + "/contacts", List.of("search", "kind"), this::list),
                Route.get(Routes.ACCOUNT + "/contacts/find", List.of("name"), this::find),
                Route.post(Routes.ACCOUNT + "/contacts/remark", List.of("name", "remark"), this::remark),
                Route.post(Routes.ACCOUNT + "/contacts/pin", List.of("name", "pinned"), this::pin));
    }

    private Mono<Answer> find(Call call) {
        Account account = Routes.account(engine, call);
        String name = call.query().get("name");
        if (name == null) {
            throw Problem.wrong("the query parameter name is missing", "say who is meant");
        }
        return Recipients.find(account, name)
                .flatMap(found -> Book.find(account, found)
                        .map(ContactJson::of)
                        // Built-in accounts and members of rooms need be no contacts.
                        .onErrorResume(
                                Problem.class,
                                unknown -> Mono.just(Json.object().put("userName", found.value()))))
                .map(Answer::ok);
    }

    private Mono<Answer> remark(Call call) {
        Account account = Routes.account(engine, call);
        String remark = call.textOrNull("remark");
        if (remark == null) {
            throw Problem.wrong("the field remark is missing", "an empty text takes the remark away");
        }
        return Routes.done(Recipients.find(account, call.text("name"))
                .flatMap(who -> account.contacts().remark(who, remark)));
    }

    private Mono<Answer> pin(Call call) {
        Account account = Routes.account(engine, call);
        boolean pinned = call.flag("pinned", true);
        return Routes.done(Recipients.find(account, call.text("name"))
                .flatMap(who -> account.contacts().pin(who, pinned)));
    }

    private Mono<Answer> list(Call call) {
        Account account = Routes.account(engine, call);
        String part = call.query().get("search");
        String kind = call.query().get("kind");
        if (kind != null && !KINDS.contains(kind)) {
            throw Problem.wrong("there is no kind \"" + kind + "\"", "one of " + String.join(", ", KINDS));
        }
        return Book.all(account)
                .filter(contact -> kind == null || ContactJson.kind(contact).equals(kind))
                .filter(contact -> has(contact, part))
                .sort(Comparator.comparing(ContactCalls::shown))
                .map(ContactJson::of)
                .collectList()
                .map(found -> {
                    ArrayNode contacts = Json.array();
                    contacts.addAll(found);
                    ObjectNode json = Json.object();
                    json.set("contacts", contacts);
                    return Answer.ok(json);
                });
    }

    private static boolean has(Contact contact, @Nullable String part) {
        if (part == null || part.isBlank()) {
            return true;
        }
        String wanted = part.strip().toLowerCase(Locale.ROOT);
        // UserNames are random: a short text is in many of them, and means none.
        return contact.userName().value().equals(part.strip())
                || Stream.of(contact.remarkName(), contact.nickName(), contact.alias())
                        .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static String shown(Contact contact) {
        return contact.remarkName().isBlank() ? contact.nickName() : contact.remarkName();
    }
}
