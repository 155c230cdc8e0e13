package io.wxflux.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that remembers every write, force and change of a name, so that a test can have the power fail after
 * any of them: what was not forced by then is there, is lost, or is torn.
 */
final class SimulatedDisk implements LogFiles {
    /** What happens to that which was not forced. */
    enum Loss {
        NOTHING,
        EVERYTHING,
        SOME
    }

    private sealed interface Op {}

    private record Write(int inode, long position, byte[] bytes) implements Op {}

    private record Truncate(int inode, long size) implements Op {}

    private record Force(int inode) implements Op {}

    private record Link(String name, int inode) implements Op {}

    private record Rename(String from, String to, int inode) implements Op {}

    private record Unlink(String name) implements Op {}

    private record ForceNames() implements Op {}

    private final List<Op> ops = new ArrayList<>();
    private final TreeMap<String, Integer> names = new TreeMap<>();
    private final Map<Integer, byte[]> contents = new HashMap<>();

    /** The bytes that still fit before a write fails half done; a failing force; for the tests of such errors. */
    long room = Long.MAX_VALUE;

    boolean forceFails;
    boolean truncateFails;
    boolean namesFail;
    int forces;

    /** Told of everything that is to be written, whether it fits or not. */
    Watch onWrite = (file, bytes, position) -> {};

    interface Watch {
        void write(String file, ByteBuffer bytes, long position);
    }

    int operations() {
        return ops.size();
    }

    TreeMap<String, byte[]> files() {
        var files = new TreeMap<String, byte[]>();
        names.forEach((name, inode) -> files.put(name, content(inode)));
        return files;
    }

    static SimulatedDisk of(Map<String, byte[]> files) {
        var disk = new SimulatedDisk();
        files.forEach((name, content) -> {
            int inode = disk.contents.size();
            disk.contents.put(inode, content.clone());
            disk.names.put(name, inode);
            disk.ops.add(new Link(name, inode));
            disk.ops.add(new Write(inode, 0, content.clone()));
            disk.ops.add(new Force(inode));
        });
        disk.ops.add(new ForceNames());
        return disk;
    }

    /** The disk as it is found when the power failed after so many operations. */
    SimulatedDisk crashedAfter(int operations, Loss loss, Random random) {
        var durableNames = new TreeMap<String, Integer>();
        var durable = new HashMap<Integer, byte[]>();
        var pending = new HashMap<Integer, List<Op>>();
        var pendingNames = new ArrayList<Op>();
        for (Op op : ops.subList(0, operations)) {
            if (op instanceof Write write) {
                pending.computeIfAbsent(write.inode, i -> new ArrayList<>()).add(op);
            } else if (op instanceof Truncate truncate) {
                pending.computeIfAbsent(truncate.inode, i -> new ArrayList<>()).add(op);
            } else if (op instanceof Force force) {
                byte[] content = durable.getOrDefault(force.inode, new byte[0]);
                for (Op done : pending.getOrDefault(force.inode, List.of())) {
                    content = apply(done, content);
                }
                durable.put(force.inode, content);
                pending.remove(force.inode);
            } else if (op instanceof ForceNames) {
                pendingNames.forEach(one -> applyName(one, durableNames));
                pendingNames.clear();
            } else {
                pendingNames.add(op);
            }
        }
        for (Op op : pendingNames) {
            if (keeps(loss, random)) {
                applyName(op, durableNames);
            }
        }
        pending.forEach((inode, unforced) -> {
            byte[] content = durable.getOrDefault(inode, new byte[0]);
            for (Op op : unforced) {
                if (loss == Loss.SOME && op instanceof Write write && random.nextInt(3) == 0) {
                    content = tear(write, content, random);
                } else if (keeps(loss, random)) {
                    content = apply(op, content);
                }
            }
            durable.put(inode, content);
        });
        var files = new TreeMap<String, byte[]>();
        durableNames.forEach((name, inode) -> files.put(name, durable.getOrDefault(inode, new byte[0])));
        return of(files);
    }

    private static boolean keeps(Loss loss, Random random) {
        return loss == Loss.NOTHING || loss == Loss.SOME && random.nextBoolean();
    }

