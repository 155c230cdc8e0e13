package io.wxflux.journal;

import io.wxflux.shard.Coordinator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A journal whose writes, on demand, go to the system's device that is always full: its errors are the real ones. */
public final class FullDevice {
    private final Path state;
    private volatile boolean full;

    public FullDevice(Path state) {
        this.state = state;
    }

    public void fill(boolean now) {
        full = now;
    }

    public Coordinator open() {
        return new FileCoordinator(JournalOptions.in(state), () -> new Full(StateDirectory.take(state)));
    }

    private void meet(ByteBuffer bytes) throws IOException {
        if (full) {
            try (FileChannel device = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
                device.write(bytes.duplicate());
            }
            throw new IllegalStateException("this system has no full device");
        }
    }

    private final class Full implements FileCoordinator.Home.Held {
        private final StateDirectory directory;

        Full(StateDirectory directory) {
            this.directory = directory;
        }

        @Override
        public LogFiles files() {
            return new Files(directory.files());
        }

        @Override
        public void release() throws IOException {
            directory.release();
        }
    }

    private final class Files implements LogFiles {
        private final LogFiles disk;

        Files(LogFiles disk) {
            this.disk = disk;
        }

        @Override
        public List<String> names() throws IOException {
            return disk.names();
        }

        @Override
        public LogFile create(String name) throws IOException {
            return new Writing(disk.create(name));
        }

        @Override
        public LogFile open(String name) throws IOException {
            return new Writing(disk.open(name));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            disk.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            disk.delete(name);
        }

        @Override
        public void force() throws IOException {
            disk.force();
        }

        @Override
        public String describe(String name) {
            return disk.describe(name);
        }
    }

    private final class Writing implements LogFiles.LogFile {
        private final LogFiles.LogFile file;

        Writing(LogFiles.LogFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            meet(bytes);
            file.write(bytes, position);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
