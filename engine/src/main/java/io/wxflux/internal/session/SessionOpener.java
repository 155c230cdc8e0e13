package io.wxflux.internal.session;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.QrNotScannedException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.error.WrongAccountException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.jfr.SignInEvent;
import io.wxflux.internal.protocol.Credentials;
import io.wxflux.internal.protocol.LoginTicket;
import io.wxflux.internal.protocol.Logout;
import io.wxflux.internal.protocol.PushLogin;
import io.wxflux.internal.protocol.QrLogin;
import io.wxflux.internal.protocol.Start;
import io.wxflux.internal.transport.HostFamily;
import io.wxflux.internal.transport.RedirectUri;
import io.wxflux.internal.wire.InitBody;
import io.wxflux.model.AccountId;
import io.wxflux.model.SyncKey;
import io.wxflux.model.SyncPosition;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Opens an account's session: resume if the server may still know one, else push login, else QR codes. */
public final class SessionOpener {
    /** After this a code that nobody scanned is renewed, whatever the server says. */
    private static final Duration QR_LIFETIME = Duration.ofMinutes(5);

    private static final int TICKET_ATTEMPTS = 3;

    /** No position: the next init's goes on. */
    static final SyncPosition NOWHERE = SyncPosition.initial(SyncKey.EMPTY);

    private final AccountScope scope;

    /** The phone was asked in this login. */
    private boolean pushed;

    /** For Flight Recorder. */
    private String way = "resume";

    private SessionOpener(AccountScope scope) {
        this.scope = scope;
    }

    /**
     * <b>Emits</b> one open session, initialised and durable. <b>Errors</b> by remedy: RETRY, NEXT_HOST and COOL_DOWN may
     * be tried again and go on where they were; STOP needs a person. <b>Cancellation</b> gives up; what was durable stays.
     */
    public static Mono<Session> open(AccountScope scope) {
        return Mono.defer(() -> {
            var opener = new SessionOpener(scope);
            return SignInEvent.isOn() ? opener.recorded() : opener.open();
        });
    }

    private Mono<Session> recorded() {
        var event = new SignInEvent(scope.id().value());
        return open().doOnSuccess(session -> event.open(way))
                .doOnError(error -> event.failed(error, way))
                .doOnCancel(() -> event.cancelled(way));
    }

    private Mono<Session> open() {
        scope.service().exchange().cookies().restore(scope.memory().cookies());
        AccountMemory.Live live = scope.memory().live();
        if (live == null || !isWanted(live.credentials().uin())) {
            return login();
        }
        return scope.admission()
                .sessions()
                .admit(() -> resume(live))
                .onErrorResume(
                        SessionEndedException.class,
                        // Once more, if only its tokens were refused and for the first time; else the login.
                        ended -> SessionEnd.ended(scope, ended, false).then(Mono.defer(this::open)));
    }

    private boolean isWanted(Uin uin) {
        return scope.spec().uin() == null || scope.spec().uin().equals(uin);
    }

    /** The stored position goes on, not init's newer one: that would skip what came meanwhile (PROTOCOL 16). */
    private Mono<Session> resume(AccountMemory.Live live) {
        scope.announcer().state(AccountState.RESUMING);
        Uin uin = live.credentials().uin();
        AccountId owner = scope.admission().owners().claim(uin, scope.id());
        if (owner != null) {
            return Mono.error(new WrongAccountException("the session that is stored is of the person with the uin "
                    + uin
                    + ", who is the account " + owner + " of this engine already, and it would end that one's session."
                    + " Take one of the two out; or, if this is to be another person from now on, set its `uin` to"
                    + " theirs, and the stored session is not used"));
        }
        HostFamily hosts = HostFamily.of(scope.memory().apiHost());
        Mono<InitBody> resumed = Mono.defer(() -> Start.init(scope.service(), hosts, live.credentials()));
        return told(storeTakesCommits()).then(resumed).flatMap(init -> {
            Credentials credentials = live.credentials().withSkey(init.skey());
            remember(credentials, init, live.refusals());
            SyncPosition stored = scope.journal().position();
            boolean goesOn = stored != null && !stored.syncKey().isEmpty();
            if (!goesOn && init.syncKey().isEmpty()) {
                return Mono.error(new ProtocolViolationException("webwxinit gave no SyncKey"));
            }
            SyncPosition position = goesOn ? stored : SyncPosition.initial(init.syncKey());
            Lifecycle event = live.unannounced() == null
                    ? new Lifecycle.Resumed(scope.head(), credentials.uin(), init.nickName(), hosts.api())
                    // A login that was cut short before its init is finished now.
                    : new Lifecycle.LoggedIn(
                            scope.head(), credentials.uin(), init.nickName(), live.unannounced(), hosts.api());
            return told(scope.journal().append(event, scope.encodedMemory(), position))
                    .then(Mono.fromSupplier(() -> session(hosts, credentials, init)));
        });
    }

