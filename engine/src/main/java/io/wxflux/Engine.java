package io.wxflux;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountStatus;
import io.wxflux.event.MessageReceived;
import io.wxflux.event.SinkStatus;
import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.model.Reply;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.ReplyOptions;
import io.wxflux.sink.KeptLetter;
import io.wxflux.sink.SinkSpec;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps many web-WeChat accounts signed in and delivers every message of every account, in order, to its sinks.
 *
 * <p>Made by {@link #create}, started by subscribing to {@link #run()}, ended by {@link #stop()}. Thread-safe.
 */
public interface Engine {
    /**
     * Makes an engine. Nothing is opened or sent before {@link #run()}.
     *
     * @throws io.wxflux.error.ConfigurationException when the options contradict each other
     */
    static Engine create(EngineOptions options) {
        return DefaultEngine.create(options);
    }

    /**
     * Adds a required sink made of a function. One event at a time for each account, at most 256 accounts at once; its
     * completion acknowledges the event. After a crash the few unacknowledged events come again, in order, with the same
     * ids. An error is a rejection, unless it is a {@link io.wxflux.error.SinkUnavailableException}. A handler that takes
     * longer than {@link io.wxflux.options.DeliveryOptions#writeTimeout()} (60 s by default) for an event is cancelled and
     * counts as an outage: the event comes again, so what it had begun must bear being done twice.
     *
     * @param name of the cursor, stable over restarts
     * @throws io.wxflux.error.EngineStateException once the engine runs
     * @throws IllegalArgumentException when the name is taken
     */
    Engine handle(String name, Function<AccountEvent, Mono<Void>> handler);

    /**
     * Adds an auto-reply with {@linkplain ReplyOptions#defaults() careful defaults}, named {@code reply}.
     *
     * @see #reply(String, ReplyOptions, Function)
     */
    default Engine reply(Function<MessageReceived, Mono<Reply>> bot) {
        return reply("reply", ReplyOptions.defaults(), bot);
    }

    /**
     * Adds an auto-reply: a {@linkplain #handle handler} whose answers go out through the account's {@link Outbox}.
     *
     * <p>The bot is asked about every message that somebody else wrote, in order, one at a time for each account; an empty
     * Mono is no reply. It is not asked about the account's own messages, notices of the service, messages older than
     * {@link ReplyOptions#maxAge()}, in conversations where enough was said for now, and when whoever writes answers like
     * another bot. A reply is kept in one commit with the place of what it answers: after a crash no message is answered
     * twice. All replies share the pace of the account's sends. <b>Errors</b> of the bot are rejections, as with {@link
     * #handle}: asked again a few times, then the message goes to the dead letters.
     *
     * @param name of the cursor, stable over restarts
     * @throws io.wxflux.error.EngineStateException once the engine runs
     * @throws IllegalArgumentException when the name is taken
     */
    Engine reply(String name, ReplyOptions options, Function<MessageReceived, Mono<Reply>> bot);

    /**
     * Opens the journal and the sinks, signs the accounts in and keeps them so.
     *
     * <p><b>Emits</b> nothing; completes after {@link #stop()}, when everything is drained and closed. Accounts that are
     * finally refused do not end it. <b>Errors</b> only when the engine as a whole cannot go on: the journal or a sink
     * cannot be opened, or the shard was lost. <b>Cancellation</b> is the emergency exit: connections are cut, nothing
     * durable is harmed. <b>Threads</b> signals arrive on an engine thread; subscribe once, a second subscription fails.
     */
    Mono<Void> run();

    /**
     * Stops: no new requests, what is fetched is drained into the sinks within the drain timeout, cursors are committed
     * and the sessions kept for resume; nobody is logged out.
     *
     * <p><b>Emits</b> nothing; completes together with {@link #run()}. Idempotent. <b>Cancellation</b> does not undo it.
     */
    Mono<Void> stop();

    /**
     * An account, from the moment on at which it is configured or added. While the engine has not begun with it the status is
     * NEW and every call ends with {@link io.wxflux.error.EngineStateException}; the same object works once it has.
     *
     * @throws IllegalArgumentException when there is no such account; it names those there are, up to ten
     */
    Account account(AccountId id);

    default Account account(String id) {
        return account(AccountId.of(id));
    }

    /** A snapshot of every account, by id. */
    List<AccountStatus> accounts();

    /**
     * Adds an account at run time, or before. <b>Emits</b> nothing; completes once it is taken on, not once it is signed
     * in. <b>Errors</b> {@link IllegalArgumentException} when the id is taken or a sink is unknown,
     * {@link io.wxflux.error.EngineStateException} after {@link #stop()}.
     */
    Mono<Void> add(AccountSpec account);

    /**
     * Stops an account and takes it out; its session and journal stay for a later {@link #add}. Completes when it is
     * stopped; completes at once when there is no such account. A store that takes no commits now is not waited for: what it
     * did not take the server gives again.
     */
    Mono<Void> remove(AccountId id);

    /**
     * Adds a sink at run time, or before.
     *
     * <p>It gets the events of the accounts that name it or name no sinks at all. A name with a cursor goes on there; a new
     * one starts at the end of each journal, or where {@link SinkSpec#from} says. Those places are kept, so that a crash
     * does not move them. Events that were dropped from the journal while a sink was not there are {@linkplain
     * io.wxflux.sink.EventSink#missed told} to it.
     *
     * <p><b>Emits</b> nothing; completes once the sink is open and at work (before {@link #run()}: once it is noted).
     * <b>Errors</b> {@link IllegalArgumentException} when the name is taken, {@link
     * io.wxflux.error.EngineStateException} after {@link #stop()}, what {@link io.wxflux.sink.EventSink#open} says, and
     * {@link io.wxflux.error.CorruptStoreException} when a transactional sink holds more than the journal; then it is not
     * added. <b>Cancellation</b> does not undo it. <b>Threads</b> any engine thread; additions and removals take turns.
     */
    Mono<Void> addSink(SinkSpec sink);

    /**
     * Takes a sink out: nothing more is handed over, what it is given at this moment is waited for as long as {@link
     * io.wxflux.options.DeliveryOptions#drainTimeout()} (10 s), then cancelled; its cursors are stored and it is closed. The
     * cursors stay until they are {@linkplain #forgetSink forgotten}, but hold nothing back: what the sink has not had may
     * be dropped from the journal.
     *
     * <p><b>Emits</b> nothing; completes when it is closed, at once when there is no such sink. <b>Errors</b> what its close
     * says. <b>Cancellation</b> does not undo it. <b>Threads</b> as {@link #addSink}; a handler that waits for its own
     * removal waits for the drain timeout.
     */
    Mono<Void> removeSink(String name);

    /**
     * Forgets the cursors of a sink that is not there, for all accounts: added again, it is new.
     *
     * <p><b>Emits</b> nothing; completes when the store has it. <b>Errors</b> {@link IllegalArgumentException} when the
     * sink is there or has no cursor, {@link io.wxflux.error.StoreUnavailableException}. <b>Cancellation</b> does not undo
     * it.
     */
    Mono<Void> forgetSink(String name);

    /** A snapshot of every sink, by name, and of those of which only cursors are left. */
    List<SinkStatus> sinks();

    /**
     * The events that sinks rejected for good, of earlier runs too when the {@linkplain EngineOptions#deadLetters() place}
     * they are kept in lasts. <b>Emits</b> them oldest first. <b>Errors</b> when the store of dead letters cannot be read;
     * that of a {@code FileJournal} is closed after the stop. <b>Backpressure</b> honoured. <b>Cancellation</b> harmless.
     */
    Flux<KeptLetter> deadLetters();

    /**
     * Offers a dead letter to its sink once more, between two batches of its account, and takes it off when the sink has
     * accepted it. Names are joined as they are known now; the event's id is the same as ever.
     *
     * <p><b>Emits</b> nothing; completes when the letter is off, durably. <b>Errors</b> what the sink says: the letter
     * stays; {@link io.wxflux.error.EngineStateException} when account or sink are not at work. After a crash between the
     * two the letter is still there: replayed again it comes to the sink again, with the same id. <b>Cancellation</b>
     * changes nothing: what the sink accepts leaves the list.
     */
    Mono<Void> replay(KeptLetter letter);

    /**
     * What became of a message: when it was received, where it stands in the journal, which sinks have had it.
     *
     * <p><b>Emits</b> a trace for each account that knows of the message, for ids are unique only within one. It looks
     * through all that is left of the journals: not for every message. <b>Errors</b> when the journal cannot be read.
     * <b>Cancellation</b> harmless. <b>Threads</b> engine threads.
     *
     * @param accounts those that are asked
     */
    Flux<MessageTrace> trace(MsgId id, Predicate<AccountId> accounts);

    /**
     * Everything that happens, live. <b>Emits</b> events from the subscription on; completes with the engine, at once when
     * that has ended. <b>Backpressure</b> best effort: each
     * subscriber has a buffer of 1,024 events. One that overflows sees what is in it, then {@link
     * io.wxflux.error.EventsMissedException}, which tells how many were left out for it; it may subscribe again, all others
     * notice nothing. Use a sink or {@link #handle} for what must not be missed. <b>Cancellation</b> harmless. <b>Threads</b> engine threads; do not
     * block.
     */
    Flux<AccountEvent> events();
}
