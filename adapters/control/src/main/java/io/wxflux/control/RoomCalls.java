package io.wxflux.control;

import io.wxflux.Account;
import io.wxflux.Engine;
import io.wxflux.model.Contact;
import io.wxflux.model.MemberOutcome;
import io.wxflux.model.RoomChange;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rooms: who is in them, and changes to them. */
final class RoomCalls {
    private static final String ROOMS = Routes.ACCOUNT + "/rooms";

    private final Engine engine;

    RoomCalls(Engine engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.get(ROOMS, List.of(), this::list),
                Route.get(ROOMS + "/members", List.of("room"), this::members),
                Route.post(ROOMS + "/create", List.of("members", "topic"), this::create),
                Route.post(ROOMS + "/add", List.of("room", "people"), this::add),
                Route.post(ROOMS + "/remove", List.of("room", "people"), this::remove),
                Route.post(ROOMS + "/rename", List.of("room", "topic"), this::rename),
                Route.post(ROOMS + "/quit", List.of("room"), this::quit));
    }

    private Mono<Answer> list(Call call) {
        return Book.all(Routes.account(engine, call))
                .filter(contact -> contact.userName().isRoom())
                .map(ContactJson::of)
                .collectList()
                .map(found -> {
                    ArrayNode rooms = Json.array();
                    rooms.addAll(found);
                    ObjectNode json = Json.object();
                    json.set("rooms", rooms);
                    return Answer.ok(json);
                });
    }

    private Mono<Answer> members(Call call) {
        Account account = Routes.account(engine, call);
        String room = call.query().get("room");
        if (room == null) {
            throw Problem.wrong("the query parameter room is missing", "say which room");
        }
        return Recipients.findRoom(account, room)
                .flatMap(found -> Book.find(account, found))
                .flatMap(found -> remarks(account).map(remarks -> {
                    ObjectNode json = ContactJson.of(found);
                    json.set("members", ContactJson.members(found, remarks));
                    return Answer.ok(json);
                }));
    }

    /** What the account calls people: a room does not know it. */
    private static Mono<Map<UserName, String>> remarks(Account account) {
        return Book.all(account)
                .filter(contact -> !contact.remarkName().isBlank())
                .collectMap(Contact::userName, Contact::remarkName);
    }

    private Mono<Answer> create(Call call) {
        Account account = Routes.account(engine, call);
        String topic = call.textOrNull("topic");
        List<String> names = people(call, "members");
        return Recipients.findAll(account, names)
                .flatMap(members -> account.rooms()
                        .create(members, topic == null ? "" : topic)
                        .map(created -> {
                            ObjectNode json = Json.object();
                            json.put("room", created.room().value());
                            Json.known(json, "topic", created.topic());
                            json.put("complete", created.isComplete());
                            json.set("people", outcomes(created.people(), members, names));
                            return Answer.ok(json);
                        }));
    }

    private Mono<Answer> add(Call call) {
        Account account = Routes.account(engine, call);
        List<String> people = people(call, "people");
        return Recipients.findRoom(account, call.text("room"))
                .flatMap(room -> Recipients.findAll(account, people)
                        .flatMap(found ->
                                account.rooms().add(room, found).map(change -> changed(change, found, people))));
    }

    private Mono<Answer> remove(Call call) {
        Account account = Routes.account(engine, call);
        List<String> people = people(call, "people");
        return Recipients.findRoom(account, call.text("room"))
                .flatMap(room -> Flux.fromIterable(people)
                        .concatMap(name -> Recipients.findMember(account, room, name))
                        .collectList()
                        .flatMap(found ->
                                account.rooms().remove(room, found).map(change -> changed(change, found, people))));
    }

    private Mono<Answer> rename(Call call) {
        Account account = Routes.account(engine, call);
        String topic = call.text("topic");
        return Routes.done(Recipients.findRoom(account, call.text("room"))
                .flatMap(room -> account.rooms().rename(room, topic)));
    }

    private Mono<Answer> quit(Call call) {
        Account account = Routes.account(engine, call);
        return Routes.done(Recipients.findRoom(account, call.text("room"))
                .flatMap(room -> account.rooms().quit(room)));
    }

    private static List<String> people(Call call, String field) {
        List<String> people = call.texts(field);
        if (people.isEmpty()) {
            throw Problem.wrong("the field " + field + " names nobody", "name at least one person");
        }
        return people;
    }

    private static Answer changed(RoomChange change, List<UserName> asked, List<String> names) {
        ObjectNode json = Json.object();
        json.put("room", change.room().value());
        json.put("complete", change.isComplete());
        json.set("people", outcomes(change.people(), asked, names));
        return Answer.ok(json);
    }

    /** @param names as the client wrote them, in the order of {@code asked} */
    private static ArrayNode outcomes(List<MemberOutcome> people, List<UserName> asked, List<String> names) {
        ArrayNode outcomes = Json.array();
        for (MemberOutcome person : people) {
            ObjectNode json = Json.object();
            json.put("userName", person.userName().value());
            int index = asked.indexOf(person.userName());
            Json.known(json, "name", index < 0 ? null : names.get(index));
            json.put("result", person.result().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            json.put("done", person.isDone());
            Json.known(json, "reason", person.reason());
            outcomes.add(json);
        }
        return outcomes;
    }
}