    /** While it refuses them nothing is begun that could not be kept: an init is followed by silence then. */
    private Mono<Void> storeTakesCommits() {
        return scope.journal()
                .room()
                .required()
                .onErrorResume(
                        StoreUnavailableException.class,
                        refusing -> scope.journal().store(scope.encodedMemory(), null));
    }

    /** Nobody polls before the session is open: the status at least tells what it waits for. */
    private Mono<Void> told(Mono<Void> commit) {
        Mono<Void> telling = scope.journal()
                .room()
                .refusal()
                .doOnNext(reason -> scope.announcer()
                        .failed(new StoreUnavailableException("the session cannot be opened yet: " + reason)))
                .then(Mono.never());
        return Mono.firstWithSignal(commit, telling);
    }

    private Mono<Session> login() {
        return scope.guard().beforeLogin().then(Mono.defer(this::pushOrQr));
    }

    private Mono<Session> pushOrQr() {
        Uin known = scope.memory().uin();
        Mono<Session> byQr = Mono.defer(this::qr);
        if (known == null
                || !isWanted(known)
                || !scope.login().pushLogin()
                || scope.memory().apiHost().isEmpty()) {
            return byQr;
        }
        return push(known).switchIfEmpty(byQr);
    }

    /** <b>Emits</b> nothing when the phone was not asked or did not confirm: a QR code is next. */
    private Mono<Session> push(Uin uin) {
        way = "push";
        scope.announcer().state(AccountState.PUSHING);
        return PushLogin.uuid(
                        scope.service(),
                        uin,
                        scope.memory().apiHost(),
                        scope.spec().mode())
                .flatMap(uuid -> scope.guard().pushed().then(Mono.defer(() -> {
                    pushed = true;
                    scope.announcer().live(head -> new Lifecycle.QrIssued(head, null, 0, 0));
                    return PhonePrompt.follow(scope, uuid, scope.login().pushWait());
                })))
                .flatMap(outcome -> outcome instanceof PhonePrompt.Outcome.Confirmed confirmed
                        ? establish(confirmed.redirect(), Lifecycle.Origin.PUSH)
                        : Mono.empty());
    }

    /** The codes of one login are counted over whatever fails between them. */
    private Mono<Session> qr() {
        way = "qr";
        int most = scope.login().maxQrCodes();
        int number = scope.codesShown() + 1;
        if (number > most) {
            scope.codesShown(0);
            return Mono.error(new QrNotScannedException("none of " + most
                    + " QR codes was scanned and confirmed. When its owner has the phone at hand, let the account"
                    + " sign in: `wxflux login -a " + scope.id() + "`"));
        }
        return scope.guard()
                .beforeCode()
                .then(Mono.defer(
                        () -> QrLogin.uuid(scope.service(), scope.spec().mode())))
                .flatMap(uuid -> scope.guard().codeShown().then(Mono.defer(() -> {
                    scope.codesShown(number);
                    scope.announcer().state(AccountState.SCANNING);
                    scope.announcer().live(head -> new Lifecycle.QrIssued(head, QrLogin.loginUrl(uuid), number, most));
                    return PhonePrompt.follow(scope, uuid, QR_LIFETIME);
                })))
                .flatMap(outcome -> outcome instanceof PhonePrompt.Outcome.Confirmed confirmed
                        ? confirmed(confirmed.redirect())
                        : qr());
    }

    /** Its owner is there and has done their part: what fails from here on is no code that nobody scanned. */
    private Mono<Session> confirmed(RedirectUri redirect) {
        scope.codesShown(0);
        return establish(redirect, Lifecycle.Origin.QR);
    }

