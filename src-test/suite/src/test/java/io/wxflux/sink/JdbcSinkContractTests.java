package io.wxflux.sink;

import io.wxflux.model.AccountId;
import io.wxflux.testkit.TransactionalSinkContract;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** A sink on a database in memory. A crash closes the connections of the process: the database rolls back. */
class JdbcSinkContractTests implements TransactionalSinkContract {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private Process process = new Process(url);

    /** The connections of one life of the sink. */
    private static final class Process implements DataSource {
        private final String url;
        private final Set<Connection> open = ConcurrentHashMap.newKeySet();
        private volatile boolean dead;

        Process(String url) {
            this.url = url;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = DriverManager.getConnection(url);
            open.add(connection);
            if (dead) {
                connection.close();
            }
            return connection;
        }

        void die() throws SQLException {
            dead = true;
            for (Connection connection : open) {
                connection.close();
            }
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("no wrapper");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }

    @Override
    public TransactionalSink sink() {
        return new JdbcSink(process);
    }

    @Override
    public void crash(TransactionalSink sink) {
        try {
            process.die();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        process = new Process(url);
    }

    @Override
    public List<String> stored(AccountId account) {
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                var select = connection.prepareStatement("select id from events where account = ? order by number")) {
            select.setString(1, account.value());
            try (var found = select.executeQuery()) {
                while (found.next()) {
                    ids.add(found.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return ids;
    }

    @AfterEach
    void drop() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }
}
