package io.wxflux.control;

import io.wxflux.Account;
import io.wxflux.Engine;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UploadProgress;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages out. */
final class SendCalls {
    private static final Duration USUAL_EXPIRY = Duration.ofMinutes(10);

    private final Engine engine;
    private final Uploads uploads;
    private final RecentMessages recent;

    SendCalls(Engine engine, Uploads uploads, RecentMessages recent) {
        this.engine = engine;
        this.uploads = uploads;
        this.recent = recent;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                        Routes.ACCOUNT + "/send",
                        List.of(
                                "to",
                                "text",
                                "mention",
                                "image",
                                "video",
                                "emoticon",
                                "file",
                                "forward",
                                "durable",
                                "expires"),
                        this::send),
                Route.upload(Routes.ACCOUNT + "/uploads", List.of("name"), this::upload),
                Route.get(Routes.ACCOUNT + "/outbox", List.of(), this::outbox),
                Route.get(Routes.ACCOUNT + "/outbox/{id}", List.of(), this::outcome),
                Route.post(Routes.ACCOUNT + "/recall", List.of("to", "msgId"), this::recall),
                Route.post(Routes.ACCOUNT + "/read", List.of("to"), this::read));
    }

    private Mono<Answer> send(Call call) {
        Account account = Routes.account(engine, call);
        boolean durable = call.flag("durable", false);
        Duration expires = call.duration("expires", USUAL_EXPIRY);
        if (!durable && call.textOrNull("expires") != null) {
            throw Problem.wrong("expires is for durable messages", "add \"durable\": true, or leave expires out");
        }
        return Recipients.find(account, call.text("to"))
                .flatMap(to -> parts(account, to, call).flatMap(parts -> {
                    if (durable) {
                        return put(account, to, parts, expires);
                    }
                    return call.wantsLines() && parts.upload() != null
                            ? Mono.just(new Answer.Lines(withProgress(account, to, parts)))
                            : sent(account, to, parts, progress -> {})
                                    .map(SendCalls::receipt)
                                    .map(Answer::ok);
                }));
    }

    private Mono<Parts> parts(Account account, UserName to, Call call) {
        return new Parts.Reader(account, uploads, recent, call).read(to);
    }

    private Mono<SendReceipt> sent(Account account, UserName to, Parts parts, Consumer<UploadProgress> progress) {
        Uploads.Upload upload = parts.upload();
        return account.send(to, parts.message(), progress).doFinally(signal -> {
            if (upload != null) {
                uploads.drop(upload);
            }
        });
    }

    /** Lines of progress, then the receipt or the error: the status was sent with the first line. */
    private Flux<byte[]> withProgress(Account account, UserName to, Parts parts) {
        return Flux.<ObjectNode>create(sink -> {
                    sink.onDispose(sent(account, to, parts, progress -> sink.next(json(progress)))
                            .subscribe(
                                    receipt -> {
                                        sink.next(receipt(receipt));
                                        sink.complete();
                                    },
                                    sink::error));
                })
                .onErrorResume(error -> {
                    Problem problem = Problem.from(error);
                    return problem == null ? Flux.error(error) : Flux.just(problem.json());
                })
                .map(Json::line);
    }

    private Mono<Answer> put(Account account, UserName to, Parts parts, Duration expires) {
        Uploads.Upload upload = parts.upload();
        if (upload == null) {
            return account.outbox().put(to, parts.message(), expires).map(entry -> Answer.ok(json(entry)));
        }
        return uploads.keep(upload)
                .flatMap(kept -> account.outbox()
                        .put(to, parts.of(kept), expires)
                        .doOnError(error -> uploads.drop(kept))
                        .doOnNext(entry -> uploads.dropAfter(account.outbox().await(entry.id()), kept))
                        .map(entry -> Answer.ok(json(entry))));
    }

    private Mono<Answer> upload(Call call) {
        Routes.account(engine, call);
        String name = call.query().get("name");
        if (name == null || name.isBlank()) {
            throw Problem.wrong("the query parameter name is missing", "say how the receiver shall see the file");
        }
        return uploads.take(name, call.content()).map(upload -> {
            ObjectNode json = Json.object();
            json.put("upload", upload.id());
            json.put("name", upload.name());
            json.put("size", upload.size());
            return Answer.ok(json);
        });
    }

    private Mono<Answer> outbox(Call call) {
        Account account = Routes.account(engine, call);
        return account.outbox()
                .pending()
                .flatMapIterable(pending -> pending)
                .concatMap(entry -> named(account, entry))
                .collect(Json::array, ArrayNode::add)
                .map(entries -> {
                    ObjectNode json = Json.object();
                    json.set("pending", entries);
                    return Answer.ok(json);
                });
    }

    /** With the recipient's name, if it is known: the UserName tells nobody anything. */
    private static Mono<ObjectNode> named(Account account, OutboxEntry entry) {
        return account.contacts()
                .find(entry.to())
                .map(contact -> {
                    ObjectNode json = json(entry);
                    Json.known(
                            json, "name", contact.remarkName().isBlank() ? contact.nickName() : contact.remarkName());
                    return json;
                })
                .defaultIfEmpty(json(entry));
    }

    private Mono<Answer> outcome(Call call) {
        return Routes.account(engine, call).outbox().await(call.variable("id")).map(entry -> Answer.ok(json(entry)));
    }

    private Mono<Answer> recall(Call call) {
        Account account = Routes.account(engine, call);
        MsgId id = new MsgId(call.text("msgId"));
        return Recipients.find(account, call.text("to"))
                .flatMap(to -> account.recall(to, id))
                .map(recalled -> {
                    ObjectNode json = Json.object();
                    json.put("recalled", id.value());
                    Json.known(json, "introduction", recalled.introduction());
                    Json.known(json, "wording", recalled.wording());
                    return Answer.ok(json);
                });
    }

    private Mono<Answer> read(Call call) {
        Account account = Routes.account(engine, call);
        return Routes.done(Recipients.find(account, call.text("to")).flatMap(account::markRead));
    }

    static ObjectNode receipt(SendReceipt receipt) {
        ObjectNode json = Json.object();
        json.put("msgId", receipt.id().value());
        json.put("clientMsgId", receipt.clientMsgId());
        return json;
    }

    private static ObjectNode json(UploadProgress progress) {
        ObjectNode bytes = Json.object();
        bytes.put("sent", progress.sent());
        bytes.put("total", progress.total());
        ObjectNode json = Json.object();
        json.set("progress", bytes);
        return json;
    }

    private static ObjectNode json(OutboxEntry entry) {
        ObjectNode json = Json.object();
        json.put("id", entry.id());
        json.put("to", entry.to().value());
        json.put("kind", entry.kind().word());
        json.put("state", entry.state().word());
        json.put("queuedAt", entry.queuedAt().toString());
        json.put("expiresAt", entry.expiresAt().toString());
        Json.known(json, "msgId", entry.msgId().value());
        Json.known(json, "reason", entry.reason());
        return json;
    }
}
