package io.wxflux.control;

import io.wxflux.Account;
import io.wxflux.Engine;
import io.wxflux.Media;
import io.wxflux.model.AppMessage;
import io.wxflux.model.MediaContent;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.Message;
import io.wxflux.model.MsgId;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.PlaceMessage;
import io.wxflux.model.UserName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What messages and contacts speak of: pictures, sounds, films, files. */
final class MediaCalls {
    private final Engine engine;
    private final RecentMessages recent;

    MediaCalls(Engine engine, RecentMessages recent) {
        this.engine = engine;
        this.recent = recent;
    }

    List<Route> routes() {
        return List.of(
                Route.get(Routes.ACCOUNT + "/media", List.of("msgId", "thumbnail"), this::media),
                Route.get(Routes.ACCOUNT + "/contacts/image", List.of("name", "room", "large"), this::image));
    }

    private Mono<Answer> media(Call call) {
        Account account = Routes.account(engine, call);
        String id = call.query().get("msgId");
        if (id == null) {
            throw Problem.wrong("the query parameter msgId is missing", "name a message");
        }
        Message message = recent.find(account.id(), new MsgId(id))
                .orElseThrow(() -> RecentMessages.unknown(id))
                .message();
        return content(
                isTrue(call.query().get("thumbnail"))
                        ? account.media().thumbnail(message)
                        : of(account.media(), message));
    }

    private Mono<Answer> image(Call call) {
        Account account = Routes.account(engine, call);
        String name = call.query().get("name");
        String room = call.query().get("room");
        if (name == null) {
            throw Problem.wrong("the query parameter name is missing", "say whose picture");
        }
        if (room != null) {
            return content(Recipients.findRoom(account, room)
                    .flatMap(where -> Recipients.findMember(account, where, name)
                            .flatMap(who -> account.media().headImage(where, who))));
        }
        return content(Recipients.find(account, name).flatMap(who -> image(account.media(), who, call)));
    }

    private static Mono<MediaContent> image(Media media, UserName who, Call call) {
        return isTrue(call.query().get("large")) ? media.largeHeadImage(who) : media.headImage(who);
    }

    private static Mono<MediaContent> of(Media media, Message message) {
        if (message instanceof MediaMessage.Image image) {
            return media.image(image);
        }
        if (message instanceof MediaMessage.Voice voice) {
            return media.voice(voice);
        }
        if (message instanceof MediaMessage.Video video) {
            return media.video(video);
        }
        if (message instanceof MediaMessage.Emoticon emoticon) {
            return media.emoticon(emoticon);
        }
        if (message instanceof AppMessage.File file) {
            return media.file(file);
        }
        if (message instanceof PlaceMessage.Location location) {
            return media.map(location);
        }
        if (message instanceof PeopleMessage<?> people) {
            return media.headImage(people);
        }
        throw Problem.wrong(
                "the message " + message.header().id().value() + " is of the kind "
                        + message.kind().suffix() + ", which has nothing to fetch",
                "pictures, voices, videos, stickers, files, places, cards and friend requests have");
    }

    private static Mono<Answer> content(Mono<MediaContent> media) {
        return media.map(content ->
                new Answer.Content(content.fileName(), content.contentType(), content.length(), content.bytes()));
    }

    private static boolean isTrue(@Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw Problem.wrong("\"" + value + "\" is neither true nor false", "write one of them");
    }
}
