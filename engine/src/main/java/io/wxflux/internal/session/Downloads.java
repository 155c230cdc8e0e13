package io.wxflux.internal.session;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.MediaUnavailableException;
import io.wxflux.error.Remedy;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.internal.protocol.Download;
import io.wxflux.internal.protocol.Download.Fetch;
import io.wxflux.internal.protocol.MediaTypes;
import io.wxflux.internal.protocol.Places;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.internal.transport.HttpStream;
import io.wxflux.model.AppMessage;
import io.wxflux.model.Contact;
import io.wxflux.model.MediaContent;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.Message;
import io.wxflux.model.MsgId;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.Person;
import io.wxflux.model.Place;
import io.wxflux.model.PlaceMessage;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** What a session fetches, see {@link io.wxflux.model.MediaContent}. */
public final class Downloads {
    private static final int REPEATS = 2;

    private final Supplier<SignedIn> session;
    private final Function<UserName, Mono<Contact>> contacts;
    private final Scheduler files;
    private final Scheduler scheduler;

    /**
     * @param contacts of this login, as far as known
     * @param files where writing may block
     */
    Downloads(
            Supplier<SignedIn> session,
            Function<UserName, Mono<Contact>> contacts,
            Scheduler files,
            Scheduler scheduler) {
        this.session = session;
        this.contacts = contacts;
        this.files = files;
        this.scheduler = scheduler;
    }

    /**
     * Something to fetch.
     *
     * @param ways to ask for it, the best first; taken in turn as long as nothing comes
     * @param name with its extension; without a dot at the end of a name that gets the extension of what comes
     */
    record Wanted(List<Fetch> ways, String name, boolean named) {
        static Wanted of(Fetch way, String name) {
            return new Wanted(List.of(way), name, false);
        }

        boolean isText() {
            return named && MediaTypes.ofName(name).matches("text/.*|application/json");
        }
    }

    public Mono<MediaContent> image(MediaMessage.Image message) {
        return fetch(Wanted.of(
                Download.image(id(message), ""), "image-" + id(message).value()));
    }

    public Mono<MediaContent> thumbnail(Message message) {
        boolean has = message instanceof MediaMessage.Image
                || message instanceof MediaMessage.Video
                || message instanceof AppMessage.Link
                || message instanceof PlaceMessage.Location;
        return has
                ? fetch(Wanted.of(
                        Download.image(id(message), "slave"),
                        "thumbnail-" + id(message).value()))
                : never("messages of this kind have no small picture");
    }

    public Mono<MediaContent> emoticon(MediaMessage.Emoticon message) {
        return Mono.defer(() -> message.details().downloadable()
                ? fetch(Wanted.of(
                        Download.image(id(message), "big"),
                        "sticker-" + id(message).value()))
                : never("a sticker of the store is shown on phones only: the web gets no more than a mark of it"));
    }

    public Mono<MediaContent> voice(MediaMessage.Voice message) {
        return fetch(
                Wanted.of(Download.voice(id(message)), "voice-" + id(message).value()));
    }

    public Mono<MediaContent> video(MediaMessage.Video message) {
        return fetch(
                Wanted.of(Download.video(id(message)), "video-" + id(message).value()));
    }

    public Mono<MediaContent> file(AppMessage.File message) {
        return Mono.defer(() -> {
            AppMessage.File.Details file = message.details();
            if (file.mediaId().isEmpty()) {
                return never("the service gave no media id with this file"
                        + (file.large() ? ": it was sent the way of big files, fetch it on the phone" : ""));
            }
            UserName from = message.header().from();
            UserName sender = from.isEmpty() ? session.get().self() : from;
            String mediaId = file.mediaId().reveal();
            Fetch plain = Download.file(sender, mediaId, "filename", file.name());
            String encrypted = file.encryptedName().reveal();
            List<Fetch> ways = encrypted.isEmpty()
                    ? List.of(plain)
                    : List.of(Download.file(sender, mediaId, "encryfilename", encrypted), plain);
            return fetch(new Wanted(ways, file.name(), true));
        });
    }

    public Mono<MediaContent> map(PlaceMessage.Location message) {
        return Mono.defer(() -> {
            String path = message.details().imagePath();
            Fetch map = Download.map(path);
            return fetch(Wanted.of(
                    map == null ? Download.image(id(message), "slave") : map,
                    "map-" + id(message).value()));
        });
    }

