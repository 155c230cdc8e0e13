package io.wxflux.control;

import io.wxflux.Account;
import io.wxflux.Engine;
import io.wxflux.Friends;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.FoundPerson;
import io.wxflux.model.Message;
import io.wxflux.model.MsgId;
import io.wxflux.model.PeopleMessage;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Friend requests, in and out. */
final class FriendCalls {
    private static final String FRIENDS = Routes.ACCOUNT + "/friends";

    private final Engine engine;
    private final RecentMessages recent;

    FriendCalls(Engine engine, RecentMessages recent) {
        this.engine = engine;
        this.recent = recent;
    }

    List<Route> routes() {
        return List.of(
                Route.get(FRIENDS + "/requests", List.of(), this::requests),
                Route.get(FRIENDS + "/search", List.of("keyword"), this::search),
                Route.post(FRIENDS + "/add", List.of("keyword", "userName", "msgId", "hello"), this::add),
                Route.post(FRIENDS + "/accept", List.of("msgId"), this::accept),
                Route.post(FRIENDS + "/reject", List.of("msgId"), this::reject));
    }

    private Mono<Answer> requests(Call call) {
        Account account = Routes.account(engine, call);
        return recent.of(account.id())
                .filter(received -> received.message() instanceof PeopleMessage.FriendRequest)
                .filter(received -> !recent.isAnswered(received))
                .map(FriendCalls::json)
                .collectList()
                .map(found -> {
                    ArrayNode requests = Json.array();
                    requests.addAll(found);
                    ObjectNode json = Json.object();
                    json.set("requests", requests);
                    return Answer.ok(json);
                });
    }

    private Mono<Answer> search(Call call) {
        Account account = Routes.account(engine, call);
        String keyword = call.query().get("keyword");
        if (keyword == null || keyword.isBlank()) {
            throw Problem.wrong("the query parameter keyword is missing", "give a visible id or a phone number");
        }
        return account.friends().search(keyword).collectList().map(found -> {
            ObjectNode json = Json.object();
            json.set("found", found(found));
            return Answer.ok(json);
        });
    }

    private Mono<Answer> add(Call call) {
        Account account = Routes.account(engine, call);
        Friends friends = account.friends();
        String hello = call.textOrNull("hello");
        String words = hello == null ? "" : hello;
        String keyword = call.textOrNull("keyword");
        String userName = call.textOrNull("userName");
        String msgId = call.textOrNull("msgId");
        if (Stream.of(keyword, userName, msgId).filter(Objects::nonNull).count() != 1) {
            throw Problem.wrong(
                    "somebody is named by one of keyword, userName and msgId", "give exactly one of these fields");
        }
        if (keyword != null) {
            return Routes.done(friends.search(keyword)
                    .collectList()
                    .map(found -> theOne(found, keyword))
                    .flatMap(found ->
                            found.isOfficialAccount() ? friends.follow(found) : friends.request(found, words)));
        }
        if (userName != null) {
            return Routes.done(Recipients.find(account, userName).flatMap(found -> friends.request(found, "", words)));
        }
        Message message = message(account, String.valueOf(msgId)).message();
        if (message instanceof PeopleMessage.Card card) {
            return Routes.done(friends.request(card, words));
        }
        if (message instanceof PeopleMessage.PossibleFriend proposal) {
            return Routes.done(friends.request(proposal, words));
        }
        throw Problem.wrong("the message " + msgId + " is neither a card nor a proposal", "name another message");
    }

    private Mono<Answer> accept(Call call) {
        Account account = Routes.account(engine, call);
        return answer(account, call.text("msgId"), account.friends()::accept);
    }

    private Mono<Answer> reject(Call call) {
        Account account = Routes.account(engine, call);
        return answer(account, call.text("msgId"), account.friends()::reject);
    }

    private Mono<Answer> answer(
            Account account, String msgId, Function<PeopleMessage.FriendRequest, Mono<Void>> accepting) {
        MessageReceived received = message(account, msgId);
        if (received.message() instanceof PeopleMessage.FriendRequest request) {
            if (recent.isAnswered(received)) {
                throw Problem.of(
                        409,
                        "already-answered",
                        "the friend request " + msgId + " is already answered",
                        "there is nothing left to do");
            }
            return Routes.done(accepting.apply(request).doOnSuccess(done -> recent.answered(received)));
        }
        throw Problem.wrong(
                "the message " + msgId + " is no friend request", "name one of those that are listed as such");
    }

    private MessageReceived message(Account account, String msgId) {
        return recent.find(account.id(), new MsgId(msgId)).orElseThrow(() -> RecentMessages.unknown(msgId));
    }

    private static FoundPerson theOne(List<FoundPerson> found, String keyword) {
        if (found.isEmpty()) {
            throw Problem.of(
                    404, "nobody-found", "the service finds nobody for \"" + keyword + "\"", "try the visible id");
        }
        if (found.size() > 1) {
            throw Problem.of(
                            409,
                            "ambiguous",
                            found.size() + " were found for \"" + keyword + "\"; nobody was asked",
                            "search for the visible id or the phone number")
                    .with(found(found));
        }
        return found.get(0);
    }

    private static ArrayNode found(List<FoundPerson> people) {
        ArrayNode found = Json.array();
        for (FoundPerson person : people) {
            ObjectNode json = Json.object();
            Json.known(json, "userName", person.userName().value());
            Json.known(json, "nickName", person.nickName());
            json.put("kind", person.isOfficialAccount() ? "official" : "stranger");
            found.add(json);
        }
        return found;
    }

    private static ObjectNode json(MessageReceived received) {
        PeopleMessage.FriendRequest.Details details = ((PeopleMessage.FriendRequest) received.message()).details();
        ObjectNode json = Json.object();
        json.put("msgId", received.message().header().id().value());
        Json.known(json, "time", received.head().time());
        Json.known(json, "nickName", details.person().nickName());
        Json.known(json, "alias", details.person().alias());
        Json.known(json, "content", details.content());
        Json.known(json, "sourceName", details.sourceName());
        return json;
    }
}
