package io.wxflux.internal.session;

import io.wxflux.error.RequestRefusedException;
import io.wxflux.internal.journal.SerialGate;
import io.wxflux.internal.protocol.Oplog;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import io.wxflux.options.Operation;
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

    /** As {@link io.wxflux.AddressBook#remark}. */
    public Mono<Void> remark(UserName userName, String remark) {
        return gate.inTurn(() -> {
            GivenNames.person(userName);
            return commands.change(Operation.REMARK, signedIn -> Oplog.remark(signedIn, userName, remark))
                    .then(commands.learn(ContactPatch.ofRemark(userName, remark)));
        });
    }

    /** As {@link io.wxflux.AddressBook#pin}. */
    public Mono<Void> pin(UserName userName, boolean pinned) {
        return gate.inTurn(() -> {
            if (!userName.isRoom()) {
                GivenNames.person(userName);
            }
            return commands.known(userName)
                    .filter(ContactCalls::wasRead)
                    .switchIfEmpty(commands.read(userName))
                    .switchIfEmpty(
                            Mono.error(
                                    () -> new RequestRefusedException(
                                            "the remark of " + userName
                                                    + " is not known and could not be read; a pin without it would wipe it, so nothing was sent")))
                    .flatMap(contact -> pin(contact, pinned));
        });
    }

    private Mono<Void> pin(Contact before, boolean pinned) {
        UserName userName = before.userName();
        // Looked up again when it is our turn, which may be much later.
        Mono<Contact> now = commands.known(userName).defaultIfEmpty(before);
        return commands.change(
                        Operation.REMARK,
                        signedIn -> now.flatMap(contact -> Oplog.pin(signedIn, userName, pinned, contact.remarkName())))
                .then(now)
                .map(Contact::contactFlag)
                .flatMap(flag ->
                        commands.learn(ContactPatch.ofContactFlag(userName, pinned ? flag | PINNED : flag & ~PINNED)));
    }

    /** Of some people there is only a name, which says nothing about a remark. */
    private static boolean wasRead(Contact contact) {
        return contact.isRoom() || !contact.nickName().isEmpty();
    }
}
