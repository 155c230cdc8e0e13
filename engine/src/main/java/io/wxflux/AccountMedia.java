package io.wxflux;

import io.wxflux.internal.protocol.Places;
import io.wxflux.internal.session.Downloads;
import io.wxflux.model.AppMessage;
import io.wxflux.model.MediaContent;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.Message;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.Place;
import io.wxflux.model.PlaceMessage;
import io.wxflux.model.UserName;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Asks whatever session is open when it is subscribed. */
final class AccountMedia implements Media {
    private final Supplier<Mono<Downloads>> session;

    AccountMedia(Supplier<Mono<Downloads>> session) {
        this.session = session;
    }

    private Mono<Downloads> now() {
        return Mono.defer(session);
    }

    @Override
    public Mono<MediaContent> image(MediaMessage.Image message) {
        return now().flatMap(downloads -> downloads.image(message));
    }

    @Override
    public Mono<MediaContent> thumbnail(Message message) {
        return now().flatMap(downloads -> downloads.thumbnail(message));
    }

    @Override
    public Mono<MediaContent> emoticon(MediaMessage.Emoticon message) {
        return now().flatMap(downloads -> downloads.emoticon(message));
    }

    @Override
    public Mono<MediaContent> voice(MediaMessage.Voice message) {
        return now().flatMap(downloads -> downloads.voice(message));
    }

    @Override
    public Mono<MediaContent> video(MediaMessage.Video message) {
        return now().flatMap(downloads -> downloads.video(message));
    }

    @Override
    public Mono<MediaContent> file(AppMessage.File message) {
        return now().flatMap(downloads -> downloads.file(message));
    }

    @Override
    public Mono<MediaContent> map(PlaceMessage.Location message) {
        return now().flatMap(downloads -> downloads.map(message));
    }

    @Override
    public Mono<Place> place(PlaceMessage.Location message) {
        return Mono.defer(() -> {
            Place told = Places.told(message.details());
            return told == null ? now().flatMap(downloads -> downloads.place(message)) : Mono.just(told);
        });
    }

    @Override
    public Mono<MediaContent> headImage(UserName contact) {
        return now().flatMap(downloads -> downloads.headImage(contact, false));
    }

    @Override
    public Mono<MediaContent> largeHeadImage(UserName contact) {
        return now().flatMap(downloads -> downloads.headImage(contact, true));
    }

    @Override
    public Mono<MediaContent> headImage(UserName room, UserName member) {
        return now().flatMap(downloads -> downloads.headImage(room, member));
    }

    @Override
    public Mono<MediaContent> headImage(PeopleMessage<?> message) {
        return now().flatMap(downloads -> downloads.headImage(message));
    }
}
