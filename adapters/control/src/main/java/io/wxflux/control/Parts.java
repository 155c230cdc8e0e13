package io.wxflux.control;

import io.wxflux.Account;
import io.wxflux.model.MediaSource;
import io.wxflux.model.MsgId;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * What a request to send asks for.
 *
 * @param upload the file that goes with it; null when there is none
 * @param kind makes the message of a file
 */
record Parts(Outgoing message, Uploads.@Nullable Upload upload, Function<MediaSource, Outgoing> kind) {
    /** The same with another file. */
    Outgoing of(Uploads.Upload other) {
        return kind.apply(source(other));
    }

    private static MediaSource source(Uploads.Upload file) {
        return MediaSource.of(file.file()).named(file.name());
    }

    /** Reads a request. */
    record Reader(Account account, Uploads uploads, RecentMessages recent, Call call) {
        private static final List<String> CONTENTS = List.of("text", "image", "video", "emoticon", "file", "forward");
        private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

        Mono<Parts> read(UserName to) {
            List<String> given = CONTENTS.stream()
                    .filter(name -> {
                        JsonNode value = call.body().get(name);
                        return value != null && !value.isNull();
                    })
                    .toList();
            if (given.size() != 1) {
                throw Problem.wrong(
                        "a message is one of " + String.join(", ", CONTENTS) + ", not "
                                + (given.isEmpty() ? "nothing" : String.join(" and ", given)),
                        "send one message a request");
            }
            String content = given.get(0);
            List<String> mentions = call.texts("mention");
            if (!mentions.isEmpty() && !(content.equals("text") && to.isRoom())) {
                throw Problem.wrong("mention is for texts in rooms", "leave it out");
            }
            return switch (content) {
                case "text" -> text(to, mentions);
                case "image" -> Mono.just(file("image", Outgoing::image));
                case "video" -> Mono.just(file("video", Outgoing::video));
                case "file" -> Mono.just(file("file", Outgoing::file));
                case "forward" -> Mono.just(plain(forwarded()));
                default -> {
                    String which = call.text("emoticon");
                    yield Mono.just(
                            MD5.matcher(which).matches()
                                    ? plain(Outgoing.emoticon(which))
                                    : file("emoticon", Outgoing::emoticon));
                }
            };
        }

        private Mono<Parts> text(UserName to, List<String> mentions) {
            String text = call.text("text");
            return Flux.fromIterable(mentions)
                    .concatMap(name -> Recipients.findMember(account, to, name))
                    .collectList()
                    .map(people -> plain(people.isEmpty() ? Outgoing.text(text) : Outgoing.text(text, people)));
        }

        private Outgoing forwarded() {
            String id = call.text("forward");
            return recent.find(account.id(), new MsgId(id))
                    .map(received -> Outgoing.forward(received.message()))
                    .orElseThrow(() -> RecentMessages.unknown(id));
        }

        private Parts file(String field, Function<MediaSource, Outgoing> kind) {
            Uploads.Upload upload = uploads.find(call.text(field));
            return new Parts(kind.apply(source(upload)), upload, kind);
        }

        private static Parts plain(Outgoing message) {
            return new Parts(message, null, source -> message);
        }
    }
}