    private Mono<Session> establish(RedirectUri redirect, Lifecycle.Origin origin) {
        scope.announcer().state(AccountState.INITIALIZING);
        return scope.admission()
                .sessions()
                .admit(() -> ticket(redirect).flatMap(ticket -> {
                    HostFamily hosts = HostFamily.of(ticket.redirect().host());
                    return rightAccount(hosts, ticket.credentials())
                            .then(Mono.defer(() -> begin(hosts, ticket.credentials(), origin)));
                }));
    }

    /** Asked for a few times: another code would cost its owner another scan. */
    private Mono<LoginTicket.Ticket> ticket(RedirectUri redirect) {
        return LoginTicket.fetch(scope.service(), redirect, scope.spec().mode())
                .retryWhen(Retry.fixedDelay(TICKET_ATTEMPTS - 1, Duration.ofSeconds(1))
                        .scheduler(scope.scheduler())
                        .filter(HostUnreachableException.class::isInstance)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()));
    }

    /** Another account's login is undone before anything of it is kept. */
    private Mono<Void> rightAccount(HostFamily hosts, Credentials credentials) {
        Uin wanted =
                scope.spec().uin() != null ? scope.spec().uin() : scope.memory().uin();
        boolean wrong = wanted != null && !wanted.equals(credentials.uin());
        AccountId owner = wrong ? null : scope.admission().owners().claim(credentials.uin(), scope.id());
        if (!wrong && owner == null) {
            return Mono.empty();
        }
        return Logout.logout(scope.service(), hosts, credentials)
                .onErrorComplete()
                .then(Mono.defer(() -> {
                    scope.service().exchange().cookies().restore(scope.memory().cookies());
                    if (owner != null) {
                        return Mono.error(twice(credentials.uin(), owner));
                    }
                    return Mono.error(new WrongAccountException("the account that signed in has the uin "
                            + credentials.uin() + ", this one is " + wanted
                            + ". It was logged out again and nothing of it was delivered. Let the right phone scan; or, if"
                            + " this is to be another account from now on, set its `uin` to " + credentials.uin()));
                }));
    }

    private static WrongAccountException twice(Uin uin, AccountId owner) {
        return new WrongAccountException("the person who signed in, uin " + uin + ", is the account " + owner
                + " of this engine already, and would end that one's session. Take one of the two out; or let another"
                + " phone scan");
    }

    /** The session is durable before it is used, so that a crash from here on resumes it instead of asking for a scan. */
    private Mono<Session> begin(HostFamily hosts, Credentials credentials, Lifecycle.Origin origin) {
        scope.guard().loggedIn(pushed);
        scope.remember(scope.guard()
                .remembered(new AccountMemory(
                        credentials.uin(),
                        scope.memory().nickName(),
                        new AccountMemory.Live(credentials, UserName.NONE, 0, origin),
                        hosts.api(),
                        scope.service().exchange().cookies().snapshot(),
                        List.of(),
                        List.of())));
        return scope.journal()
                .store(scope.encodedMemory(), NOWHERE)
                .then(Start.init(scope.service(), hosts, credentials))
                .flatMap(init -> {
                    if (init.syncKey().isEmpty()) {
                        return Mono.error(new ProtocolViolationException("webwxinit gave no SyncKey"));
                    }
                    Credentials fresh = credentials.withSkey(init.skey());
                    remember(fresh, init, 0);
                    var event = new Lifecycle.LoggedIn(scope.head(), fresh.uin(), init.nickName(), origin, hosts.api());
                    return scope.journal()
                            .append(event, scope.encodedMemory(), SyncPosition.initial(init.syncKey()))
                            .then(Mono.fromSupplier(() -> session(hosts, fresh, init)));
                });
    }

    private void remember(Credentials credentials, InitBody init, int refusals) {
        scope.remember(new AccountMemory(
                credentials.uin(),
                init.nickName(),
                new AccountMemory.Live(credentials, init.self(), refusals, null),
                scope.memory().apiHost(),
                scope.service().exchange().cookies().snapshot(),
                scope.memory().qrTimes(),
                scope.memory().loginTimes()));
        scope.announcer().identity(credentials.uin(), init.nickName());
    }

    private Session session(HostFamily hosts, Credentials credentials, InitBody init) {
        scope.codesShown(0);
        var session = new Session(scope, hosts, credentials, init);
        scope.opened(session);
        return session;
    }
}