    private static byte[] apply(Op op, byte[] content) {
        if (op instanceof Write write) {
            int end = (int) write.position + write.bytes.length;
            byte[] changed = Arrays.copyOf(content, Math.max(content.length, end));
            System.arraycopy(write.bytes, 0, changed, (int) write.position, write.bytes.length);
            return changed;
        }
        // A truncation of what was never written leaves it as short as it is.
        return Arrays.copyOf(content, (int) Math.min(content.length, ((Truncate) op).size));
    }

    /** Only pieces arrive; with or without the size of the file, and with noise in place of what is missing. */
    private static byte[] tear(Write write, byte[] content, Random random) {
        int start = (int) write.position;
        int length = write.bytes.length;
        if (random.nextInt(3) == 0) {
            int some = random.nextInt(length + 1);
            return apply(new Write(write.inode, start, Arrays.copyOf(write.bytes, some)), content);
        }
        byte[] changed = Arrays.copyOf(content, Math.max(content.length, start + length));
        int sector = random.nextBoolean() ? 512 : 1 + random.nextInt(64);
        boolean noise = random.nextBoolean();
        for (int at = 0; at < length; at += sector) {
            int n = Math.min(sector, length - at);
            if (random.nextBoolean()) {
                System.arraycopy(write.bytes, at, changed, start + at, n);
            } else if (noise) {
                var bytes = new byte[n];
                random.nextBytes(bytes);
                System.arraycopy(bytes, 0, changed, start + at, n);
            }
        }
        return changed;
    }

    private static void applyName(Op op, Map<String, Integer> names) {
        if (op instanceof Link link) {
            names.put(link.name, link.inode);
        } else if (op instanceof Rename rename) {
            names.remove(rename.from);
            names.put(rename.to, rename.inode);
        } else if (op instanceof Unlink unlink) {
            names.remove(unlink.name);
        }
    }

    private void add(Op op) {
        ops.add(op);
        applyName(op, names);
    }

    private byte[] content(int inode) {
        return contents.getOrDefault(inode, new byte[0]);
    }

    @Override
    public List<String> names() {
        return List.copyOf(names.keySet());
    }

    @Override
    public LogFile create(String name) throws IOException {
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        int inode = contents.size();
        contents.put(inode, new byte[0]);
        add(new Link(name, inode));
        return new SimulatedFile(inode);
    }

    @Override
    public LogFile open(String name) throws IOException {
        Integer inode = names.get(name);
        if (inode == null) {
            throw new FileNotFoundException(name);
        }
        return new SimulatedFile(inode);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Integer inode = names.get(from);
        if (inode == null || namesFail) {
            throw new IOException("rename of " + from);
        }
        add(new Rename(from, to, inode));
    }

    @Override
    public void delete(String name) {
        if (names.containsKey(name)) {
            add(new Unlink(name));
        }
    }

    @Override
    public void force() throws IOException {
        if (namesFail) {
            throw new IOException("Input/output error");
        }
        ops.add(new ForceNames());
    }

    @Override
    public String describe(String name) {
        return "/state/" + name;
    }

    private final class SimulatedFile implements LogFile {
        private final int inode;
        private boolean closed;

        SimulatedFile(int inode) {
            this.inode = inode;
        }

        @Override
        public long size() {
            return content(inode).length;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            checkOpen();
            onWrite.write("file " + inode, bytes.duplicate(), position);
            int fits = (int) Math.min(bytes.remaining(), room);
            boolean all = fits == bytes.remaining();
            var written = new byte[fits];
            bytes.get(written);
            var write = new Write(inode, position, written);
            ops.add(write);
            contents.put(inode, apply(write, content(inode)));
            room -= room == Long.MAX_VALUE ? 0 : fits;
            if (!all) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            checkOpen();
            byte[] content = content(inode);
            int n = (int) Math.max(0, Math.min(into.remaining(), content.length - position));
            into.put(content, (int) Math.min(position, content.length), n);
            return n;
        }

        @Override
        public void truncate(long size) throws IOException {
            checkOpen();
            if (truncateFails) {
                throw new IOException("Input/output error");
            }
            if (size < content(inode).length) {
                var truncate = new Truncate(inode, size);
                ops.add(truncate);
                contents.put(inode, apply(truncate, content(inode)));
            }
        }

        @Override
        public void force() throws IOException {
            checkOpen();
            if (forceFails) {
                throw new IOException("Input/output error");
            }
            forces++;
            ops.add(new Force(inode));
        }

        @Override
        public void close() {
            closed = true;
        }

        private void checkOpen() throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
        }
    }
}
