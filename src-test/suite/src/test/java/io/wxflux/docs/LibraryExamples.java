package io.wxflux.docs;

import io.wxflux.Account;
import io.wxflux.Engine;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.ContactEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.event.SendEvent;
import io.wxflux.model.AppMessage;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactKind;
import io.wxflux.model.ContactQuery;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.MediaSource;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.Reply;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UserName;
import io.wxflux.options.Operation;
import io.wxflux.options.Pace;
import io.wxflux.options.ReplyOptions;
import io.wxflux.options.SendOptions;
import io.wxflux.options.WhenThrottled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What docs/library.md shows; a test looks for each of its blocks here, so that all of them compile. */
final class LibraryExamples {
    private LibraryExamples() {}

    static Flux<UserName> names(Account shop, MessageReceived received, String keptId) {
        UserName notes = UserName.of("filehelper"); // the account's own 文件传输助手
        UserName conversation = received.message().header().conversation(); // a person or a room: answer there
        UserName member = received.from().userName(); // who said it, also in a room
        Mono<UserName> friend = shop.contacts()
                .search(ContactQuery.text("李老师"))
                .filter(contact -> contact.kind() == ContactKind.PERSON)
                .next()
                .map(Contact::userName);
        Mono<UserName> room = shop.contacts().byStableId(keptId).map(Contact::userName); // kept from an earlier login
        return Flux.concat(Flux.just(notes, conversation, member), friend, room);
    }

    static Flux<SendReceipt> sending(Account shop, UserName friend, UserName room, UserName member) {
        Mono<SendReceipt> text = shop.sendText(friend, "早上好 🌸");
        Mono<SendReceipt> mention = shop.send(room, Outgoing.text("please look", List.of(member)));
        Mono<SendReceipt> picture = shop.send(friend, Outgoing.image(MediaSource.of(Path.of("cat.jpg"))));
        Mono<SendReceipt> file = shop.send(friend, Outgoing.file(MediaSource.of(Path.of("报价单.xlsx"))));
        return Flux.concat(text, mention, picture, file);
    }

    static Mono<Void> afterwards(Account shop, UserName friend, SendReceipt receipt, MessageReceived received) {
        return shop.recall(friend, receipt.id()) // within two minutes
                .then(shop.send(friend, Outgoing.forward(received.message()))) // nothing is uploaded
                .then(shop.markRead(friend));
    }

    static Mono<OutboxEntry> outbox(Account shop, UserName friend) {
        return shop.outbox()
                .put(friend, Outgoing.text("your parcel is here"), Duration.ofHours(2)) // durable from here on
                .flatMap(entry -> shop.outbox().await(entry.id())); // ACCEPTED, REFUSED, UNKNOWN or EXPIRED
    }

    static SendOptions paces() {
        return SendOptions.defaults()
                .withPace(Operation.SEND, Pace.of(5, Duration.ofSeconds(2))) // 5 at once, then one every 2 s
                .whenThrottled(WhenThrottled.WAIT); // instead of a ThrottledException
    }

    static Flux<Contact> contacts(Account shop) {
        return shop.contacts()
                .search(ContactQuery.text("李")) // in nick names, remarks and visible ids
                .filter(contact -> contact.kind() == ContactKind.PERSON);
    }

    static Mono<Void> mirror(AccountEvent event) {
        if (event instanceof ContactEvent.MemberJoined joined) {
            return greet(joined);
        }
        if (event instanceof SendEvent send && send.entry().state() == OutboxEntry.State.UNKNOWN) {
            return report(send.entry());
        }
        return Mono.empty();
    }

    static Mono<Void> people(Account shop, PeopleMessage.FriendRequest request, UserName room, UserName friend) {
        return shop.friends()
                .accept(request)
                .then(shop.contacts().remark(friend, "李老师"))
                .then(shop.rooms().add(room, List.of(friend))) // adds, or invites to large rooms
                .filter(change -> !change.isComplete()) // each person has an outcome of its own
                .flatMap(change -> report(change.notDone()));
    }

    static Mono<Path> media(Account shop, MessageReceived received, Path directory) {
        if (received.message() instanceof MediaMessage.Image image) {
            return shop.media().image(image).flatMap(content -> content.saveTo(directory));
        }
        if (received.message() instanceof AppMessage.File file) {
            return shop.media().file(file).flatMap(content -> content.saveTo(directory));
        }
        return Mono.empty();
    }

    static void replies(Engine engine) {
        engine.reply(
                "greeter",
                ReplyOptions.defaults().withMost(2, Duration.ofHours(1)), // for each who writes
                received -> received.room() == null
                        ? Mono.just(Reply.text("Thank you, we answer within the day."))
                        : Mono.empty());
    }

    private static Mono<Void> greet(ContactEvent.MemberJoined joined) {
        return Mono.empty();
    }

    private static Mono<Void> report(Object what) {
        return Mono.empty();
    }
}
