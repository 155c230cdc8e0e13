package io.wxflux.internal.session;

import io.wxflux.error.RequestRefusedException;
import io.wxflux.internal.contacts.ContactReader;
import io.wxflux.internal.protocol.Draft;
import io.wxflux.internal.protocol.UploadKind;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.internal.wire.Forwarding;
import io.wxflux.internal.wire.SendBodies;
import io.wxflux.model.Contact;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UploadProgress;
import io.wxflux.model.UserName;
import io.wxflux.options.LoginMode;
import io.wxflux.options.Operation;
import io.wxflux.options.WhenThrottled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes of a message what can be sent in a session: uploads what has to be, looks up the names of who is mentioned. */
final class Drafts {
    /** Behind a mentioned name; by it clients know where the name ends. */
    private static final char END_OF_NAME = '\u2005';

    private final AccountScope scope;
    private final boolean desktop;

    Drafts(AccountScope scope) {
        this.scope = scope;
        this.desktop = scope.spec().mode() instanceof LoginMode.Desktop;
    }

    /**
     * What can be sent, with what was uploaded for it.
     *
     * @param media null when nothing was
     */
    record Ready(Draft draft, @Nullable UploadedMedia media) {}

    Mono<Ready> of(
            Session session,
            UserName to,
            Outgoing message,
            WhenThrottled choice,
            Consumer<? super UploadProgress> progress) {
        if (message instanceof Outgoing.Text text) {
            return text(to, text).map(draft -> new Ready(draft, null));
        }
        if (message instanceof Outgoing.Upload upload) {
            Mono<UploadedMedia> uploaded =
                    Mono.defer(() -> session.transfers().upload(to, upload.source(), kind(upload.kind()), progress));
            return scope.paces()
                    .untilThrough(Operation.UPLOAD, choice, uploaded)
                    .map(media -> new Ready(Draft.uploaded(upload.kind(), media, desktop), media));
        }
        Outgoing.Existing existing =
                message instanceof Outgoing.Forward forward ? Forwarding.of(forward) : (Outgoing.Existing) message;
        return Mono.just(new Ready(Draft.existing(existing, desktop), null));
    }

    /** Reads a file that is to be uploaded: what it is now. */
    Mono<OutboxMail.FileMark> mark(Outgoing.Upload upload) {
        return FileFacts.of(upload.source(), kind(upload.kind()), scope.files())
                .map(facts -> new OutboxMail.FileMark(facts.size(), facts.md5()));
    }

    private static UploadKind kind(Outgoing.Kind kind) {
        return switch (kind) {
            case IMAGE -> UploadKind.PICTURE;
            case VIDEO -> UploadKind.VIDEO;
            case EMOTICON -> UploadKind.EMOTICON;
            default -> UploadKind.FILE;
        };
    }

    private Mono<Draft> text(UserName to, Outgoing.Text text) {
        if (text.mentions().isEmpty()) {
            return Mono.just(Draft.text(text.text(), ""));
        }
        if (!to.isRoom()) {
            return Mono.error(new IllegalArgumentException("people are mentioned in rooms, and " + to + " is none"));
        }
        return Flux.fromIterable(text.mentions())
                .concatMap(mentioned -> nameInRoom(mentioned, to))
                .map(name -> "@" + name + END_OF_NAME)
                .filter(mention -> !text.text().contains(mention))
                .reduce("", String::concat)
                .map(mentions -> Draft.text(mentions + text.text(), SendBodies.msgSource(text.mentions(), to)));
    }

    /** As the room knows them: their card name there, else the name they gave themselves. */
    private Mono<String> nameInRoom(UserName member, UserName room) {
        ContactReader reader = scope.contacts().reader();
        return reader.find(room)
                .flatMapIterable(Contact::members)
                .filter(each -> each.userName().equals(member))
                .next()
                .map(each -> each.displayName().isEmpty() ? each.nickName() : each.displayName())
                .filter(name -> !name.isEmpty())
                .switchIfEmpty(reader.find(member).map(Contact::nickName).filter(name -> !name.isEmpty()))
                .switchIfEmpty(Mono.error(() -> new RequestRefusedException(
                        member + " cannot be mentioned in " + room + ": the name is not known. Nothing was sent")));
    }
}
