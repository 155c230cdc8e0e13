package io.wxflux.internal.session;

import io.wxflux.error.RequestRefusedException;
import io.wxflux.internal.journal.SerialGate;
import io.wxflux.internal.protocol.Oplog;
import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import io.wxflux.options.Operation;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** What the account's owner notes about contacts: remarks and pins. */
public final class ContactCalls {
    /** PROTOCOL 7.4. */
    private static final int PINNED = 2048;

    private final Commands commands;

    /** One after the other: a pin carries the remark, and with an old one it would undo a remark under way. */
    private final SerialGate gate = new SerialGate();

    ContactCalls(Commands commands) {
        this.commands = commands;
    }

    /** As {@link io.wxflux.Account#remark}. */
    public Mono<Void> remark(UserName userName, String remark) {
        return inTurn(() -> {
            GivenNames.person(userName);
            return commands.change(Operation.REMARK, signedIn -> Oplog.remark(signedIn, userName, remark))
                    .then(Mono.fromRunnable(
                            () -> commands.learn(userName, contact -> noted(contact, remark, contact.contactFlag()))));
        });
    }

    /** As {@link io.wxflux.Account#pin}. */
    public Mono<Void> pin(UserName userName, boolean pinned) {
        return inTurn(() -> {
            if (!userName.isRoom()) {
                GivenNames.person(userName);
            }
            return contact(userName).flatMap(contact -> pin(contact, pinned));
        });
    }

    private Mono<Void> pin(Contact contact, boolean pinned) {
        // Read again when it is our turn, which may be much later.
        return commands.change(Operation.REMARK, signedIn -> {
                    Contact now = commands.known(contact.userName());
                    return Oplog.pin(
                            signedIn,
                            contact.userName(),
                            pinned,
                            now == null ? contact.remarkName() : now.remarkName());
                })
                .then(Mono.fromRunnable(() -> commands.learn(
                        contact.userName(),
                        known -> noted(
                                known,
                                known.remarkName(),
                                pinned ? known.contactFlag() | PINNED : known.contactFlag() & ~PINNED))));
    }

    /** With its remark, without which a pin would wipe it. */
    private Mono<Contact> contact(UserName userName) {
        Contact known = commands.known(userName);
        return known != null
                ? Mono.just(known)
                : commands.read(userName)
                        .switchIfEmpty(Mono.error(() -> new RequestRefusedException("the remark of " + userName
                                + " is not known and could not be read; a pin without it would wipe it, so nothing was"
                                + " sent")));
    }

    private static Contact noted(Contact contact, String remark, int flag) {
        return new Contact(
                contact.userName(),
                contact.nickName(),
                remark,
                contact.alias(),
                flag,
                contact.verifyFlag(),
                contact.members());
    }

    private <T> Mono<T> inTurn(Supplier<Mono<T>> operation) {
        return gate.inTurn(operation);
    }
}