    /** Of a location that does not tell it itself, see {@link Places#told}. */
    public Mono<Place> place(PlaceMessage.Location message) {
        return Mono.defer(() ->
                        Places.read(session.get().service(), message.details().mapUrl()))
                .retryWhen(repeats());
    }

    public Mono<MediaContent> headImage(UserName who, boolean large) {
        return known(who).flatMap(contact -> headImage(contact, large, ""));
    }

    /** Of a member: the service shows those who are no friends to whoever names the room. */
    public Mono<MediaContent> headImage(UserName room, UserName member) {
        Mono<String> handle = known(room).map(Contact::room).map(Contact.Room::encryChatRoomId);
        return handle.defaultIfEmpty("")
                .zipWith(known(member), (id, contact) -> headImage(contact, false, id))
                .flatMap(content -> content);
    }

    private Mono<MediaContent> headImage(Contact who, boolean large, String encryChatRoomId) {
        UserName name = who.userName();
        Fetch plain = Download.headImage(name, large, encryChatRoomId, null);
        Fetch told = Download.headImage(name, who.headImageUrl(), large, encryChatRoomId);
        return fetch(new Wanted(told == null ? List.of(plain) : List.of(told, plain), "head-image", false));
    }

    /** Without contacts it goes on with less: the service is asked in any case. */
    private Mono<Contact> known(UserName name) {
        return contacts.apply(name)
                .onErrorResume(StoreUnavailableException.class, unreadable -> Mono.empty())
                .defaultIfEmpty(Contact.named(name));
    }

    public Mono<MediaContent> headImage(PeopleMessage<?> message) {
        return Mono.defer(() -> {
            UserName who = person(message).userName();
            return who.isEmpty()
                    ? never("the service did not say who this is")
                    : fetch(Wanted.of(Download.headImage(who, false, "", id(message)), "head-image"));
        });
    }

    private static Person person(PeopleMessage<?> message) {
        if (message instanceof PeopleMessage.Card card) {
            return card.details().person();
        }
        return message instanceof PeopleMessage.FriendRequest request
                ? request.details().person()
                : ((PeopleMessage.PossibleFriend) message).details().person();
    }

    /** A look at what this session uploaded. */
    public Mono<MediaContent> preview(UploadedMedia media) {
        return fetch(new Wanted(List.of(Download.preview(media.mediaId())), media.fileName(), true));
    }

    private static MsgId id(Message message) {
        return message.header().id();
    }

    private static Mono<MediaContent> never(String why) {
        return Mono.error(MediaUnavailableException.never(why));
    }

    Mono<MediaContent> fetch(Wanted wanted) {
        AtomicInteger attempt = new AtomicInteger();
        return Mono.defer(() -> {
                    List<Fetch> ways = wanted.ways();
                    Fetch way = ways.get(attempt.getAndIncrement() % ways.size());
                    return open(wanted, way, 0).<MediaContent>map(stream -> content(wanted, way, stream));
                })
                .retryWhen(repeats());
    }

    private Retry repeats() {
        return Retry.backoff(REPEATS, Duration.ofSeconds(1))
                .scheduler(scheduler)
                .filter(Downloads::mayComeYet)
                .onRetryExhaustedThrow((spec, signal) -> signal.failure());
    }

    private Mono<HttpStream> open(Wanted wanted, Fetch way, long from) {
        return Mono.defer(() -> Download.open(session.get(), way, from, wanted.isText()));
    }

    private static boolean mayComeYet(Throwable error) {
        return error instanceof HostUnreachableException
                || error instanceof MediaUnavailableException unavailable && unavailable.remedy() == Remedy.RETRY;
    }

    private MediaContent content(Wanted wanted, Fetch way, HttpStream stream) {
        String type = MediaTypes.ofHeader(stream.contentType());
        if (type.isEmpty()) {
            type = MediaTypes.ofBytes(stream.first());
        }
        if (type.isEmpty() && wanted.named()) {
            type = MediaTypes.ofName(wanted.name());
        }
        if (type.isEmpty()) {
            type = MediaTypes.UNKNOWN;
        }
        String name = wanted.named() ? wanted.name() : wanted.name() + "." + MediaTypes.extensionOf(type);
        return new DownloadedContent(
                type, LocalNames.safe(name), stream, new MediaBody(from -> open(wanted, way, from), scheduler), files);
    }
}
