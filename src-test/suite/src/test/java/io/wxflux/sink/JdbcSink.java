package io.wxflux.sink;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.model.AccountId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A sink as an application with a database writes it: events and their place in one transaction. */
final class JdbcSink implements TransactionalSink {
    private final DataSource database;

    /** One at a time: a write that was cancelled may still be at it when the same batch comes again. */
    private final Scheduler thread = Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "jdbc", 60, true);

    JdbcSink(DataSource database) {
        this.database = database;
    }

    @Override
    public Mono<Void> open() {
        return transaction(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute(
                                "create table if not exists events(number bigint auto_increment primary key,"
                                        + " id varchar(100) not null unique, account varchar(64) not null, json clob not null)");
                        statement.execute("create table if not exists places(account varchar(64) primary key,"
                                + " next_offset bigint not null)");
                    }
                    return null;
                })
                .then();
    }

    @Override
    public Mono<Void> close() {
        return thread.disposeGracefully();
    }

    @Override
    public Mono<Long> position(AccountId account) {
        return transaction(connection -> place(connection, account));
    }

    @Override
    public Mono<Void> write(EventBatch batch) {
        return transaction(connection -> {
                    Long place = place(connection, batch.account());
                    for (AccountEvent event : batch.events()) {
                        if (place == null || event.head().sequence().orElseThrow() >= place) {
                            insert(connection, event);
                        }
                    }
                    if (place == null || place < batch.next()) {
                        move(connection, batch.account(), batch.next());
                    }
                    return null;
                })
                .then();
    }

    @Override
    public Mono<Void> replay(AccountEvent event) {
        return transaction(connection -> {
                    Long place = place(connection, event.account());
                    long next = event.head().sequence().orElseThrow() + 1;
                    insert(connection, event);
                    if (place == null || place < next) {
                        move(connection, event.account(), next);
                    }
                    return null;
                })
                .then();
    }

    /** One that is there, by its id, is left as it is. */
    private static void insert(Connection connection, AccountEvent event) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into events(id, account, json)"
                + " select ?, ?, ? where not exists (select 1 from events where id = ?)")) {
            insert.setString(1, event.head().id());
            insert.setString(2, event.account().value());
            insert.setString(3, new String(CloudEvents.encode(event), StandardCharsets.UTF_8));
            insert.setString(4, event.head().id());
            insert.executeUpdate();
        }
    }

    private static @Nullable Long place(Connection connection, AccountId account) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select next_offset from places where account = ? for update")) {
            select.setString(1, account.value());
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? found.getLong(1) : null;
            }
        }
    }

    private static void move(Connection connection, AccountId account, long next) throws SQLException {
        try (PreparedStatement merge =
                connection.prepareStatement("merge into places(account, next_offset) key(account) values (?, ?)")) {
            merge.setString(1, account.value());
            merge.setLong(2, next);
            merge.executeUpdate();
        }
    }

    private interface Work<T> {
        @Nullable
        T in(Connection connection) throws SQLException;
    }

    /** A database blocks, so it is asked on a thread that may; what it cannot do now is an outage. */
    private <T> Mono<T> transaction(Work<T> work) {
        Callable<@Nullable T> call = () -> {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                T result = work.in(connection);
                connection.commit();
                return result;
            }
        };
        return Mono.<T>fromCallable(call)
                .subscribeOn(thread)
                .onErrorMap(
                        SQLTransientException.class,
                        error -> new SinkUnavailableException("the database cannot be used now: " + error, error));
    }
}
