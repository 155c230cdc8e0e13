package io.wxflux.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which cores the client and the simulator get, so that neither takes the other's time. */
record Cores(List<Integer> client, List<Integer> service) {
    private static final List<Path> TASKSET = List.of(Path.of("/usr/bin/taskset"), Path.of("/bin/taskset"));

    Cores {
        client = List.copyOf(client);
        service = List.copyOf(service);
    }

    /** Both may use every core. */
    static Cores shared() {
        return new Cores(List.of(), List.of());
    }

    /** Half of them each, where the system can do that and there are two. */
    static Cores halves() {
        int cores = Runtime.getRuntime().availableProcessors();
        if (cores < 2 || taskset().findAny().isEmpty()) {
            return shared();
        }
        int half = cores / 2;
        return new Cores(
                IntStream.range(0, cores - half).boxed().toList(),
                IntStream.range(cores - half, cores).boxed().toList());
    }

    /** One each, so that it is clear which of both is at its limit. */
    static Cores one() {
        Cores halves = halves();
        return halves.client.isEmpty() ? halves : new Cores(halves.client.subList(0, 1), halves.service.subList(0, 1));
    }

    /** What a command begins with to be kept to those cores. */
    static List<String> pinned(List<Integer> cores) {
        return cores.isEmpty()
                ? List.of()
                : taskset()
                        .map(tool -> List.of(
                                tool.toString(),
                                "-c",
                                cores.stream().map(String::valueOf).collect(Collectors.joining(","))))
                        .findFirst()
                        .orElse(List.of());
    }

    private static Stream<Path> taskset() {
        return TASKSET.stream().filter(Files::isExecutable).limit(1);
    }

    String line() {
        return client.isEmpty() ? "all cores shared" : "client on cores " + client + ", simulator on " + service;
    }
}
